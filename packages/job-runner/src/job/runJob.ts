import { TooManySourcesError } from '../checkout/readSources';
import { AttemptOverError } from '../client/ProtocolError';
import { JobResult, TransformReport } from '../protocol';
import { JobContext } from './JobContext';
import { JobFailure, RunnerFailureKind } from './JobFailure';
import { runScan } from './runScan';
import { runTransform } from './runTransform';

/** The job ran out of its time. */
export class JobTimeoutError extends Error {
  constructor(seconds: number) {
    super(`The job took longer than its ${seconds} seconds`);
    this.name = 'JobTimeoutError';
  }
}

/**
 * Runs a job to its result; whatever goes wrong is one too.
 *
 * @throws AttemptOverError where nobody waits for a result any more
 */
export async function runJob(context: JobContext): Promise<JobResult> {
  const report: TransformReport = {
    framework: 'unknown',
    sandbox: context.sandbox,
    edits: [],
    refusals: [],
    baseline: [],
    verification: [],
  };
  const { task } = context.spec;
  try {
    return task === 'scan'
      ? await runScan(context)
      : await runTransform(context, report);
  } catch (error) {
    const cause = context.signal.aborted ? context.signal.reason : error;
    if (cause instanceof AttemptOverError) throw cause;
    const summary = String((cause as Error).message);
    context.log.warn(summary);
    if (task === 'scan') {
      return { task, outcome: 'failed', summary, references: [] };
    }
    return {
      task,
      outcome: 'failed',
      failureKind: kindOf(cause),
      summary,
      patch: cause instanceof JobFailure ? cause.patch : '',
      report,
    };
  }
}

function kindOf(error: unknown): RunnerFailureKind {
  if (error instanceof JobFailure) return error.kind;
  if (error instanceof JobTimeoutError) return 'timeout';
  if (error instanceof TooManySourcesError) return 'output-limit';
  return 'runner-crashed';
}
