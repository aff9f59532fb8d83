import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { App, Octokit } from 'octokit';
import { startForge, TestForge } from '../__testUtils__/startForge';

describe('REST', () => {
  let test: TestForge;
  const repo = { owner: 'acme', repo: 'pipelines' };
  const call = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${test.forge.apiUrl}${path}`, { headers });
  const asAlice = () => ({ authorization: `token ${test.tokens.alice}` });

  beforeAll(async () => {
    test = await startForge();
    const { admin } = test.forge;
    const files = { 'README.md': '# Hi\n', 'sql/a.sql': 'SELECT 1\n' };
    await admin.createRepository({
      owner: 'acme',
      name: 'pipelines',
      private: true,
      commits: [{ message: 'Begin', files }],
    });
    await admin.createRepository({
      owner: 'acme',
      name: 'secret',
      private: true,
      commits: [{ message: 'Begin', files }],
    });
  });
  afterAll(() => test.stop());

  it('answers what is unchanged with 304', async () => {
    for (const path of [
      '/repos/acme/pipelines',
      '/orgs/acme/repos?per_page=1',
    ]) {
      const first = await call(path, asAlice());
      const etag = first.headers.get('etag')!;
      const second = await call(path, { ...asAlice(), 'if-none-match': etag });
      expect([path, second.status, await second.text()]).toEqual([
        path,
        304,
        '',
      ]);
    }
  });

  it.each([
    ['a wrong token', 'token nope', 401],
    ['a scheme of another kind', 'Digest x', 401],
    ['a token as Basic password', 'basic', 200],
    ['nobody', '', 404],
  ])('answers %s', async (_, given, status) => {
    const basic = `Basic ${Buffer.from(
      `x-access-token:${test.tokens.alice}`,
    ).toString('base64')}`;
    const authorization = given === 'basic' ? basic : given;
    const response = await call(
      '/repos/acme/pipelines',
      authorization ? { authorization } : {},
    );
    expect(response.status).toBe(status);
  });

  it('says what is wrong with a body', async () => {
    const post = (body: string) =>
      fetch(`${test.forge.apiUrl}/repos/acme/pipelines/pulls`, {
        method: 'POST',
        headers: asAlice(),
        body,
      }).then(async response => [response.status, await response.json()]);
    expect(await post('{')).toEqual([
      400,
      expect.objectContaining({ message: 'Problems parsing JSON' }),
    ]);
    expect(await post('{"title":"x","base":"main"}')).toEqual([
      422,
      expect.objectContaining({
        message: 'Invalid request.\n\n"head" wasn\'t supplied.',
      }),
    ]);
    expect(await post('{"title":7,"base":"main","head":"x"}')).toEqual([
      422,
      expect.objectContaining({
        message:
          "Invalid request.\n\nFor 'properties/title', 7 is not a string.",
      }),
    ]);
  });

  it('hands out the tree of a commit as an archive', async () => {
    const { data } = await test.alice.rest.repos.downloadTarballArchive({
      ...repo,
      ref: 'main',
    });
    const work = await mkdtemp(join(tmpdir(), 'tar-'));
    execFileSync('tar', ['xz', '--strip-components=1', '-C', work], {
      input: Buffer.from(data as ArrayBuffer),
    });
    expect(
      execFileSync('find', ['.', '-type', 'f'], { cwd: work })
        .toString()
        .trim()
        .split('\n')
        .sort(),
    ).toEqual(['./README.md', './sql/a.sql']);
    await rm(work, { recursive: true });
  });

  it('compares, and does not overwrite a file that has changed', async () => {
    const { alice } = test;
    const put = (sha?: string) =>
      alice.rest.repos.createOrUpdateFileContents({
        ...repo,
        path: 'sql/a.sql',
        message: 'Two',
        content: Buffer.from('SELECT 2\n').toString('base64'),
        sha,
      });
    const { data: file }: any = await alice.rest.repos.getContent({
      ...repo,
      path: 'sql/a.sql',
    });
    await expect(put()).rejects.toMatchObject({ status: 422 });
    await put(file.sha);
    await expect(put(file.sha)).rejects.toMatchObject({ status: 409 });
    const [newest, oldest] = (await alice.rest.repos.listCommits(repo)).data;
    const { data } = await alice.rest.repos.compareCommitsWithBasehead({
      ...repo,
      basehead: `${oldest.sha}...main`,
    });
    expect(data).toMatchObject({
      status: 'ahead',
      ahead_by: 1,
      behind_by: 0,
      commits: [{ sha: newest.sha }],
      files: [
        { filename: 'sql/a.sql', patch: '@@ -1 +1 @@\n-SELECT 1\n+SELECT 2' },
      ],
    });
  });

  it('keeps a name that is git syntax from meaning more than a name', async () => {
    const { alice } = test;
    for (const ref of ['main~1', 'main^{tree}', '--all', 'main:sql', '@{-1}']) {
      await expect(
        alice.rest.repos.getCommit({ ...repo, ref }),
      ).rejects.toMatchObject({ status: 422 });
      await expect(
        alice.rest.git.createRef({
          ...repo,
          ref: `refs/heads/${ref}`,
          sha: (
            await alice.rest.repos.getBranch({ ...repo, branch: 'main' })
          ).data.commit.sha,
        }),
      ).rejects.toMatchObject({ status: 422 });
    }
  });

  it('lets an app act where it is installed, within what it was granted', async () => {
    const { forge } = test;
    const { privateKey } = forge.admin.createApp({
      id: 9,
      slug: 'reader',
      owner: 'acme',
      permissions: { metadata: 'read', contents: 'read' },
    });
    const { id } = forge.admin.installApp({
      appId: 9,
      account: 'acme',
      repositories: ['pipelines'],
    });
    const app = new App({
      appId: 9,
      privateKey,
      Octokit: Octokit.defaults({
        baseUrl: forge.apiUrl,
        throttle: { enabled: false },
        retry: { enabled: false },
      }),
    });
    const reader = await app.getInstallationOctokit(id);
    const listed = await reader.rest.apps.listReposAccessibleToInstallation();
    expect(listed.data.repositories.map(({ name }) => name)).toEqual([
      'pipelines',
    ]);
    await reader.rest.repos.getContent({ ...repo, path: 'README.md' });
    await expect(
      reader.rest.repos.get({ owner: 'acme', repo: 'secret' }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      reader.rest.pulls.create({
        ...repo,
        title: 'x',
        head: 'x',
        base: 'main',
      }),
    ).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('not accessible by integration'),
    });
    await expect(
      app.octokit.rest.apps.createInstallationAccessToken({
        installation_id: id,
        permissions: { contents: 'write' },
      }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('refuses an app that another key speaks for, or that speaks too late', async () => {
    const { forge } = test;
    const pair = () =>
      generateKeyPairSync('rsa', {
        modulusLength: 2048,
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      }).privateKey;
    const [right, wrong] = [pair(), pair()];
    forge.admin.createApp({
      id: 10,
      slug: 'keyed',
      owner: 'acme',
      privateKey: right,
    });
    const ask = async (key: string, expires: number) => {
      const now = Math.floor(Date.now() / 1000);
      const jwt = await new SignJWT()
        .setProtectedHeader({ alg: 'RS256' })
        .setIssuer('10')
        .setIssuedAt(now - 30)
        .setExpirationTime(now + expires)
        .sign(createPrivateKey(key));
      return (await call('/app', { authorization: `Bearer ${jwt}` })).status;
    };
    expect(await ask(right, 300)).toBe(200);
    expect(await ask(wrong, 300)).toBe(401);
    expect(await ask(right, -120)).toBe(401);
    expect(await ask(right, 7200)).toBe(401);
  });
});
