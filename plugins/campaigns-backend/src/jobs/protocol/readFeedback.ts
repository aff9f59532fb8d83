import { renderError } from '@skein/job-runner';
import { ChangeReport } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { ChangeRow } from '../../database/operations/jobs/tables';
import { TargetRow } from '../../database/tables';
import { oneLine } from '../oneLine';

const MOST_ERRORS = 20;

/**
 * What the repository's CI said of the change that a target has: a runner
 * cannot see that, and an agent that tries again should know.
 */
export async function readFeedback(
  knex: Knex,
  target: TargetRow,
): Promise<string[] | undefined> {
  if (!target.change_id) return undefined;
  const change = await knex<ChangeRow>('changes')
    .where({ id: target.change_id })
    .first('report');
  const report: ChangeReport | undefined = change && JSON.parse(change.report);
  const failed = report?.verification.filter(
    ({ source, outcome }) => source === 'ci' && outcome === 'failed',
  );
  if (!failed?.length) return undefined;
  return failed.flatMap(({ name, summary, errors = [] }) => [
    `The change of an earlier try failed in the repository's CI: ${name}: ${summary}`,
    ...errors.slice(0, MOST_ERRORS).map(error => oneLine(renderError(error))),
  ]);
}
