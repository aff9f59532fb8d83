import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { databaseNow } from '../database/clock';
import { alice, RouterBench } from './__testUtils__/RouterBench';
import { campaignFiles, campaignYaml } from './__testUtils__/exampleCampaign';

describe('the API, whoever asks', () => {
  let backend: RouterBench;

  afterEach(async () => {
    await backend.stop();
  });

  it('answers a made-up id with an error that says so', async () => {
    backend = await RouterBench.start();
    const nobody = '00000000-0000-4000-8000-000000000009';
    const paths = [
      `/targets/${nobody}`,
      `/jobs/${nobody}/events`,
      `/jobs/${nobody}/model-calls`,
    ];
    for (const path of paths) {
      expect((await backend.call('get', path)).status).toBe(404);
    }
    const malformed = await backend.call('get', '/targets/1%27--');
    expect(malformed.status).toBe(400);
  });

  it('checks a permission on every way to change something, and audits the refusal', async () => {
    backend = await RouterBench.start(permission =>
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
    const input = { yaml: campaignYaml, files: campaignFiles };
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
      const response = await backend.call(method, path, body);
      expect([path, response.status]).toEqual([path, 403]);
    }
    expect(backend.auditEvent.fail).toHaveBeenCalledTimes(denied.length);
    expect(backend.auditEvent.success).not.toHaveBeenCalled();
  });

  it('shows a person only the campaigns that a conditional policy lets through', async () => {
    let claims = ['group:default/platform'];
    backend = await RouterBench.start(permission =>
      permission === 'campaigns.campaign.read' ? claims : AuthorizeResult.ALLOW,
    );
    await backend.create();
    expect((await backend.call('get', '/campaigns')).body.totalItems).toBe(1);
    claims = ['group:default/other'];
    expect((await backend.call('get', '/campaigns')).body.totalItems).toBe(0);
    const single = await backend.call('get', '/campaigns/retire-users');
    expect(single.status).toBe(404);
  });

  it('shows patch, log, failures and history only of targets that a person may read', async () => {
    backend = await RouterBench.start(permission =>
      permission === 'campaigns.target.read'
        ? ['group:default/ads']
        : AuthorizeResult.ALLOW,
    );
    const id = await backend.create();
    const { knex } = backend;
    const [own, hidden] = await backend.addTargets(id, [
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
      const { status, text } = await backend.call('get', path);
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
    const log = await backend.call('get', ofTarget(hidden, 1)[3]);
    expect(log.text).not.toContain(hidden);
    for (const path of ['', '/activity', '/targets', '/target-facets']) {
      expect([path, await read(`/campaigns/${id}${path}`)]).toEqual([
        path,
        { status: 200, secret: false },
      ]);
    }
    const { body } = await backend.call('get', `/campaigns/${id}`);
    // Of others not even the number is said.
    expect(body.failures).toEqual([
      { kind: 'timeout', count: 1, example: 'mine' },
    ]);
    const activity = await backend.call('get', `/campaigns/${id}/activity`);
    expect(activity.body.items.map((item: any) => item.action)).toEqual([
      'target.open',
      'campaign.create',
    ]);
  });

  it('does nothing for a page of another site: no cookie lets in, no form is read, and no answer is shared', async () => {
    backend = await RouterBench.start();
    const id = await backend.create();
    const { server } = backend;
    const address = `/api/campaigns/campaigns/${id}`;
    const origin = 'https://evil.example';
    const cookie = mockCredentials.limitedUser.cookie();
    for (const method of ['get', 'delete'] as const) {
      const { status } = await request(server)
        [method](address)
        .set({ Cookie: cookie, Origin: origin });
      expect(status).toBe(401);
    }
    // What a browser sends to another site without asking that first.
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const { status } = await request(server)
        .post(`${address}/cancel`)
        .set({ Authorization: alice, Origin: origin, 'Content-Type': type })
        .send('{"reason":"x"}');
      expect([type, status >= 400 && status < 500]).toEqual([type, true]);
    }
    const asked = await request(server).options(`${address}/cancel`).set({
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type',
    });
    expect(asked.headers['access-control-allow-origin']).toBeUndefined();
    const read = await request(server)
      .get(address)
      .set({ Authorization: alice, Origin: origin });
    expect(read.headers['access-control-allow-origin']).toBeUndefined();
    expect((await backend.knex('campaigns').first()).state).toBe('draft');
  });

  it('tells what the installation can do only to those who may see campaigns', async () => {
    let decision: AuthorizeResult | string[] = AuthorizeResult.DENY;
    backend = await RouterBench.start(() => decision);
    expect((await backend.call('get', '/status')).status).toBe(403);
    decision = ['group:default/ads'];
    expect((await backend.call('get', '/status')).status).toBe(200);
  });

  it('logs what failed as one line that hides nothing, whatever words an error repeats', async () => {
    backend = await RouterBench.start();
    backend.search.mockImplementation(() => {
      throw new Error('a\u001b[2J\u202eb\r\n2026-01-01 info all is well', {
        cause: new Error('c\u001b]0;d\u0007\n2026-01-01 info all is well'),
      });
    });
    const { status } = await backend.call('post', '/search', {
      query: { query: 'users_v1', languages: ['sql'] },
    });
    expect(status).toBe(500);
    const logged = backend.rootLogger.error.mock.calls.map(
      ([, error]) => error as Error,
    );
    expect(logged.map(each => each.message)).toEqual([
      'a [2J b 2026-01-01 info all is well',
    ]);
    for (const { stack } of [logged[0], logged[0].cause as Error]) {
      expect(stack).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
      expect(stack).not.toMatch(/^2026/m);
    }
  });
});
