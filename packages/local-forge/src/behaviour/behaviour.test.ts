import {
  startForge,
  startReceiver,
  TestForge,
} from '../__testUtils__/startForge';

describe('a forge that misbehaves as told', () => {
  let test: TestForge;
  const repo = { owner: 'acme', repo: 'pipelines' };

  beforeAll(async () => {
    test = await startForge();
    await test.forge.admin.createRepository({
      owner: 'acme',
      name: 'pipelines',
      commits: [{ message: 'Begin', files: { 'a.sql': 'SELECT 1\n' } }],
    });
  });
  afterEach(() => {
    test.forge.behaviour.reset();
    test.forge.admin.resetCounts();
  });
  afterAll(() => test.stop());

  it('counts the primary limit down, refuses at zero and forgives unchanged answers', async () => {
    const { forge, alice, bob, tokens } = test;
    forge.behaviour.set({ primaryLimit: { limit: 3, status: 429 } });
    const first = await alice.rest.repos.get(repo);
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': '3',
      'x-ratelimit-remaining': '2',
      'x-ratelimit-resource': 'core',
    });
    const again = await fetch(`${forge.apiUrl}/repos/acme/pipelines`, {
      headers: {
        authorization: `token ${tokens.alice}`,
        'if-none-match': first.headers.etag!,
      },
    });
    expect(again.status).toBe(304);
    await alice.rest.repos.get(repo);
    await alice.rest.repos.get(repo);
    await expect(alice.rest.repos.get(repo)).rejects.toMatchObject({
      status: 429,
      response: { headers: { 'x-ratelimit-remaining': '0' } },
    });
    await expect(bob.rest.repos.get(repo)).resolves.toMatchObject({
      status: 200,
    });
    const { data } = await alice.rest.rateLimit.get();
    expect(data.resources.core).toMatchObject({ limit: 3, remaining: 0 });
  });

  it('allows ten code searches a minute', async () => {
    const search = () => test.alice.rest.search.code({ q: 'select org:acme' });
    for (let count = 0; count < 10; count++) {
      expect((await search()).data.total_count).toBe(1);
    }
    await expect(search()).rejects.toMatchObject({ status: 403 });
  });

  it('refuses the eighty-first content in a minute and says when to come back', async () => {
    const { forge, alice } = test;
    const { data: issue } = await alice.rest.issues.create({
      ...repo,
      title: 'Many',
    });
    forge.behaviour.set({ secondaryLimits: true });
    const comment = () =>
      alice.rest.issues.createComment({
        ...repo,
        issue_number: issue.number,
        body: 'One more',
      });
    for (let count = 0; count < 80; count++) {
      await comment();
    }
    const refused = await comment().catch(error => error);
    expect(refused).toMatchObject({
      status: 403,
      message: expect.stringContaining('secondary rate limit'),
    });
    expect(Number(refused.response.headers['retry-after'])).toBeGreaterThan(0);
    await expect(alice.rest.repos.get(repo)).resolves.toMatchObject({
      status: 200,
    });
  });

  it('fails before or after a request took effect', async () => {
    const { forge, alice } = test;
    const count = async () =>
      (await alice.rest.issues.listForRepo({ ...repo, per_page: 100 })).data
        .length;
    const before = await count();
    const create = () => alice.rest.issues.create({ ...repo, title: 'Issue' });
    forge.behaviour.set({
      serverErrors: { next: 1, status: 503, match: 'POST /repos' },
    });
    await expect(create()).rejects.toMatchObject({ status: 503 });
    expect(await count()).toBe(before);
    forge.behaviour.set({
      serverErrors: { next: 1, status: 502, when: 'after' },
    });
    await expect(create()).rejects.toMatchObject({ status: 502 });
    expect(await count()).toBe(before + 1);
  });

  it('draws the same failures for the same seed', async () => {
    const { forge, alice } = test;
    const draw = async () => {
      forge.behaviour.set({ seed: 42, serverErrors: { rate: 0.5 } });
      const outcomes: number[] = [];
      for (let count = 0; count < 20; count++) {
        outcomes.push(
          await alice.rest.repos.get(repo).then(
            ({ status }) => status,
            error => error.status,
          ),
        );
      }
      return outcomes;
    };
    const first = await draw();
    expect(new Set(first)).toEqual(new Set([200, 502]));
    expect(await draw()).toEqual(first);
  });

  it('loses, doubles, reorders and retries webhooks, and delivers again when asked', async () => {
    const { forge, alice } = test;
    const receiver = await startReceiver();
    forge.admin.createWebhook({
      target: 'acme',
      url: receiver.url,
      events: ['issue_comment'],
    });
    const { data: issue } = await alice.rest.issues.create({
      ...repo,
      title: 'Hooks',
    });
    const say = (body: string) =>
      alice.rest.issues.createComment({
        ...repo,
        issue_number: issue.number,
        body,
      });
    const said = () =>
      receiver.received.map(({ payload }) => payload.comment.body);

    forge.behaviour.set({ webhooks: { lose: { next: 1 } } });
    await say('lost');
    forge.behaviour.set({ webhooks: { duplicate: { next: 1 } } });
    await say('twice');
    forge.behaviour.set({ webhooks: { reorder: { next: 1 } } });
    await receiver.until(all => all.length === 2);
    await say('late');
    await say('early');
    await receiver.until(all => all.length === 4);
    expect(said()).toEqual(['twice', 'twice', 'early', 'late']);
    expect(receiver.received[0].headers['x-github-delivery']).toBe(
      receiver.received[1].headers['x-github-delivery'],
    );

    receiver.refuseNext(1);
    await say('again');
    await receiver.until(all => all.length === 5);
    const deliveries = forge.admin.deliveries();
    expect(deliveries[0]).toMatchObject({ event: 'issue_comment' });
    const lost = deliveries.find(({ state }) => state === 'lost')!;
    forge.admin.redeliver(lost.id);
    await receiver.until(all => all.length === 6);
    expect(said().slice(4)).toEqual(['again', 'lost']);
    await receiver.stop();
  });

  it('names a setting that it does not know', () => {
    expect(() =>
      test.forge.behaviour.set({ webhooks: { lose: { ratio: 1 } } } as any),
    ).toThrow('"webhooks.lose.ratio" is not a behaviour that takes 1');
  });
});
