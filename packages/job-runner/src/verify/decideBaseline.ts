import { JobSpec } from '../protocol';
import { Verification } from './verify';
import { RanCheck } from './types';

type Policy = JobSpec['verification'];

/** Whether a target may be changed, by what its checks say before. */
export type BaselineDecision =
  | { goOn: true; warning?: string }
  | {
      goOn: false;
      kind: 'baseline-failed' | 'timeout' | 'output-limit';
      message: string;
    };

/** What follows from the checks on the untouched checkout. Checks of form never hold a target up. */
export function decideBaseline(
  { ran }: Verification,
  { baseline }: Policy,
): BaselineDecision {
  const broken = ran.find(
    ({ result, role }) => role === 'test' && result.outcome === 'failed',
  );
  if (!broken) return { goOn: true };
  const { name, summary } = broken.result;
  const message = `Was broken before: the check "${name}" fails before any change: ${summary}`;
  if (baseline === 'required') {
    return { goOn: false, kind: broken.limit ?? 'baseline-failed', message };
  }
  const how =
    baseline === 'compare'
      ? 'only what is new will be blamed on the change'
      : 'it is left out';
  return { goOn: true, warning: `${message}. The campaign goes on: ${how}.` };
}

/** Whether tokens may be spent on a target, and why not. */
export type AgentDecision =
  | { allowed: true; warning?: string }
  | { allowed: false; reason: string };

/**
 * Whether an agent may work on a target: not where nothing could tell a right
 * answer from a wrong one, unless the campaign says so.
 *
 * @param baseline - of the untouched checkout
 */
export function decideAgent(
  { ran }: Verification,
  { baseline, unverified }: Policy,
): AgentDecision {
  const telling = ran.filter(check => canTell(check, baseline));
  if (telling.length > 0) return { allowed: true };
  const reason = `Nothing can verify a change here: ${whyNot(ran)}`;
  return unverified === 'allow'
    ? { allowed: true, warning: reason }
    : { allowed: false, reason };
}

function canTell(
  { failures, limit, result, verifies, role }: RanCheck,
  policy: Policy['baseline'],
): boolean {
  if (!verifies || result.outcome === 'skipped') return false;
  if (result.outcome === 'passed') return true;
  const compared = policy === 'compare' || role === 'lint';
  return compared && limit === undefined && failures.length > 0;
}

function whyNot(ran: RanCheck[]): string {
  const checks = ran.filter(({ result }) => result.source === 'repository');
  if (checks.length === 0) {
    return 'the repository has no check, and no schema is known to check against';
  }
  const { result, role } =
    checks.find(each => each.role === 'test') ?? checks[0];
  const more = checks.length > 1 ? `, and ${checks.length - 1} more` : '';
  if (role === 'lint') return `"${result.name}"${more} checks only its form`;
  const state = result.outcome === 'failed' ? 'fails already' : 'is not run';
  return `"${result.name}" ${state} (${result.summary})${more}`;
}
