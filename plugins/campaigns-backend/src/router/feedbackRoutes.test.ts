import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { FeedbackGroup } from '@skein/plugin-campaigns-common';
import { storeComments } from '../database/operations/feedback/storeComments';
import { storeRemarks } from '../database/operations/feedback/storeRemarks';
import { bob, RouterBench } from './__testUtils__/RouterBench';

describe('the API of feedback', () => {
  let bench: RouterBench;
  let campaignId: string;
  let targets: string[];

  afterEach(async () => {
    await bench.stop();
  });

  const start = async (decide?: (permission: string) => any) => {
    bench = await RouterBench.start(decide);
    campaignId = await bench.create();
    targets = await bench.addTargets(campaignId, [
      { name: 'ours', state: 'prOpen', owner: 'group:default/data' },
      { name: 'theirs', state: 'prOpen', owner: 'group:default/others' },
    ]);
  };

  /** What people say on the pull request of a target, all of it. */
  const say = (target: number, ...texts: string[]) =>
    bench.knex.transaction(tx =>
      storeComments(
        tx,
        { campaign_id: campaignId, target_id: targets[target], number: 1 },
        {
          repository: { host: 'github.com', owner: 'acme', name: 'any' },
          number: 1,
          comments: texts.map((text, index) => ({
            id: `${target}-${index}`,
            author: 'carol',
            bot: false,
            own: false,
            text,
            url: `https://github.com/acme/any/pull/1#${index}`,
            file: 'a.sql',
            line: 7,
            createdAt: new Date(1e12 + index * 1_000).toISOString(),
          })),
        },
      ),
    );
  const remark = (text: string) =>
    storeRemarks(
      bench.knex,
      {
        id: '00000000-0000-4000-8000-0000000000aa',
        campaign_id: campaignId,
        target_id: targets[0],
        revision_id: '00000000-0000-4000-8000-0000000000bb',
      },
      [text],
    );
  const list = async (query = ''): Promise<FeedbackGroup[]> => {
    const { body, status } = await bench.call(
      'get',
      `/campaigns/retire-users/feedback${query}`,
    );
    expect([status, body.error]).toEqual([200, undefined]);
    expect(body.totalItems).toBeGreaterThanOrEqual(body.items.length);
    return body.items;
  };
  const post = (verb: string, body: object, as?: string) =>
    bench.call('post', `/campaigns/retire-users/feedback/${verb}`, body, as);
  const lesson = { text: ' Keep the CAST. ', for: ['agent'], adopt: true };

  it('groups the same words over targets, open and frequent ones first, in pages', async () => {
    await start();
    await say(0, 'Keep the cast, line 3', 'Nice <b>work</b>!');
    await say(1, 'KEEP the cast (line 12)');
    await remark('The table says nothing of gender');
    const groups = await list();
    expect(
      groups.map(({ count, targets: of, state }) => [count, of, state]),
    ).toEqual([
      [2, 2, 'open'],
      [1, 1, 'open'],
      [1, 1, 'open'],
    ]);
    expect(groups[0].latest).toMatchObject({
      campaignId,
      source: 'reviewer',
      author: 'carol',
      file: 'a.sql',
      line: 7,
      url: 'https://github.com/acme/any/pull/1#0',
      target: { repository: { owner: 'acme' }, path: '' },
    });
    expect((await list('?limit=1&offset=1')).map(({ key }) => key)).toEqual([
      groups[1].key,
    ]);
    expect(await list('?sources=agent')).toMatchObject([
      { latest: { text: 'The table says nothing of gender', source: 'agent' } },
    ]);
    // A group is found by any of its forms, and counted whole.
    expect(await list('?search=line%2012')).toMatchObject([{ count: 2 }]);
    expect(await list('?search=%25')).toEqual([]);
    expect(await list('?search=%3Cb%3E')).toHaveLength(1);

    await post('dismiss', { keys: [groups[0].key] });
    expect((await list()).at(-1)).toMatchObject({
      key: groups[0].key,
      state: 'dismissed',
      decidedBy: 'user:default/alice',
      decidedAt: expect.any(String),
    });
    expect(await list('?states=open')).toHaveLength(2);

    const ofTarget = await bench.call('get', `/targets/${targets[0]}/feedback`);
    expect(ofTarget.body.totalItems).toBe(3);
    expect(ofTarget.body.items.map((each: any) => each.source)[0]).toBe(
      'agent',
    );
  });

  it('shows and counts nothing of targets that may not be seen', async () => {
    await start(permission =>
      permission === 'campaigns.target.read'
        ? ['group:default/data']
        : AuthorizeResult.ALLOW,
    );
    await say(0, 'Keep the cast');
    await say(1, 'keep the cast', 'A secret of theirs');
    const groups = await list();
    expect(groups).toMatchObject([
      { count: 1, targets: 1, latest: { target: { id: targets[0] } } },
    ]);
    const hidden = await bench
      .knex('feedback')
      .where({ text: 'A secret of theirs' })
      .first('key');
    for (const verb of ['dismiss', 'reopen', 'promote']) {
      const body = { keys: [hidden.key], ...(verb === 'promote' && lesson) };
      expect((await post(verb, body)).status).toBe(404);
    }
    expect(
      (await bench.call('get', `/targets/${targets[1]}/feedback`)).status,
    ).toBe(404);
  });

  it('makes a lesson in the words of a person, told from then on', async () => {
    await start();
    await say(0, 'cast!!', 'Other');
    const [first, second] = await list();
    const { status, body } = await post('promote', {
      ...lesson,
      keys: [first.key, second.key],
    });
    expect([status, body.number, body.current]).toEqual([201, 2, true]);
    const { body: campaign } = await bench.call(
      'get',
      '/campaigns/retire-users',
    );
    expect(campaign.revisionId).toBe(body.id);
    expect(campaign.spec.lessons).toEqual([
      {
        text: 'Keep the CAST.',
        for: ['agent'],
        source: 'https://github.com/acme/any/pull/1#1',
      },
    ]);
    for (const group of await list('?states=promoted')) {
      expect(group).toMatchObject({
        promotedTo: { revisionId: body.id, revisionNumber: 2 },
        decidedBy: 'user:default/alice',
      });
    }
    const { body: revision } = await bench.call(
      'get',
      `/campaigns/retire-users/revisions/${body.id}`,
    );
    expect(revision.documents).toContainEqual({
      name: 'Lessons',
      language: 'markdown',
      text: '- Keep the CAST.\n  For the agent, from https://github.com/acme/any/pull/1#1.\n',
    });
    expect(bench.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'feedback-promote' }),
    );
    expect(bench.auditEvent.success).toHaveBeenCalledWith({
      meta: {
        before: { revisionId: expect.not.stringMatching(body.id) },
        after: {
          revisionId: body.id,
          lessonIn: { revisionId: body.id, number: 2 },
        },
      },
    });
    const { body: activity } = await bench.call(
      'get',
      '/campaigns/retire-users/activity',
    );
    expect(activity.items.map((each: any) => each.action)).toEqual(
      expect.arrayContaining(['feedback.promote', 'revision.adopt']),
    );

    for (const verb of ['promote', 'dismiss', 'reopen']) {
      const again = await post(verb, {
        keys: [first.key],
        ...(verb === 'promote' && lesson),
      });
      expect(again.status).toBe(409);
      expect(again.body.error.message).toMatch(/lesson of context revision 2/);
    }
    // Said once more, it is still decided.
    await say(1, 'Cast?');
    expect(await list('?states=promoted')).toContainEqual(
      expect.objectContaining({ count: 2, state: 'promoted' }),
    );
  });

  it('gathers lessons that wait in one revision that no job is told', async () => {
    await start();
    await say(0, 'one', 'two', 'three');
    const keys = (await list()).map(({ key }) => key);
    const wait = { ...lesson, for: ['judge'], adopt: false };
    const first = await post('promote', { ...wait, keys: [keys[0]] });
    expect(first.body).toMatchObject({ number: 2, current: false });
    const next = await post('promote', {
      ...wait,
      keys: [keys[1]],
      text: 'Two',
    });
    expect(next.body).toMatchObject({ number: 3, note: 'Lesson: Two' });
    const { spec } = await bench
      .knex('context_revisions')
      .where({ id: next.body.id })
      .first('spec');
    expect(JSON.parse(spec).lessons.map((each: any) => each.text)).toEqual([
      'Keep the CAST.',
      'Two',
    ]);
    const before = await bench.call('get', '/campaigns/retire-users');
    expect(before.body.spec.lessons).toBe(undefined);
    // One for now comes on top of what jobs are told now.
    const adopted = await post('promote', {
      ...lesson,
      keys: [keys[2]],
      text: 'Three',
    });
    expect(adopted.body).toMatchObject({ number: 4, current: true });
    const { body } = await bench.call('get', '/campaigns/retire-users');
    expect(body.spec.lessons.map((each: any) => each.text)).toEqual(['Three']);
  });

  it('loses none of many lessons that are made at once', async () => {
    await start();
    const words = ['one', 'two', 'three', 'four', 'five', 'six'];
    await say(0, ...words);
    const groups = await list();
    const answers = await Promise.all(
      groups.map(({ key, latest }) =>
        post('promote', { ...lesson, keys: [key], text: latest.text }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(words.map(() => 201));
    expect(answers.map(({ body }) => body.number).sort()).toEqual([
      2, 3, 4, 5, 6, 7,
    ]);
    const { body } = await bench.call('get', '/campaigns/retire-users');
    expect(body.spec.lessons.map((each: any) => each.text).sort()).toEqual(
      [...words].sort(),
    );
  });

  it('dismisses and takes that back, and says what is wrong', async () => {
    await start();
    await say(0, 'LGTM');
    const [{ key }] = await list();
    expect((await post('dismiss', { keys: [key] })).status).toBe(204);
    expect((await post('dismiss', { keys: [key] })).status).toBe(204);
    expect(await list('?states=dismissed')).toHaveLength(1);
    expect((await post('reopen', { keys: [key] })).status).toBe(204);
    expect(await list()).toMatchObject([{ state: 'open' }]);
    const { body } = await bench.call(
      'get',
      '/campaigns/retire-users/activity',
    );
    const actions = body.items.map((each: any) => each.action);
    expect(actions.filter((each: string) => /feedback/.test(each))).toEqual([
      'feedback.reopen',
      'feedback.dismiss',
    ]);

    const wrong = [
      { keys: [], ...lesson },
      { keys: ['x'], ...lesson },
      { keys: [key], ...lesson, text: ' ' },
      { keys: [key], ...lesson, text: 'x'.repeat(2_001) },
      { keys: [key], ...lesson, for: [] },
      { keys: [key], ...lesson, for: ['everyone'] },
    ];
    for (const request of wrong) {
      expect((await post('promote', request)).status).toBe(400);
    }
    expect((await post('dismiss', { keys: ['0'.repeat(64)] })).status).toBe(
      404,
    );
    await bench.knex('campaigns').update({ state: 'cancelled' });
    const ended = await post('promote', { keys: [key], ...lesson });
    expect(ended.status).toBe(409);
    await bench.knex('campaigns').update({ state: 'draft' });
    const row = await bench.knex('campaigns').first('spec');
    const full = {
      ...JSON.parse(row.spec),
      lessons: Array.from({ length: 100 }, () => ({
        text: 'x',
        for: ['agent'],
      })),
    };
    await bench.knex('campaigns').update({ spec: JSON.stringify(full) });
    const many = await post('promote', { keys: [key], ...lesson });
    expect(many.status).toBe(400);
    expect(many.body.error.message).toMatch(/100 lessons/);
  });

  it('lets nobody decide who may not change the campaign', async () => {
    await start(permission =>
      permission === 'campaigns.campaign.update'
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    );
    await say(0, 'LGTM');
    const [{ key }] = await list();
    for (const verb of ['dismiss', 'reopen', 'promote']) {
      const body = { keys: [key], ...(verb === 'promote' && lesson) };
      expect((await post(verb, body, bob)).status).toBe(403);
    }
    expect(bench.auditEvent.fail).toHaveBeenCalledTimes(3);
  });
});
