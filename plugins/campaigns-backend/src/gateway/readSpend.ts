import { CampaignSpec, CampaignSpend } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { allRows, RowFilter } from '../authorization';
import { getNewestEstimate } from '../database/operations/modelCalls/getNewestEstimate';
import { toSpend } from '../database/operations/modelCalls/lockSpend';
import {
  cacheHitRate,
  sumCalls,
  whereJobVisible,
} from '../database/operations/modelCalls/sumCalls';
import { ModelSpendRow } from '../database/operations/modelCalls/tables';
import { whereTargetVisible } from '../database/operations/targets/whereTargetVisible';
import { CampaignRow, ContextRevisionRow } from '../database/tables';
import { fromNanos } from './budget/budgetScopes';
import { ScopeSpend } from './budget/types';
import { addCounts, noTokens } from './prices';
import { ModelConfig } from './readModelConfig';

const MOST_DAYS = 90;
const MOST_GROUPS = 50;

/**
 * What the model has cost a campaign, from the ledger.
 *
 * @param readable - the targets that may be read: calls for others are not
 * counted, nor is there an estimate, which is over all
 */
export async function readSpend(
  knex: Knex,
  campaign: CampaignRow,
  config: Pick<ModelConfig, 'currency' | 'budget'>,
  readable: RowFilter = allRows,
): Promise<CampaignSpend> {
  const { id } = campaign;
  const sums = await readSums(knex, id, readable);
  const byPurpose = await sumCalls(knex, id, 'purpose', MOST_GROUPS, readable);
  const byDay = await sumCalls(knex, id, 'day', MOST_DAYS, readable);
  const tokens = byPurpose.reduce(
    (sum, share) => addCounts(sum, share.tokens),
    noTokens,
  );
  const { budget }: Partial<CampaignSpec> = JSON.parse(campaign.spec);
  const { budget: defaults, currency } = config;
  return {
    currency,
    spent: fromNanos(sums?.spent.nanos ?? 0),
    reserved: fromNanos(sums?.reserved.nanos ?? 0),
    assumed: fromNanos(await sumAssumed(knex, id, readable)),
    tokensSpent: sums?.spent.tokens ?? 0,
    calls: byPurpose.reduce((sum, share) => sum + share.calls, 0),
    cacheHitRate: cacheHitRate(tokens),
    budget: {
      amount: budget?.amount ?? defaults.amount,
      perRun: budget?.perRun ?? defaults.perRun,
      perJob: budget?.perJob ?? defaults.perJob,
      tokens: { ...defaults.tokens, ...budget?.tokens },
    },
    byPurpose,
    byModel: await sumCalls(knex, id, 'model', MOST_GROUPS, readable),
    byRevision: await sumByRevision(knex, id, readable),
    byDay: byDay.reverse(),
    estimate:
      readable === allRows ? await getNewestEstimate(knex, id) : undefined,
  };
}

/** Kept for a campaign as a whole; of some targets their jobs' are added up. */
async function readSums(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
): Promise<ScopeSpend | undefined> {
  if (readable === allRows) {
    const stored = await knex<ModelSpendRow>('model_spend')
      .where({ scope: 'campaign', scope_id: campaignId })
      .first();
    return stored && toSpend(stored);
  }
  const jobs = knex('jobs').where({ campaign_id: campaignId }).select('id');
  whereTargetVisible(jobs, knex, 'target_id', readable);
  const [sums]: any[] = await knex('model_spend')
    .where({ scope: 'job' })
    .whereIn('scope_id', jobs)
    .sum({
      spent_nanos: 'spent_nanos',
      reserved_nanos: 'reserved_nanos',
      spent_tokens: 'spent_tokens',
      reserved_tokens: 'reserved_tokens',
    });
  return toSpend(sums);
}

async function sumAssumed(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
): Promise<number> {
  const query = knex('model_calls')
    .where({ campaign_id: campaignId })
    .sum({ assumed: 'assumed_nanos', expired: 'expired_nanos' });
  whereJobVisible(query, knex, readable);
  const [row]: any[] = await query;
  return Number(row.assumed ?? 0) + Number(row.expired ?? 0);
}

async function sumByRevision(
  knex: Knex,
  campaignId: string,
  readable: RowFilter,
): Promise<CampaignSpend['byRevision']> {
  const shares = await sumCalls(
    knex,
    campaignId,
    'revision',
    MOST_GROUPS,
    readable,
  );
  const revisions = await knex<ContextRevisionRow>('context_revisions')
    .whereIn(
      'id',
      shares.map(({ key }) => key),
    )
    .select('id', 'number');
  const numbers = new Map(revisions.map(({ id, number }) => [id, number]));
  return shares
    .map(share => ({ ...share, revisionNumber: numbers.get(share.key) ?? 0 }))
    .sort((a, b) => b.revisionNumber - a.revisionNumber);
}
