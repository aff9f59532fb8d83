import {
  ChangeReport,
  VerificationResult,
} from '@skein/plugin-campaigns-common';
import { codeInTable, escapeMarkdown } from './markdown';

const MOST_CHECKS = 30;

/** What was checked, before and after the change. */
export function renderVerification(report: ChangeReport): string {
  const names = [
    ...new Set([...report.baseline, ...report.verification].map(r => r.name)),
  ].slice(0, MOST_CHECKS);
  if (names.length === 0) {
    return '## What was verified\n\nNothing could be run here: please rely on your own checks.';
  }
  const rows = names.map(name => {
    const after = find(report.verification, name);
    const shown = after ?? find(report.baseline, name);
    const by = shown?.source === 'repository' ? 'your repository' : 'Skein';
    return `| ${codeInTable(name)} | ${by} | ${outcome(
      find(report.baseline, name),
    )} | ${outcome(after)} | ${escapeMarkdown(shown?.summary ?? '', 200)} |`;
  });
  return [
    '## What was verified',
    [
      '| Check | From | Before | After | |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ].join('\n\n');
}

function find(
  results: VerificationResult[],
  name: string,
): VerificationResult | undefined {
  return results.find(result => result.name === name);
}

function outcome(result: VerificationResult | undefined): string {
  return result ? result.outcome : 'not run';
}
