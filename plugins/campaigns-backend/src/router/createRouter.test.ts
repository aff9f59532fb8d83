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
import {
  CodeSearchReport,
  CodeSearchRequest,
} from '@skein/plugin-campaigns-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import request from 'supertest';
import { Authorizer, registerPermissions } from '../authorization';
import { CampaignLifecycle } from '../campaigns/CampaignLifecycle';
import { ownSchemas } from '../schemas';
import { CampaignService } from '../campaigns/CampaignService';
import { CampaignChanges } from '../changes/CampaignChanges';
import { databaseNow } from '../database/clock';
import { insertReview } from '../database/operations/reviews/insertReview';
import { migrate } from '../database/migrate';
import { scriptedModelConfig } from '../gateway/__testUtils__/scriptedModelConfig';
import { readSpend } from '../gateway/readSpend';
import { listDatasets, queryColumnLineage, LineageStore } from '../lineage';
import { TargetActions } from '../targets/TargetActions';
import { createRouter } from './createRouter';

const campaignYaml = `
apiVersion: skein/v1
kind: Campaign
name: retire-users
title: Retire users
owner: group:default/platform
guide: guide.md
datasets:
  - from: acme.user_data.users_v1
    to: acme.user_data.users_v2
    mapping: users.csv
rollout:
  approval: required
  separateApprover: true
`;
const files = {
  'users.csv':
    'old_column,new_column,transform\nuser_id,user_identifier,CAST(user_identifier AS INT64)\n',
  'guide.md': '# How to move\n',
};

const alice = mockCredentials.user.header('user:default/alice');
const bob = mockCredentials.user.header('user:default/bob');

type Decide = (permission: string) => AuthorizeResult | string[];

const found = jest.fn(
  async (
    wanted: CodeSearchRequest,
    _signal: AbortSignal,
  ): Promise<CodeSearchReport> => ({
    searchedRepositories: 3,
    totals: { repositories: 1, files: 1, lines: 1 },
    owners: [{ repositories: 1, files: 1, lines: 1 }],
    repositories: [
      {
        repository: { host: 'forge.example', owner: 'acme', name: 'web' },
        ownerRefs: [],
        files: 1,
        lines: 1,
        results: [
          {
            path: 'a.sql',
            lines: 1,
            matches: [
              {
                line: 7,
                text: wanted.query.query,
                ranges: [[0, 2]],
                providers: ['built-in'],
              },
            ],
          },
        ],
      },
    ],
    providers: [
      {
        id: 'built-in',
        title: 'Built-in search',
        lines: 1,
        milliseconds: 12,
        incomplete: 'There is more.',
      },
    ],
  }),
);

/** A backend with the plugin's API and a database, and no loop that acts on its own. */
async function start(decide: Decide = () => AuthorizeResult.ALLOW) {
  let knex!: Knex;
  const auditor = mockServices.auditor.mock();
  const auditEvent = {
    success: jest.fn(async () => {}),
    fail: jest.fn(async () => {}),
  };
  auditor.createEvent.mockResolvedValue(auditEvent);
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(({ permission }) => ({
        result: decide(permission.name) as AuthorizeResult.ALLOW,
      })),
    authorizeConditional: async requests =>
      requests.map(({ permission }) => {
        const decision = decide(permission.name);
        if (!Array.isArray(decision)) {
          return { result: decision as AuthorizeResult.ALLOW };
        }
        const { resourceType } = permission as { resourceType: string };
        return {
          result: AuthorizeResult.CONDITIONAL as AuthorizeResult.CONDITIONAL,
          pluginId: 'campaigns',
          resourceType,
          conditions: {
            rule: resourceType.endsWith('target')
              ? 'IS_TARGET_OWNER'
              : 'IS_CAMPAIGN_OWNER',
            resourceType,
            params: { claims: decision },
          },
        };
      }),
  });
  const plugin = createBackendPlugin({
    pluginId: 'campaigns',
    register(env) {
      env.registerInit({
        deps: {
          database: coreServices.database,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          permissionsRegistry: coreServices.permissionsRegistry,
        },
        async init({ database, httpAuth, httpRouter, permissionsRegistry }) {
          knex = await database.getClient();
          await migrate(knex);
          registerPermissions(permissionsRegistry, knex);
          const changes = new CampaignChanges();
          httpRouter.use(
            await createRouter({
              knex,
              auditor,
              authorizer: Authorizer.create({
                permissions,
                permissionsRegistry,
                httpAuth,
              }),
              campaigns: new CampaignService({
                knex,
                changes,
                schemas: ownSchemas,
                appBaseUrl: 'http://portal',
              }),
              lifecycle: new CampaignLifecycle({ knex, changes }),
              targets: new TargetActions({ knex, changes }),
              lineage: {
                query: async () => ({
                  nodes: [],
                  edges: [],
                  truncated: false,
                  summary: {
                    direct: 0,
                    indirect: 0,
                    owners: 0,
                    deepest: 0,
                    byFramework: {},
                    byOwner: {},
                    byDepth: {},
                  },
                }),
                queryColumns: asked => queryColumnLineage(knex, asked),
                listDatasets: asked => listDatasets(knex, asked),
                listProviders: async () => [],
                refresh: async () => {},
              },
              prompts: {
                render: async ({ path }) => ({
                  commit: 'c0ffee',
                  templates: 'v1',
                  called: true,
                  reason: 'Asked for.',
                  sections: [{ name: 'target', text: path, tokens: 1 }],
                }),
              },
              search: {
                search: async (wanted, { signal }) => found(wanted, signal),
              },
              model: {
                spend: row => readSpend(knex, row, scriptedModelConfig()),
                estimate: async () => {
                  throw new ConflictError('No model is connected');
                },
              },
              status: async () => ({
                executor: {
                  id: 'local',
                  sandbox: 'none',
                  sandboxed: false,
                  runningJobs: 0,
                  concurrency: 1,
                },
                forges: [],
                codeSearch: [],
                model: { available: false, message: 'No key' },
              }),
              validateResponses: true,
            }),
          );
        },
      });
    },
  });
  const running = await startTestBackend({ features: [plugin] });
  return {
    server: running.server,
    stop: () => running.stop(),
    knex,
    auditor,
    auditEvent,
  };
}

type Backend = Awaited<ReturnType<typeof start>>;

async function call(
  backend: Backend,
  method: 'get' | 'post' | 'put' | 'delete',
  path: string,
  body?: object,
  as = alice,
) {
  const pending = request(backend.server)
    [method](`/api/campaigns${path}`)
    .set('Authorization', as);
  return method === 'get' ? pending : pending.send(body ?? {});
}

async function create(backend: Backend, yaml = campaignYaml): Promise<string> {
  const response = await call(backend, 'post', '/campaigns', {
    yaml,
    files,
  });
  expect(response.body).toMatchObject({ name: 'retire-users' });
  expect(response.status).toBe(201);
  return response.body.id;
}

async function addTargets(
  { knex }: Backend,
  campaignId: string,
  targets: Array<{ name: string; state: string; owner?: string }>,
): Promise<string[]> {
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

describe('the API', () => {
  let backend: Backend;

  afterEach(async () => {
    await backend.stop();
  });

  it('makes a campaign from a file, with defaults, its guide and a first revision', async () => {
    backend = await start();
    await create(backend);
    const { body } = await call(backend, 'get', '/campaigns/retire-users');
    expect(body).toMatchObject({
      state: 'draft',
      ownerRef: 'group:default/platform',
      revisionNumber: 1,
      createdBy: 'user:default/alice',
      spec: {
        guide: 'http://portal/campaigns/retire-users/guide',
        guideText: '# How to move\n',
        rollout: { waves: [{ name: 'canary' }, { name: 'everyone' }] },
      },
    });
    const again = await call(backend, 'post', '/campaigns', {
      yaml: campaignYaml,
      files,
    });
    expect(again.status).toBe(409);
    expect(again.body.error.message).toContain("named 'retire-users' exists");
  });

  it('says on which line a campaign file is wrong, and stores nothing', async () => {
    backend = await start();
    const yaml = campaignYaml.replace('approval: required', 'approval: maybe');
    const { body } = await call(backend, 'post', '/validate', { yaml, files });
    expect(body).toEqual({
      valid: false,
      problems: [
        {
          severity: 'error',
          message: 'rollout.approval must be one of: automatic, required',
          path: '/rollout/approval',
          line: 13,
          column: 13,
        },
      ],
    });
    const created = await call(backend, 'post', '/campaigns', { yaml, files });
    expect(created.status).toBe(400);
    expect(created.body.error.message).toContain('line 13');
    const list = await call(backend, 'get', '/campaigns');
    expect(list.body.totalItems).toBe(0);
  });

  it('makes a new revision only where the context changed', async () => {
    backend = await start();
    await create(backend);
    const title = campaignYaml.replace('Retire users', 'Retire all users');
    const same = await call(backend, 'put', '/campaigns/retire-users', {
      yaml: title,
      files,
    });
    expect(same.body).toMatchObject({
      title: 'Retire all users',
      revisionNumber: 1,
    });
    const changed = await call(backend, 'put', '/campaigns/retire-users', {
      yaml: `${title}\nprompt: Keep it small\n`,
      files,
    });
    expect(changed.body.revisionNumber).toBe(2);
    const renamed = await call(backend, 'put', '/campaigns/retire-users', {
      yaml: campaignYaml.replace('name: retire-users', 'name: other'),
      files,
    });
    expect(renamed.status).toBe(400);
  });

  it('launches just what the person saw, and leaves a trace', async () => {
    backend = await start();
    const id = await create(backend);
    const early = await call(backend, 'post', `/campaigns/${id}/launch`, {
      expectedTargets: 1,
    });
    expect(early.status).toBe(409);
    expect(early.body.error.message).toContain('scope is not ready');

    await addTargets(backend, id, [
      { name: 'a', state: 'pending' },
      { name: 'b', state: 'pending' },
      { name: 'c', state: 'outOfScope' },
    ]);
    const other = await call(backend, 'post', `/campaigns/${id}/launch`, {
      expectedTargets: 3,
    });
    expect(other.status).toBe(409);
    expect(other.body.error.message).toContain('2 targets are in scope, not 3');

    const launched = await call(backend, 'post', `/campaigns/${id}/launch`, {
      expectedTargets: 2,
    });
    expect(launched.body).toMatchObject({
      state: 'active',
      launchedBy: 'user:default/alice',
      inScope: 2,
    });
    expect(backend.auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'campaign-launch',
        meta: { campaign: id, expectedTargets: 2 },
      }),
    );
    expect(backend.auditEvent.success).toHaveBeenLastCalledWith({
      meta: {
        before: expect.objectContaining({ state: 'draft' }),
        after: expect.objectContaining({ state: 'active' }),
      },
    });
    const { body } = await call(backend, 'get', `/campaigns/${id}/activity`);
    expect(body.items[0]).toMatchObject({
      actor: 'user:default/alice',
      action: 'campaign.launch',
    });
  });

  it('keeps the one who launched from approving where the policy says so', async () => {
    backend = await start();
    const id = await create(backend);
    const [targetId] = await addTargets(backend, id, [
      { name: 'a', state: 'pending' },
    ]);
    await call(backend, 'post', `/campaigns/${id}/launch`, {
      expectedTargets: 1,
    });
    await backend.knex('targets').update({ state: 'proposed' });
    const approve = (as: string) =>
      call(
        backend,
        'post',
        `/campaigns/${id}/targets/approve`,
        { targetIds: [targetId] },
        as,
      );
    expect((await approve(alice)).body).toEqual({
      changed: 0,
      skipped: [
        {
          targetId,
          reason:
            'The one who launched this campaign may not approve its changes',
        },
      ],
    });
    expect((await approve(bob)).body).toEqual({ changed: 1, skipped: [] });
    expect(backend.auditEvent.success).toHaveBeenLastCalledWith({
      meta: {
        changes: [{ targetId, before: 'proposed', after: 'approved' }],
        skipped: 0,
      },
    });
  });

  it('acts on the targets that allow it, and names the others', async () => {
    backend = await start();
    const id = await create(backend);
    const [failed, running] = await addTargets(backend, id, [
      { name: 'a', state: 'failed' },
      { name: 'b', state: 'running' },
    ]);
    await backend.knex('campaigns').update({ state: 'active' });
    const { body } = await call(
      backend,
      'post',
      `/campaigns/${id}/targets/retry`,
      { targetIds: [failed, running, 'nobody'] },
    );
    expect(body).toEqual({
      changed: 1,
      skipped: [
        {
          targetId: running,
          reason: "It is 'running', which does not allow this",
        },
        { targetId: 'nobody', reason: 'Not a target of this campaign' },
      ],
    });
    const runs = await call(backend, 'get', `/campaigns/${id}/runs`);
    expect(runs.body.items).toMatchObject([{ kind: 'retry', targetCount: 1 }]);
  });

  it('acts on all that match a filter', async () => {
    backend = await start();
    const id = await create(backend);
    await addTargets(backend, id, [
      { name: 'a', state: 'pending' },
      { name: 'b', state: 'candidate' },
    ]);
    const { body } = await call(
      backend,
      'post',
      `/campaigns/${id}/targets/skip`,
      { filter: { states: ['candidate'] }, reason: 'Not ours' },
    );
    expect(body.changed).toBe(1);
    const list = await call(
      backend,
      'get',
      `/campaigns/${id}/targets?states=outOfScope`,
    );
    expect(list.body.items).toMatchObject([
      { repository: { name: 'b' }, stateReason: 'Not ours' },
    ]);
  });

  it('pages, sorts and searches targets', async () => {
    backend = await start();
    const id = await create(backend);
    await addTargets(backend, id, [
      { name: 'alpha', state: 'pending' },
      { name: 'beta', state: 'failed' },
      { name: 'al_pha', state: 'failed' },
    ]);
    const names = async (query: string) =>
      (
        await call(backend, 'get', `/campaigns/${id}/targets?${query}`)
      ).body.items.map((item: any) => item.repository.name);
    expect(await names('limit=2')).toEqual(['al_pha', 'alpha']);
    expect(await names('limit=2&offset=2')).toEqual(['beta']);
    expect(await names('order=desc&limit=1')).toEqual(['beta']);
    // An underscore is itself, not any letter.
    expect(await names('search=l_p')).toEqual(['al_pha']);
    const { body } = await call(
      backend,
      'get',
      `/campaigns/${id}/target-facets`,
    );
    expect(body.states).toEqual({ pending: 1, failed: 2 });
    const tooMany = await call(
      backend,
      'get',
      `/campaigns/${id}/targets?limit=5000`,
    );
    expect(tooMany.status).toBe(400);
  });

  it('answers a made-up id with an error that says so', async () => {
    backend = await start();
    const nobody = '00000000-0000-4000-8000-000000000009';
    const paths = [
      `/targets/${nobody}`,
      `/jobs/${nobody}/events`,
      `/jobs/${nobody}/model-calls`,
    ];
    for (const path of paths) {
      expect((await call(backend, 'get', path)).status).toBe(404);
    }
    const malformed = await call(backend, 'get', '/targets/1%27--');
    expect(malformed.status).toBe(400);
  });

  it('tells what the model cost, and lets only those who may launch estimate it', async () => {
    let mayLaunch: AuthorizeResult = AuthorizeResult.DENY;
    backend = await start(permission =>
      permission === 'campaigns.campaign.launch'
        ? mayLaunch
        : AuthorizeResult.ALLOW,
    );
    const id = await create(backend);
    const spend = await call(backend, 'get', '/campaigns/retire-users/spend');
    expect(spend.status).toBe(200);
    expect(spend.body).toMatchObject({ currency: 'USD', spent: 0, calls: 0 });
    const denied = await call(backend, 'post', `/campaigns/${id}/estimate`);
    expect(denied.status).toBe(403);

    mayLaunch = AuthorizeResult.ALLOW;
    const refused = await call(
      backend,
      'post',
      '/campaigns/retire-users/estimate',
    );
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('No model is connected');
    expect(backend.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'campaign-estimate' }),
    );
  });

  it('rolls back what can be, and skips what is merged', async () => {
    backend = await start();
    const id = await create(backend);
    const [open] = await addTargets(backend, id, [
      { name: 'a', state: 'prOpen' },
      { name: 'b', state: 'verified' },
    ]);
    const { body } = await call(
      backend,
      'post',
      `/campaigns/${id}/targets/roll-back`,
      { filter: {}, reason: 'Wrong mapping' },
    );
    expect(body.changed).toBe(1);
    const target = await call(backend, 'get', `/targets/${open}`);
    expect(target.body).toMatchObject({
      state: 'rolledBack',
      stateReason: 'Wrong mapping',
    });
  });

  it('checks a permission on every way to change something, and audits the refusal', async () => {
    backend = await start(permission =>
      permission.endsWith('.read')
        ? AuthorizeResult.ALLOW
        : AuthorizeResult.DENY,
    );
    const { knex } = backend;
    await knex('campaigns').insert({
      id: '10000000-0000-4000-8000-000000000000',
      name: 'secret',
      title: 'Secret',
      owner_ref: 'group:default/platform',
      state: 'draft',
      scope_state: 'none',
      spec: '{}',
      created_by: 'user:default/bob',
      created_at: databaseNow(knex),
      updated_at: databaseNow(knex),
    });
    const input = { yaml: campaignYaml, files };
    const all = { filter: {} };
    const denied: Array<['post' | 'put' | 'delete', string, object?]> = [
      ['post', '/campaigns', input],
      ['put', '/campaigns/secret', input],
      ['delete', '/campaigns/secret'],
      ['post', '/campaigns/secret/refresh-scope'],
      ['post', '/campaigns/secret/launch', { expectedTargets: 1 }],
      ['post', '/campaigns/secret/pause'],
      ['post', '/campaigns/secret/resume'],
      ['post', '/campaigns/secret/cancel', { reason: 'x' }],
      ['post', '/campaigns/secret/targets/retry', all],
      ['post', '/campaigns/secret/targets/skip', { ...all, reason: 'x' }],
      ['post', '/campaigns/secret/targets/include', all],
      ['post', '/campaigns/secret/targets/stop', all],
      ['post', '/campaigns/secret/targets/roll-back', { ...all, reason: 'x' }],
      ['post', '/lineage/refresh'],
    ];
    for (const [method, path, body] of denied) {
      const response = await call(backend, method, path, body);
      expect([path, response.status]).toEqual([path, 403]);
    }
    expect(backend.auditEvent.fail).toHaveBeenCalledTimes(denied.length);
    expect(backend.auditEvent.success).not.toHaveBeenCalled();
  });

  it('shows a person only the campaigns that a conditional policy lets through', async () => {
    let claims = ['group:default/platform'];
    backend = await start(permission =>
      permission === 'campaigns.campaign.read' ? claims : AuthorizeResult.ALLOW,
    );
    await create(backend);
    expect((await call(backend, 'get', '/campaigns')).body.totalItems).toBe(1);
    claims = ['group:default/other'];
    expect((await call(backend, 'get', '/campaigns')).body.totalItems).toBe(0);
    const single = await call(backend, 'get', '/campaigns/retire-users');
    expect(single.status).toBe(404);
  });

  it('lets owners of pipelines approve their own targets alone', async () => {
    backend = await start(permission =>
      permission === 'campaigns.target.approve'
        ? ['group:default/ads']
        : AuthorizeResult.ALLOW,
    );
    const id = await create(backend);
    const [, other, nobody] = await addTargets(backend, id, [
      { name: 'a', state: 'proposed', owner: 'group:default/ads' },
      { name: 'b', state: 'proposed', owner: 'group:default/finance' },
      { name: 'c', state: 'proposed' },
    ]);
    await backend.knex('campaigns').update({ state: 'active' });
    const { body } = await call(
      backend,
      'post',
      `/campaigns/${id}/targets/approve`,
      { filter: {} },
    );
    expect(body).toEqual({
      changed: 1,
      skipped: [other, nobody].map(targetId => ({
        targetId,
        reason: 'You may not do this here',
      })),
    });
  });

  it('approves by itself alone what its review wants looked at, and shows the review', async () => {
    backend = await start();
    const id = await create(backend);
    const [plain, odd] = await addTargets(backend, id, [
      { name: 'a', state: 'proposed' },
      { name: 'b', state: 'proposed' },
    ]);
    const { knex } = backend;
    await knex('campaigns').update({ state: 'active' });
    await knex('targets')
      .where({ id: odd })
      .update({ approval_required: true });
    await insertReview(
      knex,
      {
        id: randomUUID(),
        campaign_id: id,
        target_id: odd,
        revision_id: randomUUID(),
      },
      {
        patchDigest: '0',
        round: 1,
        outcome: 'ask',
        findings: [{ gate: 'size', action: 'ask', message: 'Too long' }],
      },
    );
    const approve = (selection: object) =>
      call(backend, 'post', `/campaigns/${id}/targets/approve`, selection);

    expect((await approve({ filter: {} })).body).toEqual({
      changed: 1,
      skipped: [
        {
          targetId: odd,
          reason: 'Its review asks for a look: approve it by itself',
        },
      ],
    });
    const { body } = await call(backend, 'get', `/targets/${odd}/reviews`);
    expect(body).toMatchObject({
      totalItems: 1,
      items: [{ outcome: 'ask', findings: [{ message: 'Too long' }] }],
    });
    expect((await approve({ targetIds: [odd] })).body.changed).toBe(1);
    expect(
      await knex('targets').where({ state: 'approved' }).pluck('id'),
    ).toEqual(expect.arrayContaining([plain, odd]));
    expect(
      (await call(backend, 'get', `/campaigns/${id}/review-statistics`)).body,
    ).toEqual({ items: [] });
  });

  it('lets nobody approve who may not have it published', async () => {
    const owned: Record<string, AuthorizeResult | string[]> = {
      'campaigns.target.approve': ['group:default/ads', 'group:default/web'],
      'campaigns.target.publish': ['group:default/web', 'group:default/shop'],
    };
    backend = await start(
      permission => owned[permission] ?? AuthorizeResult.ALLOW,
    );
    const id = await create(backend);
    const [ads, web, shop] = await addTargets(backend, id, [
      { name: 'a', state: 'proposed', owner: 'group:default/ads' },
      { name: 'b', state: 'proposed', owner: 'group:default/web' },
      { name: 'c', state: 'proposed', owner: 'group:default/shop' },
    ]);
    await backend.knex('campaigns').update({ state: 'active' });
    const approve = () =>
      call(backend, 'post', `/campaigns/${id}/targets/approve`, {
        targetIds: [ads, web, shop],
      });
    expect((await approve()).body).toMatchObject({
      changed: 1,
      skipped: [{ targetId: ads }, { targetId: shop }],
    });
    expect(
      (await backend.knex('targets').where({ state: 'approved' })).map(
        row => row.id,
      ),
    ).toEqual([web]);

    owned['campaigns.target.publish'] = AuthorizeResult.DENY;
    owned['campaigns.target.approve'] = AuthorizeResult.ALLOW;
    expect((await approve()).body.changed).toBe(0);
  });

  it('shows patch, log, failures and history only of targets that a person may read', async () => {
    backend = await start(permission =>
      permission === 'campaigns.target.read'
        ? ['group:default/ads']
        : AuthorizeResult.ALLOW,
    );
    const id = await create(backend);
    const { knex } = backend;
    const [own, hidden] = await addTargets(backend, id, [
      { name: 'a', state: 'failed', owner: 'group:default/ads' },
      { name: 'b', state: 'failed', owner: 'group:default/finance' },
    ]);
    const texts: Record<string, string> = {
      [own]: 'mine',
      [hidden]: 'confidential',
    };
    const { revision_id } = await knex('campaigns').first();
    for (const [index, targetId] of [own, hidden].entries()) {
      const jobId = `20000000-0000-4000-8000-00000000000${index}`;
      const changeId = `30000000-0000-4000-8000-00000000000${index}`;
      await knex('targets')
        .where({ id: targetId })
        .update({
          change_id: changeId,
          failure_kind: targetId === own ? 'timeout' : 'verification-failed',
          state_reason: texts[targetId],
        });
      await knex('jobs').insert({
        id: jobId,
        campaign_id: id,
        target_id: targetId,
        revision_id,
        task: 'transform',
        state: 'failed',
        max_attempts: 3,
        created_at: 1,
      });
      await knex('job_events').insert({
        job_id: jobId,
        attempt: 1,
        at: 1,
        type: 'log',
        level: 'info',
        message: texts[targetId],
      });
      await knex('changes').insert({
        id: changeId,
        target_id: targetId,
        job_id: jobId,
        revision_id,
        base_commit: 'abc',
        patch: texts[targetId],
        report: JSON.stringify({
          framework: 'dbt',
          sandbox: '',
          edits: [],
          refusals: [],
          baseline: [],
          verification: [],
        }),
        files_changed: 1,
        insertions: 1,
        deletions: 1,
        created_at: 1,
      });
      await knex('activity').insert({
        campaign_id: id,
        target_id: targetId,
        actor: 'skein',
        action: 'target.open',
        message: texts[targetId],
        at: 1,
      });
    }
    const read = async (path: string) => {
      const { status, text } = await call(backend, 'get', path);
      return {
        status,
        secret: text.includes('confidential') || text.includes(hidden),
      };
    };
    const ofTarget = (targetId: string, index: number) => [
      `/targets/${targetId}`,
      `/targets/${targetId}/change`,
      `/targets/${targetId}/jobs`,
      `/jobs/20000000-0000-4000-8000-00000000000${index}/events`,
      `/targets/${targetId}/prompt`,
      `/jobs/20000000-0000-4000-8000-00000000000${index}/model-calls`,
    ];
    for (const path of ofTarget(own, 0)) {
      expect([path, (await read(path)).status]).toEqual([path, 200]);
    }
    for (const path of ofTarget(hidden, 1)) {
      expect([path, (await read(path)).status]).toEqual([path, 404]);
    }
    const log = await call(backend, 'get', ofTarget(hidden, 1)[3]);
    expect(log.text).not.toContain(hidden);
    for (const path of ['', '/activity', '/targets', '/target-facets']) {
      expect([path, await read(`/campaigns/${id}${path}`)]).toEqual([
        path,
        { status: 200, secret: false },
      ]);
    }
    const { body } = await call(backend, 'get', `/campaigns/${id}`);
    expect(body.failures).toEqual(
      expect.arrayContaining([
        { kind: 'timeout', count: 1, example: 'mine' },
        { kind: 'verification-failed', count: 1 },
      ]),
    );
    const activity = await call(backend, 'get', `/campaigns/${id}/activity`);
    expect(activity.body.items.map((item: any) => item.action)).toEqual([
      'target.open',
      'campaign.create',
    ]);
  });

  it('tells what the installation can do only to those who may see campaigns', async () => {
    let decision: AuthorizeResult | string[] = AuthorizeResult.DENY;
    backend = await start(() => decision);
    expect((await call(backend, 'get', '/status')).status).toBe(403);
    decision = ['group:default/ads'];
    expect((await call(backend, 'get', '/status')).status).toBe(200);
  });

  it('approves and takes in nothing where nobody would go on with it', async () => {
    backend = await start();
    const id = await create(backend);
    await addTargets(backend, id, [
      { name: 'a', state: 'proposed' },
      { name: 'b', state: 'outOfScope' },
    ]);
    for (const state of ['cancelled', 'completed']) {
      await backend.knex('campaigns').update({ state });
      for (const action of ['approve', 'include']) {
        const { body } = await call(
          backend,
          'post',
          `/campaigns/${id}/targets/${action}`,
          { filter: {} },
        );
        expect(body.changed).toBe(0);
        expect(body.skipped[0].reason).toBe(`The campaign is ${state}`);
      }
    }
  });

  it('searches code for those who may, in every form that a query has, and audits it', async () => {
    let decision: AuthorizeResult = AuthorizeResult.ALLOW;
    backend = await start(() => decision);
    const search = (body: object, as = alice) =>
      call(backend, 'post', '/search', body, as);
    const query = {
      query: 'users_v1',
      regex: true,
      languages: ['sql'],
      extensions: ['j2'],
      path: 'models',
      repository: ['acme/*', 'forge.example/acme/web'],
    };
    const body = { query, providers: ['built-in'] };
    const { body: report } = await search(body);
    expect(report.repositories[0].results[0].matches[0]).toMatchObject({
      line: 7,
      text: 'users_v1',
    });
    expect(found).toHaveBeenLastCalledWith(body, expect.anything());
    expect(backend.auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({ eventId: 'code-search', meta: body }),
    );
    for (const wrong of [
      {},
      { query: 'users_v1' },
      { query: { query: 'u' } },
      { query: { query: 'users', languages: ['cobol'] } },
      { query: { query: 'users', path: '../other' } },
      { query: { query: 'users', repository: 'nobody' } },
      { query: { query: 'two\nlines' } },
    ]) {
      expect((await search(wrong)).status).toBe(400);
    }
    decision = AuthorizeResult.DENY;
    found.mockClear();
    expect((await search(body, bob)).status).toBe(403);
    expect(found).not.toHaveBeenCalled();
  });

  it('lists the datasets of lineage page by page, each with the jobs next to it', async () => {
    backend = await start();
    const repository = { host: 'forge.example', owner: 'acme', name: 'web' };
    const job = 'forge.example/acme/web//';
    await LineageStore.create({
      knex: backend.knex,
      logger: mockServices.logger.mock(),
    }).replaceProviderFacts('dbt', [
      {
        type: 'job',
        name: job,
        title: 'Web',
        entityRef: 'component:default/web',
        ownerRef: 'group:default/web',
        repository,
      },
      { type: 'write', job, dataset: 'x.made' },
      { type: 'read', job, dataset: 'x.users' },
      { type: 'read', job: 'other', dataset: 'x.users' },
    ]);
    const first = await call(backend, 'get', '/lineage/datasets?limit=1');
    expect(first.body).toEqual({
      items: [
        {
          name: 'x.made',
          title: 'x.made',
          readBy: { total: 0, jobs: [] },
          writtenBy: {
            total: 1,
            jobs: [
              {
                name: job,
                title: 'Web',
                entityRef: 'component:default/web',
                ownerRef: 'group:default/web',
                repository,
                path: '',
              },
            ],
          },
        },
      ],
      after: 'x.made',
    });
    const rest = await call(backend, 'get', '/lineage/datasets?after=x.made');
    expect(rest.body).toMatchObject({
      items: [{ name: 'x.users', readBy: { total: 2 } }],
    });
    expect(rest.body.after).toBeUndefined();
  });

  it('tells what becomes of a column', async () => {
    backend = await start();
    await LineageStore.create({
      knex: backend.knex,
      logger: mockServices.logger.mock(),
    }).replaceProviderFacts('dbt', [
      {
        type: 'column',
        job: 'daily',
        dataset: 'x.users',
        column: 'email',
        into: { dataset: 'x.contacts', column: 'mail' },
        transformation: 'identity',
      },
    ]);
    const asked = await call(
      backend,
      'get',
      '/lineage/columns?dataset=x.users&column=Email&depth=2',
    );
    expect(asked.body).toMatchObject({
      columns: [
        { column: 'email', depth: 0 },
        { column: 'mail', depth: 1 },
      ],
      edges: [{ uses: ['identity'], providers: ['dbt'] }],
      truncated: false,
    });
    const unknown = await call(backend, 'get', '/lineage/columns?dataset=x');
    expect(unknown.status).toBe(400);
  });

  it('puts repositories in no later wave than those that read what they write, where the campaign asks for it', async () => {
    backend = await start();
    const chain = ['last', 'first', 'middle'];
    const job = (name: string) => `github.com/acme/${name}//`;
    await LineageStore.create({
      knex: backend.knex,
      logger: mockServices.logger.mock(),
    }).replaceProviderFacts('dbt', [
      ...chain.map(name => ({
        type: 'job' as const,
        name: job(name),
        repository: { host: 'github.com', owner: 'acme', name },
      })),
      ...[
        ['first', 'acme.user_data.users_v1', 'x.one'],
        ['middle', 'x.one', 'x.two'],
        ['last', 'x.two', 'x.three'],
      ].flatMap(([name, read, written]) => [
        { type: 'read' as const, job: job(name), dataset: read },
        { type: 'write' as const, job: job(name), dataset: written },
      ]),
    ]);
    const id = await create(
      backend,
      campaignYaml.replace(
        'rollout:',
        'rollout:\n  order: upstreamFirst\n  waves: [{ name: one, size: 1 }, { name: two, size: 1 }, { name: three, share: 1 }]',
      ),
    );
    await addTargets(
      backend,
      id,
      chain.map(name => ({ name, state: 'pending' })),
    );
    await call(backend, 'post', `/campaigns/${id}/launch`, {
      expectedTargets: 3,
    });
    const waves = await backend
      .knex('targets')
      .orderBy('wave_index')
      .select('repo_name', 'wave');
    expect(waves.map(({ repo_name, wave }) => [repo_name, wave])).toEqual([
      ['first', 'one'],
      ['middle', 'two'],
      ['last', 'three'],
    ]);
  });

  it('ends a search when the person leaves', async () => {
    backend = await start();
    const searching = new Promise<AbortSignal>(resolve => {
      found.mockImplementationOnce((_wanted, signal) => {
        resolve(signal);
        return new Promise<never>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      });
    });
    const pending = request(backend.server)
      .post('/api/campaigns/search')
      .set('Authorization', alice)
      .send({ query: { query: 'users_v1' } });
    // Begins it; that it is never answered is what the person wanted.
    pending.catch(() => {});
    const signal = await searching;
    expect(signal.aborted).toBe(false);
    pending.abort();
    while (!signal.aborted) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(signal.aborted).toBe(true);
  });

  it('keeps waves and approvals as they were launched', async () => {
    backend = await start();
    const id = await create(backend);
    await addTargets(backend, id, [{ name: 'a', state: 'pending' }]);
    const put = (yaml: string) =>
      call(backend, 'put', `/campaigns/${id}`, { yaml, files });
    const strict = campaignYaml.replace(
      'approval: required',
      'approval: required\n  concurrency: 3',
    );
    await call(backend, 'post', `/campaigns/${id}/launch`, {
      expectedTargets: 1,
    });
    expect((await put(strict)).status).toBe(200);
    const refused = [
      strict.replace('approval: required', 'approval: automatic'),
      strict.replace('separateApprover: true', 'separateApprover: false'),
      strict.replace(
        'rollout:',
        'rollout:\n  waves: [{ name: all, share: 1 }]',
      ),
    ];
    for (const yaml of refused) {
      const { status, body } = await put(yaml);
      expect(status).toBe(409);
      expect(body.error.message).toMatch(
        /^The campaign is launched: rollout\./,
      );
    }
  });

  it('launches no draft with the scope of other datasets', async () => {
    backend = await start();
    const id = await create(backend);
    await addTargets(backend, id, [{ name: 'a', state: 'pending' }]);
    const put = (yaml: string) =>
      call(backend, 'put', `/campaigns/${id}`, { yaml, files });
    const titled = await put(campaignYaml.replace('Retire users', 'Retire'));
    expect(titled.body.scope.state).toBe('ready');
    const other = await put(campaignYaml.replace('users_v1', 'accounts_v1'));
    expect(other.body.scope.state).toBe('computing');
    const launched = await call(backend, 'post', `/campaigns/${id}/launch`, {
      expectedTargets: 1,
    });
    expect(launched.status).toBe(409);
  });
});
