import { CommitCheck } from '@skein/plugin-campaigns-node';

/** Checks appear one after the other: that many are all is believed after this long. */
export const SETTLE_MILLISECONDS = 30_000;

/** How long a forge may take to show the first check of a commit. */
export const APPEAR_MILLISECONDS = 5 * 60_000;

/** What is known of a commit's checks. */
export interface CiSituation {
  checks: CommitCheck[];
  /** Names that must have passed; undefined for all that appear. */
  required?: string[];
  /** Since the push. */
  elapsedMilliseconds: number;
  /** Since a check appeared that was not there before. */
  settledMilliseconds: number;
  /** Default: {@link SETTLE_MILLISECONDS}. */
  settleMilliseconds?: number;
  timeoutMilliseconds: number;
}

/** What follows from them. */
export type CiConclusion =
  | { outcome: 'wait' }
  | { outcome: 'passed' }
  | { outcome: 'failed'; failed: CommitCheck[] }
  /** The repository has no CI that runs for branches. */
  | { outcome: 'absent' }
  | { outcome: 'timedOut'; missing: string[] };

/**
 * What a commit's checks say. A failure is one at once; a success only when
 * nothing is left to wait for.
 */
export function concludeChecks(situation: CiSituation): CiConclusion {
  const { checks, required, elapsedMilliseconds, timeoutMilliseconds } =
    situation;
  const relevant = required
    ? checks.filter(({ name }) => required.includes(name))
    : checks;
  const failed = relevant.filter(({ state }) => state === 'failing');
  if (failed.length > 0) return { outcome: 'failed', failed };

  const pending = relevant.filter(({ state }) => state === 'pending');
  const names = new Set(relevant.map(({ name }) => name));
  const missing = (required ?? []).filter(name => !names.has(name));
  const settled = pending.length + missing.length === 0;
  const complete =
    required !== undefined ||
    situation.settledMilliseconds >=
      (situation.settleMilliseconds ?? SETTLE_MILLISECONDS);
  if (settled && complete && relevant.length > 0) return { outcome: 'passed' };
  if (elapsedMilliseconds >= timeoutMilliseconds) {
    if (settled && relevant.length > 0) return { outcome: 'passed' };
    return {
      outcome: 'timedOut',
      missing: [...pending.map(({ name }) => name), ...missing],
    };
  }
  const absent =
    !required &&
    checks.length === 0 &&
    elapsedMilliseconds >= APPEAR_MILLISECONDS;
  return absent ? { outcome: 'absent' } : { outcome: 'wait' };
}
