import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ModelCallError } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { until } from '../__testUtils__/until';
import { CampaignChanges } from '../changes/CampaignChanges';
import { migrate } from '../database/migrate';
import { insertCampaign } from '../jobs/__testUtils__/campaign';
import { scriptedModelConfig } from './__testUtils__/scriptedModelConfig';
import { messageOf, ScriptedProvider } from './__testUtils__/ScriptedProvider';
import { ModelGateway } from './ModelGateway';
import { ModelConfig } from './readModelConfig';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'the pace of calls over replicas, on %s',
  databaseId => {
    let knex: Knex;
    let provider: ScriptedProvider;
    let campaigns: Array<{ campaignId: string; revisionId: string }>;
    const gateways: ModelGateway[] = [];

    const replica = (config: Partial<ModelConfig>) => {
      const gateway = ModelGateway.start({
        database: knex,
        provider,
        config: scriptedModelConfig(config),
        changes: new CampaignChanges(),
        logger: mockServices.logger.mock(),
      });
      gateways.push(gateway);
      return gateway;
    };
    const call = (gateway: ModelGateway, which = 0) =>
      gateway.createMessage({
        ...campaigns[which],
        purpose: 'agent',
        request: {
          max_tokens: 100,
          messages: [{ role: 'user', content: 'Hello' }],
        },
      });

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await migrate(knex);
      provider = new ScriptedProvider();
      campaigns = [await insertCampaign(knex), await insertCampaign(knex)];
    });
    afterEach(async () => {
      for (const gateway of gateways.splice(0)) await gateway.stop();
    });

    it('has so many calls under way and no more, and makes all of them', async () => {
      const replicas = [1, 2, 3].map(() => replica({ sharedConcurrency: 3 }));
      let open: () => void = () => {};
      const opened = new Promise<void>(resolve => {
        open = resolve;
      });
      provider.answer = async () => {
        await opened;
        return messageOf([{ type: 'text', text: 'Hello' }]);
      };
      // Two campaigns, since their budgets are locked one by one.
      const calls = [...Array(12).keys()].map(index =>
        call(replicas[index % 3], index % 2),
      );
      await until(async () => provider.running === 3);
      open();
      await Promise.all(calls);
      expect(provider.requests).toHaveLength(12);
      expect(provider.mostRunning).toBe(3);
    });

    it('pauses all for as long as the provider asks one of them', async () => {
      const [refused, other] = [1, 2].map(() =>
        replica({ patienceMilliseconds: 1_000 }),
      );
      provider.script(
        new ModelCallError('429: Slow down', {
          kind: 'rate-limited',
          charge: 'nothing',
          status: 429,
          retryAfterMilliseconds: 3_600_000,
        }),
      );
      await expect(call(refused)).rejects.toMatchObject({ status: 429 });
      await expect(call(other, 1)).rejects.toMatchObject({
        status: 429,
        message: expect.stringContaining('asks for a pause'),
      });
      expect(provider.requests).toHaveLength(1);

      await knex('model_pace').update({ paused_until: 1 });
      await call(other, 1);
      expect(provider.requests).toHaveLength(2);
    });
  },
);
