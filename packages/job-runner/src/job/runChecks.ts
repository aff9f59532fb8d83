import { CheckResult } from '../protocol';
import { Checkout } from '../checkout/Checkout';
import { runRepositoryCheck, RanCheck } from '../verify/runRepositoryCheck';
import { RepositoryCheck } from '../verify/Verifier';
import { JobContext } from './JobContext';

/** Runs the repository's checks one after the other, each into the list as soon as it has ended. */
export async function runChecks(
  context: JobContext,
  checkout: Checkout,
  checks: RepositoryCheck[],
  results: CheckResult[],
): Promise<RanCheck[]> {
  const { spec, log, signal, checkEnvironment } = context;
  const ran: RanCheck[] = [];
  for (const check of checks) {
    log.info(`Running ${check.name}`);
    const one = await runRepositoryCheck(
      check,
      checkout.folder,
      checkEnvironment,
      {
        timeoutMilliseconds: spec.verification.timeoutSeconds * 1_000,
        outputBytes: spec.limits.outputBytes,
        signal,
      },
    );
    ran.push(one);
    results.push(one.result);
    const { outcome, summary } = one.result;
    const line = `${check.name} ${outcome}: ${summary}`;
    if (outcome === 'failed') log.warn(line);
    else log.info(line);
  }
  return ran;
}
