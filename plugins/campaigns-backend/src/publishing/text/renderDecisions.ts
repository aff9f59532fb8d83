import { ChangeReport } from '@skein/plugin-campaigns-common';
import { code, escapeMarkdown, link } from './markdown';
import { bounded, plural } from './renderChanges';

const MOST_DECISIONS = 50;

/** What was left alone since a person must decide, with place and reason. */
export function renderDecisions(report: ChangeReport, guide?: string): string {
  const { refusals } = report;
  if (refusals.length === 0) return '';
  return [
    '## What needs you',
    `${plural(refusals.length, 'place')} ${
      refusals.length === 1 ? 'was' : 'were'
    } left as ${refusals.length === 1 ? 'it was' : 'they were'}${
      guide ? ` (see ${link('the guide', guide)})` : ''
    }:`,
    bounded(
      refusals.map(
        refusal =>
          `- [ ] ${code(`${refusal.file}:${refusal.span.line}`)} ${code(
            refusal.text,
            80,
          )}: ${escapeMarkdown(refusal.reason)}`,
      ),
      MOST_DECISIONS,
      '- and {} more',
    ),
  ].join('\n\n');
}
