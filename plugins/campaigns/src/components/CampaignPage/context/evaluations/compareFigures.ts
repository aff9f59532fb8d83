import { Evaluation, EvaluationFigures } from '@skein/plugin-campaigns-common';
import { formatMoney, formatTokens } from '../../../../format/money';
import { formatDuration } from '../../../../format/time';
import { countedTrials } from './countedTrials';

export interface ComparedFigure {
  label: string;
  base: string;
  head: string;
  /** With its sign; empty where there is none, or nothing to compare. */
  difference: string;
  /** Whether the difference is one to be glad of; undefined where it is neither. */
  verdict?: 'better' | 'worse';
}

interface Measure {
  label: string;
  of: (
    figures: EvaluationFigures,
    evaluation: Evaluation,
  ) => number | undefined;
  format: (value: number, currency: string) => string;
  /** Of a difference, where that is in another unit. */
  formatDifference?: (value: number) => string;
  /** Which way is good; undefined where neither is. */
  good?: 'more' | 'less';
  /** Of so many trials; it tells nothing beside one of another number. */
  counts?: boolean;
  /** Differs a little from time to time, whatever the revision. */
  varies?: boolean;
}

/** What varies is said to be better or worse from this share of it on. */
const mostChance = 0.1;

const count = (value: number) => value.toLocaleString('en');
const percent = (value: number) => `${(value * 100).toFixed(0)} %`;

function endedOf({ open }: EvaluationFigures, { targetCount }: Evaluation) {
  return targetCount - open || undefined;
}

const measures: Measure[] = [
  {
    label: 'Pass rate',
    of: ({ passRate }) => passRate,
    format: percent,
    formatDifference: value => `${(value * 100).toFixed(0)} points`,
    good: 'more',
  },
  {
    label: 'Passed',
    of: ({ passed }) => passed,
    format: count,
    good: 'more',
    counts: true,
  },
  {
    label: 'Failed',
    of: ({ outcomes }) => outcomes.failed ?? 0,
    format: count,
    good: 'less',
    counts: true,
  },
  {
    label: 'Need a person',
    of: ({ outcomes }) => outcomes.needsHuman ?? 0,
    format: count,
    good: 'less',
    counts: true,
  },
  {
    label: 'Over budget',
    of: ({ outcomes }) => outcomes.overBudget ?? 0,
    format: count,
    good: 'less',
    counts: true,
  },
  {
    label: 'Vetoed by the judge',
    of: ({ vetoed }) => vetoed,
    format: count,
  },
  {
    label: 'Recovered after a veto',
    of: ({ recovered }) => recovered,
    format: count,
  },
  {
    label: 'Sent back by gates',
    of: ({ blocked }) => blocked,
    format: count,
    good: 'less',
    counts: true,
  },
  {
    label: 'Places left to a person',
    of: ({ noteCount }) => noteCount,
    format: count,
  },
  {
    label: 'Cost of a trial',
    of: (figures, evaluation) => {
      const ended = endedOf(figures, evaluation);
      return ended && figures.cost / ended;
    },
    format: formatMoney,
    good: 'less',
    varies: true,
  },
  {
    label: 'Tokens of a trial',
    of: (figures, evaluation) => {
      const ended = endedOf(figures, evaluation);
      return ended && Math.round(figures.tokens / ended);
    },
    format: formatTokens,
    good: 'less',
    varies: true,
  },
  {
    label: 'Median time',
    of: ({ medianMs }) => medianMs,
    format: formatDuration,
    good: 'less',
    varies: true,
  },
];

/** Figures of two evaluations side by side, with what differs. */
export function compareFigures(
  base: Evaluation,
  head: Evaluation,
): ComparedFigure[] {
  return measures.map(measure => {
    const { format, formatDifference = format, good, label, of } = measure;
    const before = of(base.figures, base);
    const after = of(head.figures, head);
    const words = (value: number | undefined) =>
      value === undefined ? '–' : format(value, head.currency);
    const compared = { label, base: words(before), head: words(after) };
    // What reads the same differs by less than anybody wants to know.
    if (
      before === undefined ||
      after === undefined ||
      compared.base === compared.head
    ) {
      return { ...compared, difference: '' };
    }
    const more = after > before;
    const telling =
      good !== undefined &&
      (!measure.counts || countedTrials(base) === countedTrials(head)) &&
      (!measure.varies || Math.abs(after - before) >= mostChance * before);
    return {
      ...compared,
      difference: `${more ? '+' : '−'}${formatDifference(
        Math.abs(after - before),
        head.currency,
      )}`,
      ...(telling && {
        verdict: more === (good === 'more') ? 'better' : 'worse',
      }),
    };
  });
}
