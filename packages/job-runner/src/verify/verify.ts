import { SourceFile } from '@skein/mapping-rewriter';
import { CheckResult } from '../protocol';
import { compareWithBaseline } from './compareWithBaseline';
import { runRepositoryCheck } from './runRepositoryCheck';
import { runTextCheck } from './runTextCheck';
import { textChecks } from './texts';
import { RanCheck, RepositoryCheck, TextContext } from './types';

/** What is verified: a state of the target. */
export interface VerifiedState {
  /** Work tree, already in this state, in which the repository's checks run. */
  folder: string;
  /** The target's texts in this state, paths relative to the target. */
  files: SourceFile[];
}

/** How it is verified. */
export interface VerifyOptions {
  /** Of the repository, as {@link findChecks} found them in the source: a change cannot choose what checks it. */
  checks: readonly RepositoryCheck[];
  context: TextContext;
  /** Of the commands. */
  environment: NodeJS.ProcessEnv;
  /** Limit of each check. */
  timeoutSeconds: number;
  outputBytes: number;
  signal: AbortSignal;
  /**
   * What {@link verify} said of the untouched checkout; what was wrong in it
   * is not blamed on the change. Absent where this is the baseline itself.
   */
  baseline?: Verification;
  /** `ignore`: what was red before is not even run again. */
  policy: 'required' | 'compare' | 'ignore';
  /** Runs SQL on sample rows, where the campaign has any; see `runSampleCheck`. */
  samples?(
    files: SourceFile[] | undefined,
    before: RanCheck | undefined,
  ): Promise<RanCheck>;
  onStart?(name: string): void;
  /** Each result as soon as there is one. */
  onResult?(result: CheckResult): void;
}

/** What all checks say of one state. */
export interface Verification {
  ran: RanCheck[];
  results: CheckResult[];
  /** The first check that says that the state is wrong. */
  blamed?: RanCheck;
}

/**
 * Verifies a state of a target: our own checks on its texts, then the
 * repository's, one after the other. Used for the baseline, for what an agent
 * asks, and for the last word.
 *
 * @throws where the signal aborts it
 */
export async function verify(
  state: VerifiedState,
  options: VerifyOptions,
): Promise<Verification> {
  const { baseline, checks, context, signal } = options;
  const ran: RanCheck[] = [];
  const add = (check: RanCheck) => {
    const before = baseline?.ran[ran.length];
    const judged = before ? compareWithBaseline(before, check) : check;
    ran.push(judged);
    options.onResult?.(judged.result);
  };
  // Chosen by the untouched files: a change cannot switch one off.
  const own = textChecks.filter(each =>
    each.applies(context.original, context),
  );
  for (const check of own) add(runTextCheck(check, state.files, context));
  if (options.samples) {
    signal.throwIfAborted();
    // It compares with the untouched texts by itself.
    const check = await options.samples(
      baseline && state.files,
      baseline?.ran[ran.length],
    );
    ran.push(check);
    options.onResult?.(check.result);
  }
  for (const check of checks) {
    signal.throwIfAborted();
    const before = baseline?.ran[ran.length];
    if (before && isLeftOut(before, options.policy)) {
      add(wasBroken(before));
      continue;
    }
    options.onStart?.(check.name);
    add(
      await runRepositoryCheck(check, state.folder, options.environment, {
        timeoutMilliseconds: options.timeoutSeconds * 1_000,
        outputBytes: options.outputBytes,
        signal,
      }),
    );
  }
  return {
    ran,
    results: ran.map(({ result }) => result),
    blamed: ran.find(({ result }) => result.outcome === 'failed'),
  };
}

function isLeftOut(
  { result, role }: RanCheck,
  policy: VerifyOptions['policy'],
): boolean {
  return policy === 'ignore' && role === 'test' && result.outcome === 'failed';
}

function wasBroken(before: RanCheck): RanCheck {
  const { name, source, command, summary } = before.result;
  return {
    ...before,
    failures: [],
    limit: undefined,
    result: {
      name,
      source,
      command,
      outcome: 'skipped',
      summary: `was broken before: ${summary}`,
      durationMs: 0,
    },
  };
}
