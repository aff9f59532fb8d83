import { ModelTokens, SpendShare } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { allRows, RowFilter } from '../../../authorization';
import { fromNanos } from '../../../gateway/budget/budgetScopes';
import { whereTargetVisible } from '../targets/whereTargetVisible';

const sums = {
  cost: 'cost_nanos',
  input: 'input_tokens',
  output: 'output_tokens',
  cacheWrite5m: 'cache_write_5m_tokens',
  cacheWrite1h: 'cache_write_1h_tokens',
  cacheRead: 'cache_read_tokens',
} as const;

const DAY_MILLISECONDS = 86_400_000;

/** What calls of a campaign are added up by. */
export type SpendGroup = 'purpose' | 'model' | 'revision' | 'day';

const columns: Record<SpendGroup, string> = {
  purpose: 'purpose',
  model: 'model',
  revision: 'revision_id',
  day: `at / ${DAY_MILLISECONDS}`,
};

/** The calls for readable targets of a campaign added up, the dearest first; days the newest first. */
export async function sumCalls(
  knex: Knex,
  campaignId: string,
  group: SpendGroup,
  limit: number,
  readable: RowFilter,
): Promise<SpendShare[]> {
  const key = knex.raw(columns[group]);
  const query = knex('model_calls')
    .where({ campaign_id: campaignId })
    .groupBy(key)
    .select({ key })
    .count({ calls: '*' })
    .sum(sums)
    .orderBy(group === 'day' ? 'key' : 'cost', 'desc')
    .limit(limit);
  whereJobVisible(query, knex, readable);
  const rows: any[] = await query;
  return rows.map(row => {
    const tokens: ModelTokens = {
      input: Number(row.input),
      output: Number(row.output),
      cacheWrite5m: Number(row.cacheWrite5m),
      cacheWrite1h: Number(row.cacheWrite1h),
      cacheRead: Number(row.cacheRead),
    };
    return {
      key: group === 'day' ? toDay(Number(row.key)) : String(row.key),
      calls: Number(row.calls),
      cost: fromNanos(Number(row.cost)),
      tokens,
      cacheHitRate: cacheHitRate(tokens),
    };
  });
}

/** Narrows a query over calls to those for jobs of targets that may be read. */
export function whereJobVisible(
  query: Knex.QueryBuilder,
  knex: Knex,
  readable: RowFilter,
): void {
  if (readable === allRows) return;
  const jobs = knex('jobs').select('id');
  whereTargetVisible(jobs, knex, 'target_id', readable);
  query.whereIn('job_id', jobs);
}

/** Part of the input that came from the cache; undefined without input. */
export function cacheHitRate(tokens: ModelTokens): number | undefined {
  const { input, cacheWrite5m, cacheWrite1h, cacheRead } = tokens;
  const all = input + cacheWrite5m + cacheWrite1h + cacheRead;
  return all === 0 ? undefined : cacheRead / all;
}

function toDay(number: number): string {
  return new Date(number * DAY_MILLISECONDS).toISOString().slice(0, 10);
}
