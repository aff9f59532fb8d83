import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { randomUUID } from 'crypto';
import { CampaignChanges } from '../changes/CampaignChanges';
import { databaseNow } from '../database/clock';
import { migrate } from '../database/migrate';
import { NewModelCall } from '../database/operations/modelCalls/reserveCall';
import {
  ModelCallRow,
  ModelSpendRow,
} from '../database/operations/modelCalls/tables';
import { insertCampaign } from '../jobs/__testUtils__/campaign';
import { BudgetScope } from './budget/types';
import { Ledger } from './Ledger';
import { noTokens } from './prices';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const LIMIT = { nanos: 1_000, tokens: 1_000 };

/** What can happen to the calls of a campaign, in any order. */
type Step =
  | { type: 'reserve'; call: number; run: number; nanos: number }
  /** `share` of what was reserved is what it cost. */
  | { type: 'charge'; call: number; share: number }
  | { type: 'end'; call: number; share: number }
  /** The process is gone for so long that its reservations run out. */
  | { type: 'expire' };

const call = fc.nat(4);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('reserve' as const),
    call,
    run: fc.nat(1),
    nanos: fc.integer({ min: 1, max: 400 }),
  }),
  fc.record({ type: fc.constant('charge' as const), call, share }),
  fc.record({ type: fc.constant('end' as const), call, share }),
  fc.record({ type: fc.constant('expire' as const) }),
);

describe.each(databases.eachSupportedId())('Ledger on %s', databaseId => {
  let knex: Knex;
  let ledger: Ledger;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    ledger = Ledger.start({
      database: knex,
      changes: new CampaignChanges(),
      logger: mockServices.logger.mock(),
      leaseMilliseconds: 3_600_000,
    });
  });
  afterAll(() => ledger.stop());

  it('never passes a budget, and its sums are those of its calls, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
        const { campaignId, revisionId } = await insertCampaign(knex);
        const runs = [randomUUID(), randomUUID()];
        const calls = Array.from({ length: 5 }, () => ({
          row: undefined as NewModelCall | undefined,
          reserved: 0,
        }));

        const happen = async (each: Step) => {
          if (each.type === 'expire') {
            await knex('model_calls')
              .where({ campaign_id: campaignId, state: 'reserved' })
              .update({ expires_at: databaseNow(knex) });
            await ledger.tend();
            return;
          }
          const entry = calls[each.call];
          if (each.type === 'reserve') {
            if (entry.reserved > 0) return;
            entry.row ??= {
              id: randomUUID(),
              campaign_id: campaignId,
              run_id: runs[each.run],
              job_id: null,
              attempt: null,
              revision_id: revisionId,
              purpose: 'agent',
              provider: 'scripted',
              model: 'scripted-1',
            };
            const budgets: BudgetScope[] = [
              { scope: 'campaign', id: campaignId, limit: LIMIT },
              { scope: 'run', id: entry.row.run_id!, limit: { nanos: 600 } },
            ];
            const need = { nanos: each.nanos, tokens: each.nanos };
            const { type } = await ledger.reserve(entry.row, { budgets, need });
            if (type === 'reserved') entry.reserved = each.nanos;
            return;
          }
          if (!entry.row || entry.reserved === 0) return;
          const cost = Math.floor(entry.reserved * each.share);
          await ledger.settle(
            entry.row,
            {
              nanos: cost,
              tokens: { ...noTokens, output: cost },
              assumedNanos: 0,
            },
            each.type === 'end'
              ? { outcome: 'completed', retries: 0, latencyMs: 1 }
              : undefined,
          );
          entry.reserved = 0;
          if (each.type === 'end') entry.row = undefined;
        };

        const check = async () => {
          const spend = await knex<ModelSpendRow>('model_spend').where({
            campaign_id: campaignId,
          });
          const rows = await knex<ModelCallRow>('model_calls').where({
            campaign_id: campaignId,
          });
          for (const each of spend) {
            const own = rows.filter(
              row => each.scope === 'campaign' || row.run_id === each.scope_id,
            );
            const sum = (...keys: Array<keyof ModelCallRow>) =>
              own.reduce(
                (total, row) =>
                  keys.reduce((part, key) => part + Number(row[key]), total),
                0,
              );
            expect(Number(each.spent_nanos)).toBe(sum('cost_nanos'));
            expect(Number(each.reserved_nanos)).toBe(sum('reserved_nanos'));
            expect(Number(each.spent_tokens)).toBe(
              sum('output_tokens', 'expired_tokens'),
            );
            expect(Number(each.reserved_tokens)).toBe(sum('reserved_tokens'));
            expect(
              Number(each.spent_nanos) + Number(each.reserved_nanos),
            ).toBeLessThanOrEqual(each.scope === 'run' ? 600 : LIMIT.nanos);
          }
        };

        for (const each of steps) {
          await happen(each);
          await check();
        }
      }),
      { numRuns: databaseId === 'SQLITE_3' ? 60 : 15 },
    );
  });

  it('lets a call that cannot be settled expire, and not be tried again', async () => {
    const { campaignId, revisionId } = await insertCampaign(knex);
    const row: NewModelCall = {
      id: randomUUID(),
      campaign_id: campaignId,
      run_id: null,
      job_id: null,
      attempt: null,
      revision_id: revisionId,
      purpose: 'judge',
      provider: 'scripted',
      model: 'scripted-1',
    };
    const budgets: BudgetScope[] = [
      { scope: 'campaign', id: campaignId, limit: {} },
    ];
    await ledger.reserve(row, { budgets, need: { nanos: 70, tokens: 7 } });
    const unstorable = {
      nanos: Number.NaN,
      tokens: noTokens,
      assumedNanos: 0,
    };
    // Not toThrow: an error of the driver may be of another realm.
    await expect(ledger.settle(row, unstorable)).rejects.toHaveProperty(
      'message',
    );
    await knex('model_calls')
      .where({ id: row.id })
      .update({ expires_at: databaseNow(knex) });
    // It is not kept alive by its own process any more.
    await ledger.tend();
    expect(
      await knex('model_calls').where({ id: row.id }).first(),
    ).toMatchObject({ state: 'settled', outcome: 'expired' });
    const spend = await knex<ModelSpendRow>('model_spend')
      .where({ scope_id: campaignId })
      .first();
    expect(Number(spend!.spent_nanos)).toBe(70);
  });
});
