import { ConflictError, InputError } from '@backstage/errors';
import { EvaluationSample } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../authorization';
import { TrialTarget } from '../database/operations/evaluations/enqueueTrials';
import { getEvaluationRow } from '../database/operations/evaluations/getEvaluationRow';
import { listTriedCommits } from '../database/operations/evaluations/listTriedCommits';
import { selectSample } from '../database/operations/evaluations/selectSample';
import { CampaignRow } from '../database/tables';
import { chooseSample } from './chooseSample';

/** Trials of one evaluation at most: so that all of them fit in one comparison. */
export const MAX_SAMPLE = 200;

/**
 * The targets of a sample, at most {@link MAX_SAMPLE}.
 *
 * @param readable - others are not chosen
 * @throws NotFoundError where there is no such earlier evaluation
 * @throws InputError where a target that was named cannot be tried
 * @throws ConflictError where there is nothing to try
 */
export async function chooseTargets(
  tx: Knex.Transaction,
  campaign: CampaignRow,
  sample: EvaluationSample,
  readable: RowFilter,
): Promise<TrialTarget[]> {
  const select = (ids?: string[]) =>
    selectSample(tx, campaign.id, readable, ids);
  if ('targetIds' in sample) return selectNamed(select, sample.targetIds);
  let chosen: TrialTarget[];
  if ('sameAs' in sample) {
    const run = await getEvaluationRow(tx, campaign.id, sample.sameAs);
    const commits = await listTriedCommits(tx, run.id);
    chosen = (await select([...commits.keys()])).map(({ id }) => ({
      id,
      baseCommit: commits.get(id),
    }));
  } else {
    const size = Math.min(sample.size, MAX_SAMPLE);
    chosen = chooseSample(await select(), size).map(({ id }) => ({ id }));
  }
  if (chosen.length === 0) {
    throw new ConflictError(
      'No target has anything left to change: nothing to try it on',
    );
  }
  return chosen;
}

async function selectNamed(
  select: (ids: string[]) => Promise<TrialTarget[]>,
  ids: string[],
): Promise<TrialTarget[]> {
  const wanted = [...new Set(ids)];
  const found = new Set((await select(wanted)).map(({ id }) => id));
  const missing = wanted.filter(id => !found.has(id));
  if (missing.length > 0) {
    throw new InputError(
      `${missing.length} of the targets cannot be tried, since the campaign has none such in scope: ${missing[0]}`,
    );
  }
  return wanted.map(id => ({ id }));
}
