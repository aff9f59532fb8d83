import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { enqueueJob } from '../database/operations/jobs/enqueueJob';
import { insertChange } from '../database/operations/jobs/insertChange';
import { JobRow } from '../database/operations/jobs/tables';
import { campaignFiles, campaignYaml } from './__testUtils__/exampleCampaign';
import { RouterBench } from './__testUtils__/RouterBench';

const careful = {
  yaml: `${campaignYaml}prompt: Move with care.\n`,
  files: campaignFiles,
};

describe('the API of context revisions', () => {
  let backend: RouterBench;
  let campaign: string;

  beforeEach(async () => {
    backend = await RouterBench.start();
    campaign = `/campaigns/${await backend.create()}`;
  });
  afterEach(() => backend.stop());

  it('stores a candidate, shows and compares it, and adopts it', async () => {
    const created = await backend.call('post', `${campaign}/revisions`, {
      ...careful,
      note: 'Be careful',
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      number: 2,
      current: false,
      note: 'Be careful',
    });
    const list = await backend.call('get', `${campaign}/revisions`);
    expect(list.body).toMatchObject({
      items: [
        { number: 2, current: false },
        { number: 1, current: true },
      ],
      totalItems: 2,
    });
    const [head, base] = list.body.items;

    const detail = await backend.call(
      'get',
      `${campaign}/revisions/${head.id}`,
    );
    expect(detail.body.documents[0]).toEqual({
      name: 'Prompt',
      language: 'markdown',
      text: 'Move with care.\n',
    });
    const comparison = await backend.call(
      'get',
      `${campaign}/revision-comparison?base=${base.id}&head=${head.id}`,
    );
    expect(comparison.body.documents).toMatchObject([
      { name: 'Prompt', patch: expect.stringContaining('+Move with care.') },
    ]);

    const adopted = await backend.call(
      'post',
      `${campaign}/revisions/${head.id}/adopt`,
    );
    expect(adopted.body).toMatchObject({
      revisionId: head.id,
      revisionNumber: 2,
      spec: { prompt: 'Move with care.' },
    });
    expect(
      backend.auditor.createEvent.mock.calls.map(([{ eventId }]) => eventId),
    ).toEqual(['campaign-create', 'revision-create', 'revision-adopt']);
    expect(backend.auditEvent.success).toHaveBeenLastCalledWith({
      meta: {
        before: { revisionId: base.id },
        after: { revisionId: head.id },
      },
    });
  });

  it('refuses what is no context of the campaign, and what is not asked properly', async () => {
    const refused = async (
      method: 'get' | 'post',
      path: string,
      body?: object,
    ) => {
      const response = await backend.call(method, `${campaign}${path}`, body);
      return response.status;
    };
    const missing = '00000000-0000-4000-8000-000000000009';
    expect(
      await refused('post', '/revisions', {
        ...careful,
        yaml: careful.yaml.replace('retire-users', 'retire-plays'),
      }),
    ).toBe(400);
    expect(await refused('post', '/revisions', { yaml: 'nonsense' })).toBe(400);
    expect(await refused('get', `/revisions/${missing}`)).toBe(404);
    expect(await refused('post', `/revisions/${missing}/adopt`)).toBe(404);
    expect(await refused('get', '/revision-comparison?base=x&head=y')).toBe(
      400,
    );
    expect(await refused('get', `/revision-comparison?base=${missing}`)).toBe(
      400,
    );
  });
});

describe('the API of evaluations', () => {
  let backend: RouterBench;

  afterEach(() => backend.stop());

  async function begin(decide?: Parameters<typeof RouterBench.start>[0]) {
    backend = await RouterBench.start(decide);
    const id = await backend.create();
    const targets = await backend.addTargets(id, [
      { name: 'a', state: 'pending', owner: 'group:default/mine' },
      { name: 'b', state: 'prOpen' },
    ]);
    const { revision_id: revisionId } = await backend.knex('campaigns').first();
    return { id, path: `/campaigns/${id}/evaluations`, targets, revisionId };
  }

  it('starts one, lists and compares its trials, and stops it', async () => {
    const { id, path, revisionId, targets } = await begin();
    const started = await backend.call('post', path, {
      revisionId,
      sample: { size: 5 },
    });
    expect(started.status).toBe(201);
    expect(started.body).toMatchObject({
      state: 'running',
      targetCount: 2,
      figures: { open: 2 },
      createdBy: 'user:default/alice',
    });
    const evaluation = `${path}/${started.body.id}`;
    const trials = await backend.call('get', `${evaluation}/trials?limit=1`);
    expect(trials.body).toMatchObject({
      items: [{ target: { id: targets[0] }, state: 'queued' }],
      totalItems: 2,
    });
    const again = await backend.call('post', path, {
      revisionId,
      sample: { targetIds: [targets[0]] },
    });
    expect(again.status).toBe(409);

    const stopped = await backend.call('post', `${evaluation}/stop`);
    expect(stopped.body).toMatchObject({
      state: 'stopped',
      figures: { outcomes: { stopped: 2 } },
    });
    const second = await backend.call('post', path, {
      revisionId,
      sample: { sameAs: started.body.id },
    });
    const comparison = await backend.call(
      'get',
      `/campaigns/${id}/evaluation-comparison?base=${started.body.id}&head=${second.body.id}&limit=1`,
    );
    expect(comparison.body).toMatchObject({
      counts: { unknown: 2 },
      items: [{ change: 'unknown' }],
      totalItems: 2,
    });
    const list = await backend.call('get', `${path}?limit=1`);
    expect(list.body).toMatchObject({ items: [{ number: 2 }], totalItems: 2 });
    const got = await backend.call('get', evaluation);
    expect(got.body).toMatchObject({ number: 1 });

    const jobs = await backend.call('get', `/targets/${targets[0]}/jobs`);
    expect(jobs.body.items).toMatchObject([
      { task: 'evaluate', runId: second.body.id },
      { task: 'evaluate', state: 'stopped' },
    ]);
    expect(
      backend.auditor.createEvent.mock.calls.map(([{ eventId }]) => eventId),
    ).toEqual([
      'campaign-create',
      'evaluation-start',
      'evaluation-start',
      'evaluation-stop',
      'evaluation-start',
    ]);
    expect(backend.auditEvent.fail).toHaveBeenCalledTimes(1);
  });

  it('takes one kind of sample, within bounds', async () => {
    const { path, revisionId } = await begin();
    for (const sample of [
      {},
      { size: 0 },
      { size: 201 },
      { targetIds: [] },
      { targetIds: ['nobody'] },
      { size: 3, sameAs: revisionId },
    ]) {
      const { status } = await backend.call('post', path, {
        revisionId,
        sample,
      });
      expect(status).toBe(400);
    }
  });

  it('needs the permission to launch, since it spends', async () => {
    const { path, revisionId } = await begin(permission =>
      permission === 'campaigns.campaign.launch'
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    );
    const { status } = await backend.call('post', path, {
      revisionId,
      sample: { size: 1 },
    });
    expect(status).toBe(403);
    expect(await backend.knex('runs')).toEqual([]);
  });

  it('changes and stops nothing for those who may not update the campaign', async () => {
    let allowed = true;
    const { id, path, revisionId } = await begin(permission =>
      permission === 'campaigns.campaign.update' && !allowed
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    );
    const campaign = `/campaigns/${id}`;
    const candidate = await backend.call(
      'post',
      `${campaign}/revisions`,
      careful,
    );
    const started = await backend.call('post', path, {
      revisionId: candidate.body.id,
      sample: { size: 1 },
    });
    allowed = false;
    const statuses: number[] = [];
    for (const refused of [
      `${campaign}/revisions`,
      `${campaign}/revisions/${candidate.body.id}/adopt`,
      `${path}/${started.body.id}/stop`,
    ]) {
      const body = refused.endsWith('/revisions') ? careful : {};
      statuses.push((await backend.call('post', refused, body)).status);
    }
    expect(statuses).toEqual([403, 403, 403]);
    const after = await backend.call('get', campaign);
    expect(after.body.revisionId).toBe(revisionId);
    const running = await backend.call('get', `${path}/${started.body.id}`);
    expect(running.body.state).toBe('running');
  });

  it('tries and counts the targets that the caller may see', async () => {
    const { path, revisionId, targets } = await begin(permission =>
      permission === 'campaigns.target.read'
        ? ['group:default/mine']
        : AuthorizeResult.ALLOW,
    );
    const { body } = await backend.call('post', path, {
      revisionId,
      sample: { size: 2 },
    });
    expect(body.targetCount).toBe(1);
    const other = await backend.call('post', path, {
      revisionId,
      sample: { targetIds: [targets[1]] },
    });
    expect(other.status).toBe(400);
    const trials = await backend.call('get', `${path}/${body.id}/trials`);
    expect(trials.body.totalItems).toBe(1);
  });

  it('shows what a job made to those who may see its target', async () => {
    const { id, revisionId, targets } = await begin(permission =>
      permission === 'campaigns.target.read'
        ? ['group:default/mine']
        : AuthorizeResult.ALLOW,
    );
    const { knex } = backend;
    const jobs: string[] = [];
    for (const targetId of targets) {
      const jobId = await knex.transaction(tx =>
        enqueueJob(tx, {
          campaignId: id,
          targetId,
          revisionId,
          task: 'evaluate',
        }),
      );
      const job = await knex<JobRow>('jobs').where({ id: jobId }).first();
      jobs.push(jobId);
      await knex.transaction(tx =>
        insertChange(tx, job!, {
          baseCommit: 'c0ffee',
          patch: 'the patch',
          report: { edits: [] } as never,
          filesChanged: 1,
          insertions: 1,
          deletions: 0,
        }),
      );
    }
    const mine = await backend.call('get', `/jobs/${jobs[0]}/change`);
    expect(mine.body).toMatchObject({ jobId: jobs[0], patch: 'the patch' });
    const other = await backend.call('get', `/jobs/${jobs[1]}/change`);
    expect(other.status).toBe(404);
    // It is the trial's, and not what the target would publish.
    const change = await backend.call('get', `/targets/${targets[0]}/change`);
    expect(change.status).toBe(404);
    await knex('changes').delete();
    const none = await backend.call('get', `/jobs/${jobs[0]}/change`);
    expect(none.status).toBe(404);
  });
});
