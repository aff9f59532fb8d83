import { extractErrorsInTurns, toExtractedErrors } from '@skein/job-runner';
import { VerificationResult } from '@skein/plugin-campaigns-common';
import { CommitCheck } from '@skein/plugin-campaigns-node';
import { oneLine } from '../jobs/oneLine';
import { Turns } from '../loop/Turns';
import { TargetEvent } from '../targets/reduceTarget';
import { CiConclusion } from './concludeChecks';

const MOST_LOGS = 5;
const MOST_ERRORS = 20;
const OUTPUT_CHARACTERS = 20_000;

/** What CI said of a change: for its report, and for its target. */
export interface DescribedConclusion {
  results: VerificationResult[];
  event: Extract<TargetEvent, { type: 'ciPassed' | 'ciFailed' }>;
}

/** What CI came to, in the form of the other checks, with what matters of the logs of those that failed. */
export async function describeConclusion(
  conclusion: Exclude<CiConclusion, { outcome: 'wait' }>,
  checks: CommitCheck[],
  readLog: (check: CommitCheck) => Promise<string | undefined>,
): Promise<DescribedConclusion> {
  switch (conclusion.outcome) {
    case 'passed':
      return {
        results: checks.map(toResult),
        event: {
          type: 'ciPassed',
          reason: `The repository's CI passed: ${names(checks)}`,
        },
      };
    case 'absent':
      return {
        results: [
          {
            name: 'CI',
            source: 'ci',
            outcome: 'skipped',
            summary: 'No check appeared for the scratch branch',
            durationMs: 0,
          },
        ],
        event: {
          type: 'ciPassed',
          reason: "The repository's CI has no checks for branches",
        },
      };
    case 'timedOut':
      return {
        results: checks.map(toResult),
        event: {
          type: 'ciFailed',
          failureKind: 'ci-timed-out',
          reason: oneLine(
            `The repository's CI did not come to an end: ${conclusion.missing.join(
              ', ',
            )}`,
          ),
        },
      };
    default:
      return describeFailure(conclusion.failed, checks, readLog);
  }
}

async function describeFailure(
  failed: CommitCheck[],
  checks: CommitCheck[],
  readLog: (check: CommitCheck) => Promise<string | undefined>,
): Promise<DescribedConclusion> {
  const logs = new Map<string, string>();
  for (const check of failed.slice(0, MOST_LOGS)) {
    const log = await readLog(check);
    if (log) logs.set(check.id, log);
  }
  const results: VerificationResult[] = [];
  for (const check of checks) {
    results.push(await describeCheck(check, logs.get(check.id)));
  }
  return {
    results,
    event: {
      type: 'ciFailed',
      failureKind: 'ci-failed',
      reason: oneLine(`The repository's CI failed: ${names(failed)}`),
    },
  };
}

async function describeCheck(
  check: CommitCheck,
  log: string | undefined,
): Promise<VerificationResult> {
  if (log === undefined) return toResult(check);
  const turns = new Turns();
  const failures = await extractErrorsInTurns(log, () => turns.next());
  const errors = toExtractedErrors(failures, MOST_ERRORS);
  return {
    ...toResult(check),
    ...(errors[0] && { summary: oneLine(errors[0].message) }),
    errors,
    output: log.slice(-OUTPUT_CHARACTERS),
  };
}

function toResult(check: CommitCheck): VerificationResult {
  const outcomes = {
    passing: 'passed',
    failing: 'failed',
    pending: 'skipped',
  } as const;
  return {
    name: `CI: ${check.name}`,
    source: 'ci',
    outcome: outcomes[check.state],
    summary: oneLine(check.summary ?? check.state),
    url: webAddress(check.url),
    durationMs: 0,
  };
}

/** Whoever reports a check says where its details are, and people click on it. */
function webAddress(url: string | undefined): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}

function names(checks: CommitCheck[]): string {
  return oneLine(checks.map(({ name }) => name).join(', '));
}
