import { Evaluation } from '@skein/plugin-campaigns-common';
import {
  formatMoney,
  formatShare,
  formatTokens,
} from '../../../../format/money';
import { formatDuration } from '../../../../format/time';
import { countOf } from '../../../../format/words';
import { Figure } from '../FigureList';
import { countedTrials } from './countedTrials';

/** What an evaluation came to, as numbers with what they are of. */
export function describeFigures(evaluation: Evaluation): Figure[] {
  const { currency, figures, targetCount } = evaluation;
  const { blocked, judged, open, recovered, vetoed } = figures;
  const ended = targetCount - open;
  const counted = countedTrials(evaluation);
  return [
    {
      label: 'Pass rate',
      value:
        figures.passRate === undefined ? '–' : formatShare(figures.passRate),
      detail:
        open > 0
          ? `${figures.passed} of ${counted}, ${open} open`
          : `${figures.passed} of ${counted}`,
    },
    {
      label: 'Judge vetoed',
      value: vetoed,
      detail: `of ${judged} judged, ${recovered} recovered`,
    },
    {
      label: 'Gates sent back',
      value: blocked,
      detail: `of ${countOf(ended, 'trial')}`,
    },
    {
      label: 'Ask for a look',
      value: figures.approvalRequired,
      detail: 'passed, to be approved singly',
    },
    {
      label: 'Left to a person',
      value: figures.noteCount,
      detail: figures.noteCount === 1 ? 'place' : 'places',
    },
    {
      label: 'Cost',
      value: formatMoney(figures.cost, currency),
      detail:
        ended > 0
          ? `${formatMoney(figures.cost / ended, currency)} a trial`
          : undefined,
    },
    { label: 'Tokens', value: formatTokens(figures.tokens) },
    {
      label: 'Median time',
      value:
        figures.medianMs === undefined ? '–' : formatDuration(figures.medianMs),
    },
  ];
}
