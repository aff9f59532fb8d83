import { mockServices } from '@backstage/backend-test-utils';
import { LineageStore } from '../lineage';
import { RouterBench } from './__testUtils__/RouterBench';
import { campaignFiles, campaignYaml } from './__testUtils__/exampleCampaign';

describe('the API of campaigns', () => {
  let backend: RouterBench;

  afterEach(async () => {
    await backend.stop();
  });

  it('makes a campaign from a file, with defaults, its guide and a first revision', async () => {
    backend = await RouterBench.start();
    await backend.create();
    const { body } = await backend.call('get', '/campaigns/retire-users');
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
    const again = await backend.call('post', '/campaigns', {
      yaml: campaignYaml,
      files: campaignFiles,
    });
    expect(again.status).toBe(409);
    expect(again.body.error.message).toContain("named 'retire-users' exists");
  });

  it('says on which line a campaign file is wrong, and stores nothing', async () => {
    backend = await RouterBench.start();
    const yaml = campaignYaml.replace('approval: required', 'approval: maybe');
    const { body } = await backend.call('post', '/validate', {
      yaml,
      files: campaignFiles,
    });
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
    const created = await backend.call('post', '/campaigns', {
      yaml,
      files: campaignFiles,
    });
    expect(created.status).toBe(400);
    expect(created.body.error.message).toContain('line 13');
    const list = await backend.call('get', '/campaigns');
    expect(list.body.totalItems).toBe(0);
  });

  it('makes a new revision only where the context changed', async () => {
    backend = await RouterBench.start();
    await backend.create();
    const title = campaignYaml.replace('Retire users', 'Retire all users');
    const same = await backend.call('put', '/campaigns/retire-users', {
      yaml: title,
      files: campaignFiles,
    });
    expect(same.body).toMatchObject({
      title: 'Retire all users',
      revisionNumber: 1,
    });
    const changed = await backend.call('put', '/campaigns/retire-users', {
      yaml: `${title}\nprompt: Keep it small\n`,
      files: campaignFiles,
    });
    expect(changed.body.revisionNumber).toBe(2);
    const renamed = await backend.call('put', '/campaigns/retire-users', {
      yaml: campaignYaml.replace('name: retire-users', 'name: other'),
      files: campaignFiles,
    });
    expect(renamed.status).toBe(400);
  });

  it('launches just what the person saw, and leaves a trace', async () => {
    backend = await RouterBench.start();
    const id = await backend.create();
    const early = await backend.call('post', `/campaigns/${id}/launch`, {
      expectedTargets: 1,
    });
    expect(early.status).toBe(409);
    expect(early.body.error.message).toContain('scope is not ready');

    await backend.addTargets(id, [
      { name: 'a', state: 'pending' },
      { name: 'b', state: 'pending' },
      { name: 'c', state: 'outOfScope' },
    ]);
    const other = await backend.call('post', `/campaigns/${id}/launch`, {
      expectedTargets: 3,
    });
    expect(other.status).toBe(409);
    expect(other.body.error.message).toContain('2 targets are in scope, not 3');

    const launched = await backend.call('post', `/campaigns/${id}/launch`, {
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
    const { body } = await backend.call('get', `/campaigns/${id}/activity`);
    expect(body.items[0]).toMatchObject({
      actor: 'user:default/alice',
      action: 'campaign.launch',
    });
  });

  it('puts repositories in no later wave than those that read what they write, where the campaign asks for it', async () => {
    backend = await RouterBench.start();
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
    const id = await backend.create(
      campaignYaml.replace(
        'rollout:',
        'rollout:\n  order: upstreamFirst\n  waves: [{ name: one, size: 1 }, { name: two, size: 1 }, { name: three, share: 1 }]',
      ),
    );
    await backend.addTargets(
      id,
      chain.map(name => ({ name, state: 'pending' })),
    );
    await backend.call('post', `/campaigns/${id}/launch`, {
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

  it('keeps waves and approvals as they were launched', async () => {
    backend = await RouterBench.start();
    const id = await backend.create();
    await backend.addTargets(id, [{ name: 'a', state: 'pending' }]);
    const put = (yaml: string) =>
      backend.call('put', `/campaigns/${id}`, { yaml, files: campaignFiles });
    const strict = campaignYaml.replace(
      'approval: required',
      'approval: required\n  concurrency: 3',
    );
    await backend.call('post', `/campaigns/${id}/launch`, {
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
    backend = await RouterBench.start();
    const id = await backend.create();
    await backend.addTargets(id, [{ name: 'a', state: 'pending' }]);
    const put = (yaml: string) =>
      backend.call('put', `/campaigns/${id}`, { yaml, files: campaignFiles });
    const titled = await put(campaignYaml.replace('Retire users', 'Retire'));
    expect(titled.body.scope.state).toBe('ready');
    const other = await put(campaignYaml.replace('users_v1', 'accounts_v1'));
    expect(other.body.scope.state).toBe('computing');
    const launched = await backend.call('post', `/campaigns/${id}/launch`, {
      expectedTargets: 1,
    });
    expect(launched.status).toBe(409);
  });
});
