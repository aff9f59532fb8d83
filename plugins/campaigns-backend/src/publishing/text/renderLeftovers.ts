import {
  ChangeReport,
  describeLeftovers,
  mayBeUse,
} from '@skein/plugin-campaigns-common';
import { code } from './markdown';
import { bounded, plural } from './renderChanges';

const MOST_PLACES = 20;

/** The names of the mapping tables that stay and need nobody: how many and why, and the places to look at. */
export function renderLeftovers({ leftovers }: ChangeReport): string {
  if (!leftovers || leftovers.total === 0) return '';
  const open = leftovers.places.filter(mayBeUse);
  return [
    '## What stays',
    `${plural(leftovers.total, 'mapped name')} ${
      leftovers.total === 1 ? 'stays' : 'stay'
    } as ${leftovers.total === 1 ? 'it is' : 'they are'}: ${describeLeftovers(
      leftovers,
    )}.`,
    ...(open.length > 0
      ? [
          'Please look whether these mean the old dataset:',
          bounded(
            open.map(
              place =>
                `- ${code(`${place.file}:${place.span.line}`)} ${code(
                  place.text,
                  80,
                )}`,
            ),
            MOST_PLACES,
            '- and {} more',
          ),
        ]
      : []),
  ].join('\n\n');
}
