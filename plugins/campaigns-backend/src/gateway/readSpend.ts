import { CampaignSpec, CampaignSpend } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { getNewestEstimate } from '../database/operations/modelCalls/getNewestEstimate';
import { toSpend } from '../database/operations/modelCalls/lockSpend';
import {
  cacheHitRate,
  sumCalls,
} from '../database/operations/modelCalls/sumCalls';
import { ModelSpendRow } from '../database/operations/modelCalls/tables';
import { CampaignRow, ContextRevisionRow } from '../database/tables';
import { fromNanos } from './budget/budgetScopes';
import { addCounts, noTokens } from './prices';
import { ModelConfig } from './readModelConfig';

const MOST_DAYS = 90;
const MOST_GROUPS = 50;

/** What the model has cost a campaign, from the ledger. */
export async function readSpend(
  knex: Knex,
  campaign: CampaignRow,
  config: Pick<ModelConfig, 'currency' | 'budget'>,
): Promise<CampaignSpend> {
  const { id } = campaign;
  const stored = await knex<ModelSpendRow>('model_spend')
    .where({ scope: 'campaign', scope_id: id })
    .first();
  const sums = stored && toSpend(stored);
  const byPurpose = await sumCalls(knex, id, 'purpose', MOST_GROUPS);
  const byDay = await sumCalls(knex, id, 'day', MOST_DAYS);
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
    assumed: fromNanos(await sumAssumed(knex, id)),
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
    byModel: await sumCalls(knex, id, 'model', MOST_GROUPS),
    byRevision: await sumByRevision(knex, id),
    byDay: byDay.reverse(),
    estimate: await getNewestEstimate(knex, id),
  };
}

async function sumAssumed(knex: Knex, campaignId: string): Promise<number> {
  const [row]: any[] = await knex('model_calls')
    .where({ campaign_id: campaignId })
    .sum({ assumed: 'assumed_nanos', expired: 'expired_nanos' });
  return Number(row.assumed ?? 0) + Number(row.expired ?? 0);
}

async function sumByRevision(
  knex: Knex,
  campaignId: string,
): Promise<CampaignSpend['byRevision']> {
  const shares = await sumCalls(knex, campaignId, 'revision', MOST_GROUPS);
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
