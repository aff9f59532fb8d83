import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { randomUUID } from 'crypto';
import { insertReview } from '../database/operations/reviews/insertReview';
import { alice, bob, RouterBench } from './__testUtils__/RouterBench';

describe('the approval of targets', () => {
  let backend: RouterBench;

  afterEach(async () => {
    await backend.stop();
  });

  it('keeps the one who launched from approving where the policy says so', async () => {
    backend = await RouterBench.start();
    const id = await backend.create();
    const [targetId] = await backend.addTargets(id, [
      { name: 'a', state: 'pending' },
    ]);
    await backend.call('post', `/campaigns/${id}/launch`, {
      expectedTargets: 1,
    });
    await backend.knex('targets').update({ state: 'proposed' });
    const approve = (as: string) =>
      backend.call(
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

  it('lets owners of pipelines approve their own targets alone', async () => {
    backend = await RouterBench.start(permission =>
      permission === 'campaigns.target.approve'
        ? ['group:default/ads']
        : AuthorizeResult.ALLOW,
    );
    const id = await backend.create();
    const [, other, nobody] = await backend.addTargets(id, [
      { name: 'a', state: 'proposed', owner: 'group:default/ads' },
      { name: 'b', state: 'proposed', owner: 'group:default/finance' },
      { name: 'c', state: 'proposed' },
    ]);
    await backend.knex('campaigns').update({ state: 'active' });
    const { body } = await backend.call(
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
    backend = await RouterBench.start();
    const id = await backend.create();
    const [plain, odd] = await backend.addTargets(id, [
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
      backend.call('post', `/campaigns/${id}/targets/approve`, selection);

    expect((await approve({ filter: {} })).body).toEqual({
      changed: 1,
      skipped: [
        {
          targetId: odd,
          reason: 'Its review asks for a look: approve it by itself',
        },
      ],
    });
    const { body } = await backend.call('get', `/targets/${odd}/reviews`);
    expect(body).toMatchObject({
      totalItems: 1,
      items: [{ outcome: 'ask', findings: [{ message: 'Too long' }] }],
    });
    expect((await approve({ targetIds: [odd] })).body.changed).toBe(1);
    expect(
      await knex('targets').where({ state: 'approved' }).pluck('id'),
    ).toEqual(expect.arrayContaining([plain, odd]));
    expect(
      (await backend.call('get', `/campaigns/${id}/review-statistics`)).body,
    ).toEqual({ items: [] });
  });

  it('lets nobody approve who may not have it published', async () => {
    const owned: Record<string, AuthorizeResult | string[]> = {
      'campaigns.target.approve': ['group:default/ads', 'group:default/web'],
      'campaigns.target.publish': ['group:default/web', 'group:default/shop'],
    };
    backend = await RouterBench.start(
      permission => owned[permission] ?? AuthorizeResult.ALLOW,
    );
    const id = await backend.create();
    const [ads, web, shop] = await backend.addTargets(id, [
      { name: 'a', state: 'proposed', owner: 'group:default/ads' },
      { name: 'b', state: 'proposed', owner: 'group:default/web' },
      { name: 'c', state: 'proposed', owner: 'group:default/shop' },
    ]);
    await backend.knex('campaigns').update({ state: 'active' });
    const approve = () =>
      backend.call('post', `/campaigns/${id}/targets/approve`, {
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
    expect((await approve()).status).toBe(403);
    expect(await backend.knex('targets').pluck('state')).toEqual(
      expect.arrayContaining(['approved', 'proposed', 'proposed']),
    );
  });
});
