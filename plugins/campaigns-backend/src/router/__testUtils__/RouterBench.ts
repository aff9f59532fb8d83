import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Server } from 'http';
import { Knex } from 'knex';
import request from 'supertest';
import { Authorizer, registerPermissions } from '../../authorization';
import { CampaignLifecycle } from '../../campaigns/CampaignLifecycle';
import { CampaignService } from '../../campaigns/CampaignService';
import { RevisionService } from '../../campaigns/revisions';
import { EvaluationService } from '../../evaluations';
import { CampaignChanges } from '../../changes/CampaignChanges';
import { databaseNow } from '../../database/clock';
import { migrate } from '../../database/migrate';
import { FeedbackService } from '../../feedback';
import { scriptedModelConfig } from '../../gateway/__testUtils__/scriptedModelConfig';
import { readSpend } from '../../gateway/readSpend';
import { listDatasets, queryColumnLineage, queryLineage } from '../../lineage';
import { ownSchemas } from '../../schemas';
import { TargetActions } from '../../targets/TargetActions';
import { createRouter } from '../createRouter';
import { RouterOptions } from '../RouterOptions';
import { Decide, decidePermissions } from './decidePermissions';
import { examplePrompt, exampleSearch, exampleStatus } from './exampleAnswers';
import { campaignFiles, campaignYaml } from './exampleCampaign';

export const alice = mockCredentials.user.header('user:default/alice');
export const bob = mockCredentials.user.header('user:default/bob');

/** For tests: a backend with the plugin's API and a database, and no loop that acts on its own. */
export class RouterBench {
  readonly auditor = mockServices.auditor.mock();
  /** What became of each request that is audited. */
  readonly auditEvent = {
    success: jest.fn(async () => {}),
    fail: jest.fn(async () => {}),
  };
  /** Of the server that the API is mounted on. */
  readonly rootLogger = mockServices.rootLogger.mock();
  /** Stands in for the search of code. */
  readonly search = jest.fn(exampleSearch);

  private constructor(private readonly decide: Decide) {
    this.auditor.createEvent.mockResolvedValue(this.auditEvent);
    this.rootLogger.child.mockReturnValue(this.rootLogger);
  }

  knex!: Knex;
  server!: Server;
  stop!: () => Promise<void>;

  static async start(
    decide: Decide = () => AuthorizeResult.ALLOW,
  ): Promise<RouterBench> {
    const bench = new RouterBench(decide);
    const backend = await startTestBackend({
      features: [
        bench.plugin(),
        // Who says nothing is nobody, as outside of tests.
        mockServices.httpAuth.factory({
          defaultCredentials: mockCredentials.none(),
        }),
        bench.rootLogger.factory,
      ],
    });
    bench.server = backend.server;
    bench.stop = async () => {
      await backend.stop();
      // The backend leaves it open, and the process with it.
      await bench.knex.destroy();
    };
    return bench;
  }

  /** Asks the API, as `alice` if nobody else is said. */
  async call(
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    body?: object,
    as = alice,
  ): Promise<request.Response> {
    const pending = request(this.server)
      [method](`/api/campaigns${path}`)
      .set('Authorization', as);
    return method === 'get' ? pending : pending.send(body ?? {});
  }

  /** Makes a campaign through the API, and gives its id. */
  async create(yaml = campaignYaml): Promise<string> {
    const { status, body } = await this.call('post', '/campaigns', {
      yaml,
      files: campaignFiles,
    });
    if (status !== 201) {
      throw new Error(`No campaign was made: ${JSON.stringify(body)}`);
    }
    return body.id;
  }

  /** Gives a campaign targets, and a scope that is ready. */
  async addTargets(
    campaignId: string,
    targets: Array<{ name: string; state: string; owner?: string }>,
  ): Promise<string[]> {
    const { knex } = this;
    const ids = targets.map(
      (_, index) => `00000000-0000-4000-8000-00000000000${index}`,
    );
    await knex('targets').insert(
      targets.map(({ name, state, owner }, index) => ({
        id: ids[index],
        campaign_id: campaignId,
        repo_host: 'github.com',
        repo_owner: 'acme',
        repo_name: name,
        path: '',
        framework: 'dbt',
        owner_ref: owner ?? null,
        state,
        reasons: '[]',
        created_at: databaseNow(knex),
        updated_at: databaseNow(knex),
      })),
    );
    await knex('campaigns')
      .where({ id: campaignId })
      .update({ scope_state: 'ready' });
    return ids;
  }

  private plugin() {
    return createBackendPlugin({
      pluginId: 'campaigns',
      register: env => {
        env.registerInit({
          deps: {
            database: coreServices.database,
            httpAuth: coreServices.httpAuth,
            httpRouter: coreServices.httpRouter,
            permissionsRegistry: coreServices.permissionsRegistry,
          },
          init: async ({
            database,
            httpAuth,
            httpRouter,
            permissionsRegistry,
          }) => {
            this.knex = await database.getClient();
            await migrate(this.knex);
            registerPermissions(permissionsRegistry, this.knex);
            const authorizer = Authorizer.create({
              permissions: decidePermissions(this.decide),
              permissionsRegistry,
              httpAuth,
            });
            httpRouter.use(await createRouter(this.options(authorizer)));
          },
        });
      },
    });
  }

  private options(authorizer: Authorizer): RouterOptions {
    const { knex } = this;
    const changes = new CampaignChanges();
    const campaigns = new CampaignService({
      knex,
      changes,
      schemas: ownSchemas,
      appBaseUrl: 'http://portal',
    });
    return {
      knex,
      auditor: this.auditor,
      authorizer,
      campaigns,
      revisions: new RevisionService({
        knex,
        changes,
        parse: input => campaigns.parse(input),
      }),
      evaluations: new EvaluationService({ knex, changes, currency: 'USD' }),
      feedback: new FeedbackService({ knex, changes }),
      lifecycle: new CampaignLifecycle({ knex, changes }),
      targets: new TargetActions({ knex, changes }),
      lineage: {
        query: (asked, readable) => queryLineage(knex, asked, readable),
        queryColumns: asked => queryColumnLineage(knex, asked),
        listDatasets: asked => listDatasets(knex, asked),
        listProviders: async () => [],
        refresh: async () => {},
      },
      prompts: { render: async ({ path }) => examplePrompt(path) },
      search: {
        search: async (wanted, { signal }) => this.search(wanted, signal),
      },
      model: {
        spend: (row, readable) =>
          readSpend(knex, row, scriptedModelConfig(), readable),
        estimate: async () => {
          throw new ConflictError('No model is connected');
        },
      },
      status: async () => exampleStatus,
      validateResponses: true,
    };
  }
}
