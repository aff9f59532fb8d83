import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { BudgetSpec } from '@skein/plugin-campaigns-common';
import { ModelCallError, ModelMessage } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { CampaignChanges } from '../changes/CampaignChanges';
import { databaseNow } from '../database/clock';
import { migrate } from '../database/migrate';
import {
  ModelCallRow,
  ModelSpendRow,
} from '../database/operations/modelCalls/tables';
import { insertCampaign } from '../jobs/__testUtils__/campaign';
import { ClaimedAttempt, JobQueue } from '../queue/JobQueue';
import { runningJobs } from './__testUtils__/runningJobs';
import { scriptedModelConfig } from './__testUtils__/scriptedModelConfig';
import { messageOf, ScriptedProvider } from './__testUtils__/ScriptedProvider';
import { BudgetExceededError } from './GatewayError';
import { ModelGateway } from './ModelGateway';
import { ModelConfig } from './readModelConfig';
import { ModelCall } from './types';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** 100 tokens are counted; the bound of that is 605, at 1 a million. With 1,000 tokens of output at 10 a million: */
const WORST_NANOS = 605_000 + 10_000_000;

describe.each(databases.eachSupportedId())('ModelGateway on %s', databaseId => {
  let knex: Knex;
  let campaign: { campaignId: string; revisionId: string };
  let queue: JobQueue;
  let provider: ScriptedProvider;
  let gateway: ModelGateway;
  const gateways: ModelGateway[] = [];
  const changes = new CampaignChanges();

  const startGateway = (
    config: Partial<ModelConfig> = {},
    leaseMilliseconds?: number,
  ) => {
    const started = ModelGateway.start({
      database: knex,
      provider,
      config: scriptedModelConfig(config),
      changes,
      logger: mockServices.logger.mock(),
      leaseMilliseconds,
    });
    gateways.push(started);
    return started;
  };

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    campaign = await insertCampaign(knex);
    queue = JobQueue.create({ database: knex, changes });
    provider = new ScriptedProvider();
    gateway = startGateway();
  });
  afterEach(async () => {
    await Promise.all(gateways.splice(0).map(each => each.stop()));
  });

  const setBudget = (budget: Partial<BudgetSpec>) =>
    knex('campaigns').update({
      spec: JSON.stringify({
        budget: { currency: 'USD', amount: 1_000, ...budget },
      }),
    });
  const call = (
    job?: ClaimedAttempt,
    more: Partial<ModelCall> = {},
  ): ModelCall => ({
    purpose: 'agent',
    ...campaign,
    ...(job && { jobId: job.id, attempt: job.attempt }),
    request: { messages: [{ role: 'user', content: 'Hello' }] },
    ...more,
  });
  const spend = async (scope = 'campaign') => {
    const rows: ModelSpendRow[] = await knex('model_spend').where({ scope });
    return rows.map(row => ({
      spent: Number(row.spent_nanos),
      reserved: Number(row.reserved_nanos),
    }));
  };
  const calls = () => knex<ModelCallRow>('model_calls').orderBy('at');
  const costing = (input: number, output: number) => (): ModelMessage =>
    messageOf([{ type: 'text', text: 'Done' }], {
      input_tokens: input,
      output_tokens: output,
    });

  describe('200 concurrent jobs with a budget for 150', () => {
    /** What runners do: a job whose call is refused ends, one that is answered succeeds. */
    async function runAll(jobs: ClaimedAttempt[], through: ModelGateway[]) {
      await Promise.all(
        jobs.map(async (job, index) => {
          try {
            await through[index % through.length].createMessage(call(job));
            await queue.complete(job, async () => ({
              message: 'done',
              event: { type: 'finished', outcome: 'proposed', reason: 'done' },
            }));
          } catch (error) {
            if (!(error instanceof BudgetExceededError)) throw error;
            await queue.fail(job, {
              kind: 'agent-unfinished',
              message: 'The model refused',
            });
          }
        }),
      );
    }

    async function endStates() {
      const rows: any[] = await knex('jobs')
        .groupBy('state')
        .select('state')
        .count({ count: '*' });
      return Object.fromEntries(
        rows.map(({ state, count }) => [state, Number(count)]),
      );
    }

    it('spends it to the last of 150 calls and not a billionth more', async () => {
      const limit = 150 * WORST_NANOS;
      await setBudget({ amount: limit / 1e9 });
      const jobs = await runningJobs(knex, queue, campaign, 200);
      provider.answer = async () => {
        const [{ spent, reserved }] = await spend();
        expect(spent + reserved).toBeLessThanOrEqual(limit);
        return costing(605, 1_000)();
      };
      await runAll(jobs, [gateway]);

      expect(provider.requests).toHaveLength(150);
      expect(await spend()).toEqual([{ spent: limit, reserved: 0 }]);
      expect(await endStates()).toEqual({ succeeded: 150, overBudget: 50 });
      const targets: any[] = await knex('targets')
        .groupBy('state')
        .select('state')
        .count({ count: '*' })
        .orderBy('state');
      expect(targets.map(row => [row.state, Number(row.count)])).toEqual([
        ['overBudget', 50],
        ['proposed', 150],
      ]);
      const [refused] = await knex('targets').where({ state: 'overBudget' });
      expect(refused.failure_kind).toBe(null);
      expect(refused.state_reason).toMatch(/^The budget of the campaign \(/);
    });

    it('holds over replicas, and refuses nobody whom the settled spend would allow', async () => {
      // Each call costs half of its worst case: reservations alone would fill it with half as many.
      const actual = 305_000 + 5_000_000;
      const limit = 150 * actual;
      await setBudget({ amount: limit / 1e9 });
      const jobs = await runningJobs(knex, queue, campaign, 200);
      provider.answer = costing(305, 500);
      await runAll(jobs, [gateway, startGateway(), startGateway()]);

      const made = provider.requests.length;
      expect(await spend()).toEqual([{ spent: made * actual, reserved: 0 }]);
      expect(made * actual).toBeLessThanOrEqual(limit);
      expect(made * actual + WORST_NANOS).toBeGreaterThan(limit);
      expect(await endStates()).toEqual({
        succeeded: made,
        overBudget: 200 - made,
      });
      // The sums are those of the ledger.
      const [{ sum }] = await knex('model_calls').sum({ sum: 'cost_nanos' });
      expect(Number(sum)).toBe(made * actual);
    });
  });

  it('ends a job as over budget however its runner ends', async () => {
    await setBudget({ perJob: WORST_NANOS / 1e9 });
    provider.answer = costing(605, 1_000);
    const [job] = await runningJobs(knex, queue, campaign, 1);
    await gateway.createMessage(call(job));
    await expect(gateway.createMessage(call(job))).rejects.toMatchObject({
      status: 403,
      type: 'budget_exceeded',
      message:
        'The budget of the job (0.010605 USD) has no room for this call, which may take 0.010605 USD. Raise it, then retry.',
    });
    // A crash would be tried again; this one would only be refused again.
    await queue.fail(job, { kind: 'runner-crashed', message: 'exit code 1' });
    expect(await knex('jobs').first()).toMatchObject({
      state: 'overBudget',
      failure_kind: null,
      failure_message: expect.stringContaining('The budget of the job'),
    });
    expect(await knex('job_attempts').first()).toMatchObject({
      outcome: 'overBudget',
    });
    expect(await knex('targets').first()).toMatchObject({
      state: 'overBudget',
      failure_kind: null,
    });
  });

  it('bounds runs and tokens as well as jobs and money', async () => {
    provider.answer = costing(605, 1_000);
    const runId = '00000000-0000-4000-8000-000000000001';
    await setBudget({ perRun: (2 * WORST_NANOS) / 1e9 });
    await gateway.createMessage(call(undefined, { runId }));
    await gateway.createMessage(call(undefined, { runId }));
    await expect(
      gateway.createMessage(call(undefined, { runId })),
    ).rejects.toThrow('The budget of the run');
    // Another run has a budget of its own.
    const other = { runId: '00000000-0000-4000-8000-000000000002' };
    await gateway.createMessage(call(undefined, other));

    await setBudget({ tokens: { amount: 3 * 1_605 + 1_000 } });
    await expect(gateway.createMessage(call())).rejects.toThrow(
      'The budget of the campaign (5815 tokens) has no room for this call, which may take 1605 tokens',
    );
  });

  it('takes what the campaign does not bound from the configuration', async () => {
    const bounded = startGateway({ budget: { perJob: 0.001 } });
    const [job] = await runningJobs(knex, queue, campaign, 1);
    await expect(bounded.createMessage(call(job))).rejects.toThrow(
      'The budget of the job (0.001 USD)',
    );
    await setBudget({ perJob: 1 });
    await bounded.createMessage(call(job));
    expect(provider.requests).toHaveLength(1);
  });

  it('refuses a budget in another currency than the prices', async () => {
    await setBudget({ currency: 'EUR' });
    await expect(gateway.createMessage(call())).rejects.toThrow(
      "The campaign's budget is in EUR, but the model's prices are in USD",
    );
  });

  it('lets a call wait for money that is reserved by others, and no longer than it is patient', async () => {
    const impatient = startGateway({ budgetPatienceMilliseconds: 0 });
    await setBudget({ amount: (1.5 * WORST_NANOS) / 1e9 });
    let finish = () => {};
    provider.script(
      () =>
        new Promise(resolve => {
          finish = () => resolve(costing(105, 100)());
        }),
    );
    const first = gateway.createMessage(call());
    while (provider.requests.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    await expect(impatient.createMessage(call())).rejects.toMatchObject({
      status: 429,
      type: 'rate_limit_error',
      retryAfterSeconds: 30,
    });
    const second = gateway.createMessage(call());
    finish();
    await first;
    await second;
    expect(provider.requests).toHaveLength(2);
  });

  it('records what a call was and cost', async () => {
    const [job] = await runningJobs(knex, queue, campaign, 1);
    provider.answer = () =>
      messageOf(
        [{ type: 'text', text: 'Done' }],
        {
          input_tokens: 100,
          output_tokens: 40,
          cache_creation_input_tokens: 3_000,
          cache_creation: {
            ephemeral_5m_input_tokens: 1_000,
            ephemeral_1h_input_tokens: 2_000,
          },
          cache_read_input_tokens: 50_000,
        },
        { stop_reason: 'tool_use' },
      );
    const message = await gateway.createMessage(call(job));
    expect(message.stop_reason).toBe('tool_use');
    const [recorded] = await calls();
    expect(recorded).toMatchObject({
      campaign_id: campaign.campaignId,
      revision_id: campaign.revisionId,
      job_id: job.id,
      attempt: 1,
      purpose: 'agent',
      provider: 'scripted',
      model: 'scripted-1',
      state: 'settled',
      outcome: 'completed',
      stop_reason: 'tool_use',
      retries: 0,
      latency_ms: expect.any(Number),
      first_token_ms: expect.any(Number),
    });
    const numbers = Object.fromEntries(
      Object.entries(recorded)
        .filter(([key]) => /_tokens$|_nanos$/.test(key))
        .map(([key, value]) => [key, Number(value)]),
    );
    expect(numbers).toMatchObject({
      input_tokens: 100,
      output_tokens: 40,
      cache_write_5m_tokens: 1_000,
      cache_write_1h_tokens: 2_000,
      cache_read_tokens: 50_000,
      // 100 + 40 x 10 + 1,000 x 1.25 + 2,000 x 2 + 50,000 x 0.1 millionths
      cost_nanos: 10_750_000,
      reserved_nanos: 0,
      assumed_nanos: 0,
    });
  });

  it('charges the worst case of a process that is gone, and what it was when it comes back', async () => {
    let finish = () => {};
    provider.script(
      () =>
        new Promise(resolve => {
          finish = () => resolve(costing(100, 40)());
        }),
    );
    const sleeping = gateway.createMessage(call());
    while (provider.requests.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    const [{ reserved }] = await spend();
    expect(reserved).toBeGreaterThanOrEqual(10_000_000);
    // Its lease runs out without a word of it, and another replica looks.
    await gateway.stop();
    await knex('model_calls').update({ expires_at: databaseNow(knex) });
    startGateway({}, 15);
    while ((await spend())[0].reserved > 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(await spend()).toEqual([{ spent: reserved, reserved: 0 }]);
    const [expired] = await calls();
    expect(expired).toMatchObject({ state: 'settled', outcome: 'expired' });
    expect(Number(expired.cost_nanos)).toBe(reserved);

    finish();
    await sleeping;
    expect(await spend()).toEqual([{ spent: 500_000, reserved: 0 }]);
    const [corrected] = await calls();
    expect(corrected).toMatchObject({ outcome: 'completed' });
    expect(Number(corrected.cost_nanos)).toBe(500_000);
    expect(Number(corrected.expired_nanos)).toBe(0);
  });

  it('keeps the reservation of a call that takes longer than its lease', async () => {
    const patient = startGateway({}, 30);
    let finish = () => {};
    provider.script(
      () =>
        new Promise(resolve => {
          finish = () => resolve(costing(100, 40)());
        }),
    );
    const slow = patient.createMessage(call());
    const firstLease = async () => Number((await calls())[0]?.expires_at ?? 0);
    while ((await firstLease()) === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    const before = await firstLease();
    while ((await firstLease()) === before) {
      await new Promise(resolve => setImmediate(resolve));
    }
    finish();
    await slow;
    expect((await calls())[0].outcome).toBe('completed');
  });

  it('tries again what may pass, and charges what each try cost', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    const cut = new ModelCallError('The answer ended', {
      kind: 'broken',
      charge: { usage: { input_tokens: 105, output_tokens: 1 } },
    });
    const overloaded = new ModelCallError('529: Overloaded', {
      kind: 'overloaded',
      charge: 'nothing',
      status: 529,
    });
    provider.script(cut, overloaded, costing(105, 100));
    await gateway.createMessage(call());
    const recorded = await calls();
    expect(recorded).toHaveLength(1);
    expect(recorded[0]).toMatchObject({ outcome: 'completed', retries: 2 });
    // The one that was cut may have been billed all the output that was allowed.
    const cost = 105_000 + 10_000_000 + 105_000 + 1_000_000;
    expect(Number(recorded[0].cost_nanos)).toBe(cost);
    expect(Number(recorded[0].assumed_nanos)).toBe(9_990_000);
    expect(await spend()).toEqual([{ spent: cost, reserved: 0 }]);
    jest.restoreAllMocks();
  });

  it('does not try again what would only be refused again', async () => {
    provider.script(
      new ModelCallError('400: messages: roles must alternate', {
        kind: 'refused',
        charge: 'nothing',
        status: 400,
        type: 'invalid_request_error',
      }),
    );
    await expect(gateway.createMessage(call())).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      message: '400: messages: roles must alternate',
    });
    expect(provider.requests).toHaveLength(1);
    expect(await calls()).toMatchObject([
      {
        outcome: 'failed',
        message: '400: messages: roles must alternate',
        state: 'settled',
      },
    ]);
    expect(await spend()).toEqual([{ spent: 0, reserved: 0 }]);
  });

  it("tells nobody of the provider's trouble with the back end's own key", async () => {
    provider.script(
      new ModelCallError('401: invalid x-api-key sk-…', {
        kind: 'refused',
        charge: 'nothing',
        status: 401,
        type: 'authentication_error',
      }),
    );
    await expect(gateway.createMessage(call())).rejects.toMatchObject({
      status: 502,
      type: 'api_error',
      message: "The model's provider refused the backend; its log says why",
    });
  });

  it('charges a call that is given up, and makes none for an attempt that is over', async () => {
    const abort = new AbortController();
    provider.script(
      (_request, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () =>
            reject(
              new ModelCallError('The call was given up', {
                kind: 'aborted',
                charge: { usage: { input_tokens: 100, output_tokens: 1 } },
              }),
            ),
          );
          abort.abort();
        }),
    );
    await expect(
      gateway.createMessage(call(undefined, { signal: abort.signal })),
    ).rejects.toMatchObject({ status: 499 });
    expect(await calls()).toMatchObject([{ outcome: 'aborted' }]);
    expect(await spend()).toEqual([{ spent: 10_100_000, reserved: 0 }]);

    const [job] = await runningJobs(knex, queue, campaign, 1);
    await queue.release(job, 'The backend stopped');
    await expect(gateway.createMessage(call(job))).rejects.toMatchObject({
      status: 401,
      type: 'authentication_error',
    });
    expect(provider.requests).toHaveLength(1);
  });

  it('asks for what is allowed, with its own metadata', async () => {
    await expect(
      gateway.createMessage(
        call(undefined, {
          request: {
            model: 'claude-fable-5-1',
            messages: [{ role: 'user', content: 'Hello' }],
          },
        }),
      ),
    ).rejects.toMatchObject({
      status: 403,
      type: 'permission_error',
      message: expect.stringContaining('allowed are: scripted-1'),
    });
    await expect(
      gateway.createMessage(
        call(undefined, {
          request: {
            max_tokens: 64_001,
            messages: [{ role: 'user', content: 'Hello' }],
          },
        }),
      ),
    ).rejects.toMatchObject({ status: 400, type: 'invalid_request_error' });
    const [job] = await runningJobs(knex, queue, campaign, 1);
    await gateway.createMessage(call(job));
    expect(provider.requests).toEqual([
      {
        model: 'scripted-1',
        max_tokens: 1_000,
        messages: [{ role: 'user', content: 'Hello' }],
        metadata: { user_id: job.id },
      },
    ]);
    expect(provider.options[0].caller).toEqual({
      campaign: expect.stringContaining('retire-'),
      ownerRef: 'group:default/platform',
    });
  });

  it('says plainly that no model is connected', async () => {
    const nothing = ModelGateway.start({
      database: knex,
      provider: undefined,
      config: scriptedModelConfig(),
      changes,
      logger: mockServices.logger.mock(),
    });
    gateways.push(nothing);
    expect(nothing.describe().available).toBe(false);
    expect(nothing.settings()).toBe(undefined);
    await expect(nothing.createMessage(call())).rejects.toThrow(
      'No model is connected',
    );
    expect(gateway.describe()).toEqual({
      available: true,
      message: 'A script, scripted-1',
    });
  });
});
