import { PullRequest } from '@skein/plugin-campaigns-common';

/** How often to look at a pull request that no webhook tells of; milliseconds. */
export interface SyncIntervals {
  /** For one that has just moved. */
  shortest: number;
  /** For one that has been quiet for long. */
  longest: number;
}

export const defaultSyncIntervals: SyncIntervals = {
  shortest: 30_000,
  longest: 15 * 60_000,
};

const DAY = 24 * 60 * 60_000;
/** Somebody may open it again; later than this only a webhook tells. */
const CLOSED_MILLISECONDS = 14 * DAY;
/** Somebody may still say why, or what is wrong with it. */
const MERGED_MILLISECONDS = DAY;

/**
 * When to look again: after a tenth of the time it has been quiet.
 *
 * @param quiet - milliseconds since it last moved
 * @returns milliseconds; undefined where nothing more will happen by itself
 */
export function nextSyncIn(
  state: PullRequest['state'],
  quiet: number,
  intervals: SyncIntervals,
): number | undefined {
  if (state === 'merged' && quiet > MERGED_MILLISECONDS) return undefined;
  if (state === 'closed' && quiet > CLOSED_MILLISECONDS) return undefined;
  return Math.max(
    intervals.shortest,
    Math.min(intervals.longest, Math.round(quiet / 10)),
  );
}
