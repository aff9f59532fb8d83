import { RouterBench } from './__testUtils__/RouterBench';

describe('the API of targets', () => {
  let backend: RouterBench;

  afterEach(async () => {
    await backend.stop();
  });

  it('acts on the targets that allow it, and names the others', async () => {
    backend = await RouterBench.start();
    const id = await backend.create();
    const [failed, running] = await backend.addTargets(id, [
      { name: 'a', state: 'failed' },
      { name: 'b', state: 'running' },
    ]);
    await backend.knex('campaigns').update({ state: 'active' });
    const { body } = await backend.call(
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
    const runs = await backend.call('get', `/campaigns/${id}/runs`);
    expect(runs.body.items).toMatchObject([{ kind: 'retry', targetCount: 1 }]);
  });

  it('acts on all that match a filter', async () => {
    backend = await RouterBench.start();
    const id = await backend.create();
    await backend.addTargets(id, [
      { name: 'a', state: 'pending' },
      { name: 'b', state: 'candidate' },
    ]);
    const { body } = await backend.call(
      'post',
      `/campaigns/${id}/targets/skip`,
      { filter: { states: ['candidate'] }, reason: 'Not ours' },
    );
    expect(body.changed).toBe(1);
    const list = await backend.call(
      'get',
      `/campaigns/${id}/targets?states=outOfScope`,
    );
    expect(list.body.items).toMatchObject([
      { repository: { name: 'b' }, stateReason: 'Not ours' },
    ]);
  });

  it('pages, sorts and searches targets', async () => {
    backend = await RouterBench.start();
    const id = await backend.create();
    await backend.addTargets(id, [
      { name: 'alpha', state: 'pending' },
      { name: 'beta', state: 'failed' },
      { name: 'al_pha', state: 'failed' },
    ]);
    const names = async (query: string) =>
      (
        await backend.call('get', `/campaigns/${id}/targets?${query}`)
      ).body.items.map((item: any) => item.repository.name);
    expect(await names('limit=2')).toEqual(['al_pha', 'alpha']);
    expect(await names('limit=2&offset=2')).toEqual(['beta']);
    expect(await names('order=desc&limit=1')).toEqual(['beta']);
    // An underscore is itself, not any letter.
    expect(await names('search=l_p')).toEqual(['al_pha']);
    const { body } = await backend.call(
      'get',
      `/campaigns/${id}/target-facets`,
    );
    expect(body.states).toEqual({ pending: 1, failed: 2 });
    const tooMany = await backend.call(
      'get',
      `/campaigns/${id}/targets?limit=5000`,
    );
    expect(tooMany.status).toBe(400);
  });

  it('rolls back what can be, and skips what is merged', async () => {
    backend = await RouterBench.start();
    const id = await backend.create();
    const [open] = await backend.addTargets(id, [
      { name: 'a', state: 'prOpen' },
      { name: 'b', state: 'verified' },
    ]);
    const { body } = await backend.call(
      'post',
      `/campaigns/${id}/targets/roll-back`,
      { filter: {}, reason: 'Wrong mapping' },
    );
    expect(body.changed).toBe(1);
    const target = await backend.call('get', `/targets/${open}`);
    expect(target.body).toMatchObject({
      state: 'rolledBack',
      stateReason: 'Wrong mapping',
    });
  });

  it('approves and takes in nothing where nobody would go on with it', async () => {
    backend = await RouterBench.start();
    const id = await backend.create();
    await backend.addTargets(id, [
      { name: 'a', state: 'proposed' },
      { name: 'b', state: 'outOfScope' },
    ]);
    for (const state of ['cancelled', 'completed']) {
      await backend.knex('campaigns').update({ state });
      for (const action of ['approve', 'include']) {
        const { body } = await backend.call(
          'post',
          `/campaigns/${id}/targets/${action}`,
          { filter: {} },
        );
        expect(body.changed).toBe(0);
        expect(body.skipped[0].reason).toBe(`The campaign is ${state}`);
      }
    }
  });
});
