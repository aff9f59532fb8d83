import { startForge, TestForge } from '../__testUtils__/startForge';
import { markdown, markup } from './markup';

describe('web pages', () => {
  let test: TestForge;
  const repo = { owner: 'acme', repo: 'pipelines' };
  const page = async (path: string) => {
    const response = await fetch(`${test.forge.url}${path}`);
    return { status: response.status, text: await response.text(), response };
  };
  const press = (path: string, headers = {}, body = '') =>
    fetch(`${test.forge.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        origin: test.forge.url,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body,
    });

  beforeAll(async () => {
    test = await startForge();
    const { alice } = test;
    await test.forge.admin.createRepository({
      owner: 'acme',
      name: 'pipelines',
      commits: [
        {
          message: 'Begin',
          files: {
            'README.md': '# Pipelines\n\n<script>alert(1)</script>',
            'sql/a <b>.sql': 'SELECT 1\nFROM user_data.users_v1\n',
          },
        },
      ],
    });
    const main = await alice.rest.git.getRef({ ...repo, ref: 'heads/main' });
    for (const branch of ['skein/retire', 'other']) {
      await alice.rest.git.createRef({
        ...repo,
        ref: `refs/heads/${branch}`,
        sha: main.data.object.sha,
      });
      await alice.rest.repos.createOrUpdateFileContents({
        ...repo,
        path: `${branch.replace('/', '-')}.sql`,
        branch,
        message: 'Change',
        content: Buffer.from('SELECT "<img src=x>"\n').toString('base64'),
      });
      await alice.rest.pulls.create({
        ...repo,
        head: branch,
        base: 'main',
        title: 'Retire <b>users_v1</b>',
        body: '**Why** [x](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n- [x] done',
      });
    }
  });
  afterAll(() => test.stop());

  it('shows a pull request with everything hostile made harmless', async () => {
    const { status, text, response } = await page('/acme/pipelines/pull/1');
    expect(status).toBe(200);
    expect(text).toContain('Retire &lt;b&gt;users_v1&lt;/b&gt;');
    expect(text).toContain('<strong>Why</strong>');
    expect(text).toContain('SELECT &quot;&lt;img src=x&gt;&quot;');
    expect(text).toContain('Merge pull request');
    expect(text).not.toMatch(/<script|onerror|javascript:|<img src=x/);
    expect(response.headers.get('content-security-policy')).toContain(
      "default-src 'none'",
    );
  });

  it('leads every html_url of the API to a page', async () => {
    const { alice } = test;
    const { data: pull } = await alice.rest.pulls.get({
      ...repo,
      pull_number: 1,
    });
    const { data: files } = await alice.rest.pulls.listFiles({
      ...repo,
      pull_number: 1,
    });
    const { data: found } = await alice.rest.search.code({
      q: 'users_v1 org:acme',
    });
    expect(found.total_count).toBe(1);
    const addresses = [
      pull.html_url,
      pull.diff_url,
      pull.user.html_url,
      pull.base.repo.html_url,
      files[0].blob_url,
      files[0].raw_url,
      found.items[0].html_url,
      `${test.forge.url}/acme/pipelines/blob/skein/retire/skein-retire.sql#L1`,
      `${test.forge.url}/acme/pipelines/tree/main/sql`,
      `${test.forge.url}/acme/pipelines/pulls`,
      `${test.forge.url}/acme/pipelines/commit/${pull.head.sha}`,
      `${test.forge.url}/acme/pipelines/compare/main...other`,
      pull.user.avatar_url,
      `${test.forge.url}/acme/pipelines/issues/1`,
      `${pull.html_url}/commits/${pull.head.sha}`,
      `${test.forge.url}/orgs/acme/teams/data`,
    ];
    for (const address of addresses) {
      expect([address, (await fetch(address)).status]).toEqual([address, 200]);
    }
    expect((await page('/acme/nothing')).status).toBe(404);
    expect((await page('/acme/pipelines/pull/99')).status).toBe(404);
    const blob = await fetch(found.items[0].html_url);
    expect(await blob.text()).toContain('<tr id="L2">');
  });

  it('comments, closes, reopens and merges as the development user', async () => {
    const { alice } = test;
    const get = async () =>
      (await alice.rest.pulls.get({ ...repo, pull_number: 1 })).data;
    const comment = await press(
      '/acme/pipelines/pull/1/comment',
      {},
      'body=Nice',
    );
    expect(comment.status).toBe(303);
    expect(comment.headers.get('location')).toBe('/acme/pipelines/pull/1');
    expect((await get()).comments).toBe(1);
    await press('/acme/pipelines/pull/1/close');
    expect((await get()).state).toBe('closed');
    await press('/acme/pipelines/pull/1/reopen');
    await press('/acme/pipelines/pull/1/approve');
    await press('/acme/pipelines/pull/1/merge');
    expect(await get()).toMatchObject({
      merged: true,
      merged_by: { login: 'owner' },
    });
    const again = await press('/acme/pipelines/pull/1/merge');
    expect(again.status).toBe(405);
    expect(await again.text()).toContain('Pull Request is not mergeable');
  });

  it('takes no orders from other sites', async () => {
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
    ]) {
      const response = await press('/acme/pipelines/pull/2/merge', headers);
      expect(response.status).toBe(403);
    }
    const { data } = await test.alice.rest.pulls.get({
      ...repo,
      pull_number: 2,
    });
    expect(data.merged).toBe(false);
  });
});

describe('markup', () => {
  it('escapes values and keeps markup', () => {
    expect(
      markup`<p title="${'"'}">${['<', markup`<b>${1}</b>`]}</p>`.text,
    ).toBe('<p title="&quot;">&lt;<b>1</b></p>');
  });

  it('renders markdown without what could run', () => {
    const { text } = markdown(
      '<iframe src=x></iframe>\n\n| a |\n|---|\n| `b` |\n\n[m](mailto:a@b.c) [d](data:text/html,x)',
    );
    expect(text).toContain('<table>');
    expect(text).toContain('href="mailto:a@b.c"');
    expect(text).not.toMatch(/iframe|data:/);
  });
});
