import { CampaignSpec } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { whereTargetVisible } from '../targets/whereTargetVisible';
import { normalizeDatasetName } from '../../../lineage/normalizeDatasetName';
import { RowFilter } from '../../../authorization';
import { CampaignRow, TargetRow } from '../../tables';

/** A target of a campaign, as far as lineage shows it. */
export type MigrationRow = Pick<
  TargetRow,
  | 'id'
  | 'repo_host'
  | 'repo_owner'
  | 'repo_name'
  | 'path'
  | 'framework'
  | 'entity_ref'
  | 'state'
> & { campaign_name: string };

/** The readable targets of the campaigns that retire a dataset, those of the newest campaign first. */
export async function readMigrations(
  knex: Knex,
  dataset: string,
  readable: RowFilter,
): Promise<MigrationRow[]> {
  const campaigns = await knex<CampaignRow>('campaigns')
    .select('id', 'spec')
    .orderBy([{ column: 'created_at', order: 'desc' }, 'id']);
  const rows: MigrationRow[] = [];
  for (const { id, spec } of campaigns) {
    if (!retires(spec, dataset)) continue;
    const query = knex<TargetRow>('targets as t')
      .join('campaigns as c', 'c.id', 't.campaign_id')
      .where('t.campaign_id', id)
      .orderBy('t.id')
      .select(
        't.id',
        't.repo_host',
        't.repo_owner',
        't.repo_name',
        't.path',
        't.framework',
        't.entity_ref',
        't.state',
        { campaign_name: 'c.name' },
      );
    whereTargetVisible(query, knex, 't.id', readable);
    rows.push(...((await query) as MigrationRow[]));
  }
  return rows;
}

function retires(spec: string, dataset: string): boolean {
  const { datasets } = JSON.parse(spec) as Pick<CampaignSpec, 'datasets'>;
  return datasets.some(({ from }) => normalizeDatasetName(from) === dataset);
}
