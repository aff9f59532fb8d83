import { Evaluation, EvaluationFigures } from '@skein/plugin-campaigns-common';
import { formatMoney, formatTokens } from '../../../../format/money';
import { formatDuration } from '../../../../format/time';

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
}

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
  { label: 'Passed', of: ({ passed }) => passed, format: count, good: 'more' },
  {
    label: 'Failed',
    of: ({ outcomes }) => outcomes.failed ?? 0,
    format: count,
    good: 'less',
  },
  {
    label: 'Need a person',
    of: ({ outcomes }) => outcomes.needsHuman ?? 0,
    format: count,
    good: 'less',
  },
  {
    label: 'Over budget',
    of: ({ outcomes }) => outcomes.overBudget ?? 0,
    format: count,
    good: 'less',
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
  },
  {
    label: 'Tokens of a trial',
    of: (figures, evaluation) => {
      const ended = endedOf(figures, evaluation);
      return ended && Math.round(figures.tokens / ended);
    },
    format: formatTokens,
    good: 'less',
  },
  {
    label: 'Median time',
    of: ({ medianMs }) => medianMs,
    format: formatDuration,
    good: 'less',
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
    return {
      ...compared,
      difference: `${more ? '+' : '−'}${formatDifference(
        Math.abs(after - before),
        head.currency,
      )}`,
      ...(good && { verdict: more === (good === 'more') ? 'better' : 'worse' }),
    };
  });
}
