import { SourceFile } from '@skein/mapping-rewriter';
import { Checkout } from '../checkout/Checkout';
import { CheckResult } from '../protocol';
import {
  AgentDecision,
  decideAgent,
  decideBaseline,
  findChecks,
  holdsSql,
  runSampleCheck,
  TextContext,
  Verification,
  verify,
  VerifyOptions,
} from '../verify';
import { JobContext } from './JobContext';
import { JobFailure } from './JobFailure';

/** Verifies states of one target against how it was before any change. */
export class TargetVerification {
  readonly #checkout: Checkout;
  readonly #options: VerifyOptions;
  /** Whether tokens may be spent here. */
  readonly agent: AgentDecision;

  private constructor(
    checkout: Checkout,
    options: VerifyOptions & { baseline: Verification },
    agent: AgentDecision,
  ) {
    this.#checkout = checkout;
    this.#options = options;
    this.agent = agent;
  }

  /**
   * Runs all checks on the untouched checkout.
   *
   * @param results - takes each result as soon as there is one
   * @throws JobFailure where the target was broken before and the campaign requires that it was not
   */
  static async create(
    context: JobContext,
    checkout: Checkout,
    files: SourceFile[],
    results: CheckResult[],
  ): Promise<TargetVerification> {
    const { checkEnvironment, log, signal, spec } = context;
    const checks = await findChecks(
      checkout,
      spec.target.path,
      checkEnvironment,
    );
    if (checks.length === 0) log.info('The repository brings no checks');
    const textContext = {
      mappings: spec.mappings,
      options: spec.options,
      original: files,
      path: spec.target.path,
    };
    const options: VerifyOptions = {
      checks,
      context: textContext,
      samples: sampleCheckOf(context, textContext),
      environment: checkEnvironment,
      timeoutSeconds: spec.verification.timeoutSeconds,
      outputBytes: spec.limits.outputBytes,
      signal,
      policy: spec.verification.baseline,
      onStart: name => log.info(`Running ${name}`),
    };
    const baseline = await verify(
      { folder: checkout.folder, files },
      { ...options, onResult: reporter(context, results) },
    );
    const decision = decideBaseline(baseline, spec.verification);
    if (!decision.goOn) throw new JobFailure(decision.kind, decision.message);
    if (decision.warning) log.warn(decision.warning);
    return new TargetVerification(
      checkout,
      { ...options, baseline },
      decideAgent(baseline, spec.verification),
    );
  }

  /**
   * Brings the work tree to a tree and verifies it.
   *
   * @param files - the target's texts in that tree
   */
  async verify(
    context: JobContext,
    state: { tree: string; files: SourceFile[] },
    results: CheckResult[],
  ): Promise<Verification> {
    await this.#checkout.checkOut(state.tree);
    return verify(
      { folder: this.#checkout.folder, files: state.files },
      { ...this.#options, onResult: reporter(context, results) },
    );
  }
}

/** Runs SQL on the campaign's sample rows, where it has any and the target has SQL. */
function sampleCheckOf(
  { runnerFile, signal, spec }: JobContext,
  context: TextContext,
): VerifyOptions['samples'] {
  const { samples, verification } = spec;
  if (!samples || !holdsSql(context.original)) return undefined;
  return (files, before) =>
    runSampleCheck(samples, context, files, {
      before,
      runnerFile,
      timeoutMilliseconds: verification.timeoutSeconds * 1_000,
      signal,
    });
}

function reporter({ log }: JobContext, results: CheckResult[]) {
  return (result: CheckResult) => {
    results.push(result);
    const line = `${result.name} ${result.outcome}: ${result.summary}`;
    if (result.outcome === 'failed') log.warn(line);
    else log.info(line);
  };
}
