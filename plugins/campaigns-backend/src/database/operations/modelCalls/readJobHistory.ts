import { Knex } from 'knex';

/** What the agent of one earlier job used. */
export interface JobHistory {
  calls: number;
  outputTokensPerCall: number;
  growthTokensPerCall: number;
}

/** The newest jobs of a model whose agents made calls, of any campaign. */
export async function readJobHistory(
  knex: Knex,
  model: string,
  limit: number,
): Promise<JobHistory[]> {
  const input =
    'input_tokens + cache_write_5m_tokens + cache_write_1h_tokens + cache_read_tokens';
  const rows: any[] = await knex('model_calls')
    .where({ model, purpose: 'agent', outcome: 'completed' })
    .whereNotNull('job_id')
    .groupBy('job_id')
    .orderByRaw('max(at) desc')
    .limit(limit)
    .count({ calls: '*' })
    .sum({ output: 'output_tokens' })
    .select({
      shortest: knex.raw(`min(${input})`),
      longest: knex.raw(`max(${input})`),
    });
  return rows.map(row => {
    const calls = Number(row.calls);
    const growth = Number(row.longest) - Number(row.shortest);
    return {
      calls,
      outputTokensPerCall: Number(row.output) / calls,
      growthTokensPerCall: calls > 1 ? growth / (calls - 1) : 0,
    };
  });
}
