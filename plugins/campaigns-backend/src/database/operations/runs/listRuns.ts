import { Page, PageRequest, Run } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { allRows, RowFilter } from '../../../authorization';
import { toIso } from '../../clock';
import { RunRow } from '../../tables';
import { listPage } from '../listPage';
import { whereTargetVisible } from '../targets/whereTargetVisible';

/** A campaign's runs, newest first, each with how many of its targets may be read. */
export async function listRuns(
  knex: Knex,
  campaignId: string,
  page: PageRequest,
  readable: RowFilter,
): Promise<Page<Run>> {
  const query = knex<RunRow>('runs').where({ campaign_id: campaignId });
  const order = [{ column: 'number', order: 'desc' as const }];
  const runs = await listPage<RunRow, Run>(query, page, order, toRun);
  if (readable === allRows) return runs;
  const counts = await countVisible(
    knex,
    runs.items.map(({ id }) => id),
    readable,
  );
  return {
    ...runs,
    items: runs.items.map(run => ({
      ...run,
      targetCount: counts.get(run.id) ?? 0,
    })),
  };
}

/** Targets that are in a run now, or had a job in it. */
async function countVisible(
  knex: Knex,
  runIds: string[],
  readable: RowFilter,
): Promise<Map<string, number>> {
  const now = knex('targets')
    .whereIn('run_id', runIds)
    .select({ run: 'run_id', target: 'id' });
  readable(now);
  const jobs = knex('jobs')
    .whereIn('run_id', runIds)
    .select({ run: 'run_id', target: 'target_id' });
  whereTargetVisible(jobs, knex, 'target_id', readable);
  const rows: any[] = await knex
    .from(now.union([jobs]).as('seen'))
    .groupBy('run')
    .select('run')
    .count({ count: '*' });
  return new Map(rows.map(({ run, count }) => [run, Number(count)]));
}

function toRun(row: RunRow): Run {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    number: row.number,
    kind: row.kind,
    wave: row.wave ?? undefined,
    revisionId: row.revision_id,
    state: row.state,
    targetCount: row.target_count,
    createdBy: row.created_by,
    createdAt: toIso(row.created_at)!,
    finishedAt: toIso(row.finished_at),
  };
}
