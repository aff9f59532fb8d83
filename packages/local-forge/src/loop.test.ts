import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createHmac } from 'node:crypto';
import {
  startForge,
  startReceiver,
  TestForge,
} from './__testUtils__/startForge';

const run = promisify(execFile);
describe('a change from clone to merge', () => {
  let test: TestForge;
  let work: string;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;

  beforeAll(async () => {
    test = await startForge();
    receiver = await startReceiver();
    work = await mkdtemp(join(tmpdir(), 'clone-'));
    await test.forge.admin.createRepository({
      owner: 'acme',
      name: 'pipelines',
      private: true,
      commits: [
        { message: 'Begin', files: { 'README.md': '# Pipelines\n' } },
        {
          message: 'Add users',
          author: { name: 'Alice', email: 'alice@example.com' },
          date: '2024-03-01T10:00:00Z',
          files: { 'models/users.sql': 'SELECT *\nFROM user_data.users_v1\n' },
        },
      ],
    });
    test.forge.admin.createWebhook({
      target: 'acme',
      url: receiver.url,
      secret: 'shh',
    });
  });

  afterAll(async () => {
    await test.stop();
    await receiver.stop();
    await rm(work, { recursive: true, force: true });
  });

  const git = (...args: string[]) =>
    run('git', args, {
      cwd: work,
      env: {
        ...process.env,
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_GLOBAL: '/dev/null',
      },
    });

  it('clones with a token, pushes, opens, reviews, merges and tells by webhooks', async () => {
    const { forge, alice, bob, tokens } = test;
    const address = `${forge.url.replace(
      '//',
      `//x-access-token:${tokens.alice}@`,
    )}/acme/pipelines.git`;
    await git('clone', '--quiet', address, '.');
    expect((await git('log', '--format=%s|%an|%aI')).stdout).toContain(
      'Add users|Alice|2024-03-01T10:00:00',
    );
    await git('checkout', '-q', '-b', 'retire');
    await writeFile(
      join(work, 'models/users.sql'),
      'SELECT *\nFROM user_data.users_v2\n',
    );
    await git(
      '-c',
      'user.name=Skein',
      '-c',
      'user.email=skein@example.com',
      'commit',
      '-qam',
      'Read users_v2',
    );
    await git('push', '--quiet', 'origin', 'retire');

    const repo = { owner: 'acme', repo: 'pipelines' };
    const { data: pull } = await alice.rest.pulls.create({
      ...repo,
      title: 'Retire users_v1',
      head: 'retire',
      base: 'main',
      body: 'Please',
    });
    expect(pull).toMatchObject({
      number: 1,
      state: 'open',
      mergeable: true,
      mergeable_state: 'clean',
      additions: 1,
      deletions: 1,
      changed_files: 1,
      commits: 1,
      html_url: `${forge.url}/acme/pipelines/pull/1`,
    });
    await expect(
      alice.rest.pulls.create({
        ...repo,
        title: 'Again',
        head: 'acme:retire',
        base: 'main',
      }),
    ).rejects.toMatchObject({
      status: 422,
      response: {
        data: {
          message: 'Validation Failed',
          errors: [
            { message: 'A pull request already exists for acme:retire.' },
          ],
        },
      },
    });

    await writeFile(join(work, 'NOTES.md'), 'Moved\n');
    await git('add', '.');
    await git(
      '-c',
      'user.name=Skein',
      '-c',
      'user.email=skein@example.com',
      'commit',
      '-qm',
      'Note it',
    );
    await git('push', '--quiet', 'origin', 'retire');
    const moved = await alice.rest.pulls.get({ ...repo, pull_number: 1 });
    expect(moved.data.head.sha).toBe(
      (await git('rev-parse', 'HEAD')).stdout.trim(),
    );
    expect(moved.data.commits).toBe(2);

    await bob.rest.pulls.createReview({
      ...repo,
      pull_number: 1,
      event: 'APPROVE',
    });
    await expect(
      bob.rest.pulls.merge({ ...repo, pull_number: 1, sha: pull.head.sha }),
    ).rejects.toMatchObject({ status: 409 });
    const merged = await bob.rest.pulls.merge({
      ...repo,
      pull_number: 1,
      merge_method: 'squash',
    });
    await git('fetch', '--quiet');
    expect(
      (await git('log', '-1', '--format=%H %s', 'origin/main')).stdout,
    ).toBe(`${merged.data.sha} Retire users_v1 (#1)\n`);
    const after = await alice.rest.pulls.get({ ...repo, pull_number: 1 });
    expect(after.data).toMatchObject({
      merged: true,
      state: 'closed',
      merged_by: { login: 'bob' },
      merge_commit_sha: merged.data.sha,
      changed_files: 2,
    });

    await receiver.until(
      all =>
        all.filter(({ event }) => event === 'push').length === 3 &&
        all.some(({ payload }) => payload.action === 'closed'),
    );
    expect(
      receiver.received.map(({ event, payload }) =>
        [event, payload.action ?? payload.ref].join(' '),
      ),
    ).toEqual([
      'push refs/heads/retire',
      'pull_request opened',
      'push refs/heads/retire',
      'pull_request synchronize',
      'pull_request_review submitted',
      'push refs/heads/main',
      'pull_request closed',
    ]);
    for (const { body, headers } of receiver.received) {
      expect(headers['x-hub-signature-256']).toBe(
        `sha256=${createHmac('sha256', 'shh').update(body).digest('hex')}`,
      );
    }
  });

  it('hides a private repository from strangers', async () => {
    const { forge, tokens } = test;
    for (const token of [undefined, tokens.stranger]) {
      const response = await fetch(`${forge.apiUrl}/repos/acme/pipelines`, {
        headers: token ? { authorization: `token ${token}` } : {},
      });
      expect(response.status).toBe(404);
    }
    await expect(
      git('ls-remote', `${forge.url}/acme/pipelines.git`),
    ).rejects.toThrow(/Authentication|could not read Username/);
  });
});
