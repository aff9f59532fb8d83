import { ReviewStatistics } from '@skein/plugin-campaigns-common';
import { formatShare } from '../../../../format/money';

/** A part of a whole, such as 3 of 17. */
export interface Rate {
  count: number;
  of: number;
}

export interface ReviewRates {
  blocked: Rate;
  vetoed: Rate;
  /** Of those that were vetoed. */
  recovered: Rate;
  /** Of the pull requests that people have merged or closed, as the next two. */
  mergedAsIs: Rate;
  mergedEdited: Rate;
  closed: Rate;
}

/** How changes of a revision fared, each figure with what it is a part of. */
export function reviewRates(statistics: ReviewStatistics): ReviewRates {
  const { blocked, judged, people, recovered, reviewed, vetoed } = statistics;
  const decided = people.mergedAsIs + people.mergedEdited + people.closed;
  return {
    blocked: { count: blocked, of: reviewed },
    vetoed: { count: vetoed, of: judged },
    recovered: { count: recovered, of: vetoed },
    mergedAsIs: { count: people.mergedAsIs, of: decided },
    mergedEdited: { count: people.mergedEdited, of: decided },
    closed: { count: people.closed, of: decided },
  };
}

/** `18 %`; a dash where there was nothing to be a part of. */
export function formatRate({ count, of }: Rate): string {
  return of === 0 ? '–' : formatShare(count / of);
}
