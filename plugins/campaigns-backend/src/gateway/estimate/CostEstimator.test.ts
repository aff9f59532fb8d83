import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  CampaignSpec,
  Target,
  TargetPrompt,
} from '@skein/plugin-campaigns-common';
import { ModelRequest } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { CampaignChanges } from '../../changes/CampaignChanges';
import { migrate } from '../../database/migrate';
import { listModelCalls } from '../../database/operations/modelCalls/listModelCalls';
import { CampaignRow } from '../../database/tables';
import {
  exampleContext,
  insertCampaign,
  insertTarget,
} from '../../jobs/__testUtils__/campaign';
import { ClaimedAttempt, JobQueue } from '../../queue/JobQueue';
import { runningJobs } from '../__testUtils__/runningJobs';
import { scriptedModelConfig } from '../__testUtils__/scriptedModelConfig';
import { messageOf, ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { ModelGateway } from '../ModelGateway';
import { CostEstimator } from './CostEstimator';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const agent = {
  type: 'agent' as const,
  when: 'refused' as const,
  maxTotalTokens: 1,
  maxTurns: 1,
  timeoutSeconds: 1,
  bash: [],
  skills: [],
  mcpServers: [],
};

/** Of this many characters; a token is one here. */
const promptOf = (target: string, called: boolean): TargetPrompt => ({
  commit: '0'.repeat(40),
  templates: 'v1',
  called,
  reason: '',
  sections: [
    { name: 'system', text: 's'.repeat(500), tokens: 0 },
    { name: 'campaign', text: 'c'.repeat(499), tokens: 0 },
    { name: 'target', text: target, tokens: 0 },
  ],
});

class CountingProvider extends ScriptedProvider {
  readonly countedRequests: ModelRequest[] = [];

  async countTokens(request?: ModelRequest): Promise<number> {
    this.countedRequests.push(request!);
    const { system, messages } = request!;
    return String(system).length + String(messages[0].content).length;
  }
}

describe.each(databases.eachSupportedId())('estimates on %s', databaseId => {
  let knex: Knex;
  let campaign: { campaignId: string; revisionId: string };
  let provider: CountingProvider;
  let gateway: ModelGateway;
  const changes = new CampaignChanges();
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    campaign = await insertCampaign(knex, {
      ...exampleContext,
      judge: { changes: 'none', maxVetoes: 2 },
      steps: [{ type: 'mapping' }, agent],
    });
    provider = new CountingProvider();
    gateway = ModelGateway.start({
      database: knex,
      provider,
      config: scriptedModelConfig(),
      changes,
      logger,
    });
  });
  afterEach(() => gateway.stop());

  const row = async () => (await knex<CampaignRow>('campaigns').first())!;
  const estimator = (
    render: (target: Target) => Promise<TargetPrompt>,
    through = gateway,
  ) =>
    new CostEstimator({
      knex,
      gateway: through,
      config: {
        sampleSize: 4,
        calls: 2,
        outputTokensPerCall: 1_000,
        growthTokensPerCall: 500,
      },
      render,
      logger,
    });
  const addTargets = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      await insertTarget(knex, {
        ...campaign,
        name: `repo-${String(index).padStart(2, '0')}`,
      });
    }
  };

  it('counts a sample, reckons it for all targets, and keeps the result', async () => {
    await addTargets(8);
    const rendered: string[] = [];
    const estimate = await estimator(async ({ repository }) => {
      rendered.push(repository.name);
      // One of four needs nothing but the tables.
      return promptOf('t'.repeat(2_000), repository.name !== 'repo-03');
    }).estimate(await row(), 'user:default/ada');

    expect(rendered.sort()).toEqual([
      'repo-01',
      'repo-03',
      'repo-05',
      'repo-07',
    ]);
    expect(estimate).toMatchObject({
      createdBy: 'user:default/ada',
      revisionNumber: 1,
      model: 'scripted-1',
      currency: 'USD',
      targets: 8,
      sampleSize: 4,
      sampleNeedingModel: 3,
      perTarget: {
        // Tools, system, campaign and target.
        promptTokens: 3_000 + 1_000 + 2_000,
        calls: 2,
        basis: 'configuration',
        historyJobs: 0,
      },
    });
    // Reads of what all jobs share, writes of the rest, one more call that adds to it; 1,000 tokens of output each.
    const shared = 4_001;
    const perTarget =
      shared * 0.1 +
      (6_000 - shared) * 1.25 +
      6_000 * 0.1 +
      500 * 1.25 +
      20_000;
    expect(estimate.expected).toBeCloseTo((perTarget * 6) / 1e6, 6);
    expect(estimate.low).toBeLessThan(estimate.expected);
    expect(estimate.high).toBeGreaterThan(estimate.expected);
    // Counting costs nothing, and is in no ledger.
    expect(await knex('model_calls')).toEqual([]);
    const spend = await gateway.spendOf(await row());
    expect(spend.estimate).toEqual(estimate);
  });

  it('learns from what earlier jobs did', async () => {
    await addTargets(1);
    const queue = JobQueue.create({ database: knex, changes });
    const jobs = await runningJobs(knex, queue, campaign, 3);
    let input = 0;
    provider.answer = () => {
      input += 1_000;
      return messageOf([], { input_tokens: input, output_tokens: 50 });
    };
    for (const job of jobs) {
      input = 0;
      for (let turn = 0; turn < 5; turn += 1) await ask(job);
    }
    const { perTarget } = await estimator(async () =>
      promptOf('t', true),
    ).estimate(await row(), 'user:default/ada');
    expect(perTarget).toMatchObject({
      basis: 'history',
      historyJobs: 3,
      calls: 5,
      outputTokensPerCall: 50,
      growthTokensPerCall: 1_000,
    });
  });

  it('goes on without targets that cannot be read, and says so where none can', async () => {
    await addTargets(3);
    const { sampleSize } = await estimator(async ({ repository }) => {
      if (repository.name === 'repo-01') throw new Error('gone');
      return promptOf('t', true);
    }).estimate(await row(), 'user:default/ada');
    expect(sampleSize).toBe(2);
    await expect(
      estimator(async () => {
        throw new Error('gone');
      }).estimate(await row(), 'user:default/ada'),
    ).rejects.toThrow('None of the sampled targets could be read');
  });

  it('says why there is nothing to estimate', async () => {
    const render = async () => promptOf('t', true);
    const estimate = async (through = gateway) =>
      estimator(render, through).estimate(await row(), 'user:default/ada');
    await expect(estimate()).rejects.toThrow('No target waits');
    const nothing = ModelGateway.start({
      database: knex,
      provider: undefined,
      config: scriptedModelConfig(),
      changes,
      logger,
    });
    await expect(estimate(nothing)).rejects.toThrow('No model is connected');
    await nothing.stop();
    await knex('context_revisions').update({
      content: JSON.stringify(exampleContext),
    });
    await expect(estimate()).rejects.toThrow(
      'No step of this campaign asks the model',
    );
  });

  it('adds up what was spent by purpose, model, revision and day', async () => {
    const queue = JobQueue.create({ database: knex, changes });
    const spec: Partial<CampaignSpec> = {
      budget: { amount: 5, currency: 'USD', perJob: 1 },
    };
    await knex('campaigns').update({ spec: JSON.stringify(spec) });
    const [job] = await runningJobs(knex, queue, campaign, 1);
    provider.answer = () =>
      messageOf([], {
        input_tokens: 100,
        output_tokens: 10,
        cache_read_input_tokens: 300,
      });
    await ask(job);
    await ask(job);
    await ask(job, 'judge');
    const spend = await gateway.spendOf(await row());
    const cost = (100 + 100 + 30) / 1e6;
    expect(spend).toMatchObject({
      currency: 'USD',
      calls: 3,
      reserved: 0,
      assumed: 0,
      tokensSpent: 3 * 410,
      cacheHitRate: 0.75,
      budget: { amount: 5, perJob: 1 },
      byModel: [{ key: 'scripted-1', calls: 3 }],
      byRevision: [{ key: campaign.revisionId, revisionNumber: 1, calls: 3 }],
      byDay: [{ key: new Date().toISOString().slice(0, 10), calls: 3 }],
    });
    expect(spend.spent).toBeCloseTo(3 * cost, 9);
    expect(spend.byPurpose).toEqual([
      expect.objectContaining({ key: 'agent', calls: 2, cacheHitRate: 0.75 }),
      expect.objectContaining({ key: 'judge', calls: 1 }),
    ]);
    const { items, totalItems } = await listModelCalls(knex, job.id, {
      limit: 2,
    });
    expect(totalItems).toBe(3);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      purpose: 'judge',
      outcome: 'completed',
      model: 'scripted-1',
      tokens: { input: 100, output: 10, cacheRead: 300 },
    });
  });

  async function ask(
    job: ClaimedAttempt,
    purpose: 'agent' | 'judge' = 'agent',
  ) {
    await gateway.createMessage({
      purpose,
      ...campaign,
      jobId: job.id,
      attempt: job.attempt,
      request: { messages: [{ role: 'user', content: 'Hello' }] },
    });
  }
});
