import { startForge, TestForge } from '../../__testUtils__/startForge';

describe('pull requests', () => {
  let test: TestForge;
  let counter = 0;

  beforeAll(async () => {
    test = await startForge();
  });
  afterAll(() => test.stop());

  /** A repository of its own, and helpers that speak of it. */
  async function repository(settings = {}) {
    const name = `repo-${++counter}`;
    await test.forge.admin.createRepository({
      owner: 'acme',
      name,
      settings,
      commits: [
        {
          message: 'Begin',
          files: { 'a.sql': 'one\ntwo\nthree\n', 'b.sql': 'b\n' },
        },
      ],
    });
    const repo = { owner: 'acme', repo: name };
    const { alice, bob } = test;
    const head = async (branch: string) =>
      (await alice.rest.git.getRef({ ...repo, ref: `heads/${branch}` })).data
        .object.sha;
    const branch = async (to: string, from = 'main') =>
      alice.rest.git.createRef({
        ...repo,
        ref: `refs/heads/${to}`,
        sha: await head(from),
      });
    const write = async (on: string, path: string, content: string) => {
      const old: any = await alice.rest.repos
        .getContent({ ...repo, path, ref: on })
        .catch(() => undefined);
      return alice.rest.repos.createOrUpdateFileContents({
        ...repo,
        path,
        branch: on,
        message: `Write ${path}`,
        sha: old?.data.sha,
        content: Buffer.from(content).toString('base64'),
      });
    };
    const open = async (from: string, options = {}) =>
      (
        await alice.rest.pulls.create({
          ...repo,
          head: from,
          base: 'main',
          title: `From ${from}`,
          ...options,
        })
      ).data;
    const get = async (number = 1) =>
      (await alice.rest.pulls.get({ ...repo, pull_number: number })).data;
    return { repo, alice, bob, head, branch, write, open, get };
  }

  it.each([
    [{ head: 'nowhere' }, [{ field: 'head', code: 'invalid' }]],
    [{ head: 'stranger:main' }, [{ field: 'head', code: 'invalid' }]],
    [{ base: 'nowhere' }, [{ field: 'base', code: 'invalid' }]],
    [
      { head: 'same' },
      [{ code: 'custom', message: 'No commits between main and same' }],
    ],
    [{ title: '' }, [{ field: 'title', code: 'missing_field' }]],
    [{ title: 'x'.repeat(257) }, [{ field: 'title', code: 'custom' }]],
  ])('refuses to open %j', async (options, errors) => {
    const { branch, open } = await repository();
    await branch('same');
    await expect(open('same', options)).rejects.toMatchObject({
      status: 422,
      response: { data: { message: 'Validation Failed', errors } },
    });
  });

  it('opens one of two at once', async () => {
    const { branch, write, open } = await repository();
    await branch('x');
    await write('x', 'c.sql', 'c');
    const outcomes = await Promise.allSettled([
      open('x'),
      open('x'),
      open('x'),
    ]);
    expect(
      outcomes.filter(({ status }) => status === 'fulfilled'),
    ).toHaveLength(1);
  });

  it.each(['merge', 'squash', 'rebase'] as const)(
    'merges by %s',
    async method => {
      const { repo, alice, branch, write, open, get, head } = await repository({
        deleteBranchOnMerge: true,
      });
      await branch('x');
      await write('x', 'c.sql', 'c\n');
      await write('x', 'd.sql', 'd\n');
      await write('main', 'e.sql', 'e\n');
      await open('x');
      const { data } = await alice.rest.pulls.merge({
        ...repo,
        pull_number: 1,
        merge_method: method,
      });
      expect(await head('main')).toBe(data.sha);
      const commits = await alice.rest.repos.listCommits(repo);
      expect(commits.data.map(({ parents }) => parents.length)).toEqual(
        { merge: [2, 1, 1, 1, 0], squash: [1, 1, 0], rebase: [1, 1, 1, 0] }[
          method
        ],
      );
      const tree = await alice.rest.git.getTree({ ...repo, tree_sha: 'main' });
      expect(tree.data.tree.map(({ path }) => path)).toEqual([
        'a.sql',
        'b.sql',
        'c.sql',
        'd.sql',
        'e.sql',
      ]);
      expect(await get()).toMatchObject({
        merged: true,
        changed_files: 2,
        commits: 2,
      });
      await expect(head('x')).rejects.toMatchObject({ status: 404 });
      await expect(
        alice.rest.pulls.merge({ ...repo, pull_number: 1 }),
      ).rejects.toMatchObject({ status: 405 });
    },
  );

  it('finds a conflict, refuses to merge it, and is clean again after it is resolved', async () => {
    const { repo, alice, branch, write, open, get } = await repository();
    await branch('x');
    await write('x', 'a.sql', 'ONE\ntwo\nthree\n');
    await open('x');
    expect(await get()).toMatchObject({
      mergeable: true,
      mergeable_state: 'clean',
    });
    await write('main', 'a.sql', 'uno\ntwo\nthree\n');
    expect(await get()).toMatchObject({
      mergeable: false,
      mergeable_state: 'dirty',
    });
    await expect(
      alice.rest.pulls.merge({ ...repo, pull_number: 1 }),
    ).rejects.toMatchObject({
      status: 405,
      response: { data: { message: 'Pull Request is not mergeable' } },
    });
    await expect(
      alice.rest.pulls.updateBranch({ ...repo, pull_number: 1 }),
    ).rejects.toMatchObject({ status: 422 });
    await write('main', 'a.sql', 'one\ntwo\nthree\n');
    expect(await get()).toMatchObject({ mergeable: true });
    await alice.rest.pulls.updateBranch({ ...repo, pull_number: 1 });
    expect(await get()).toMatchObject({ commits: 2, changed_files: 1 });
  });

  it('asks for approvals and checks where the repository does', async () => {
    const { repo, alice, bob, branch, write, open, get } = await repository({
      requiredApprovals: 1,
      requiredChecks: ['build'],
    });
    await branch('x');
    await write('x', 'c.sql', 'c');
    const pull = await open('x');
    const merge = () => alice.rest.pulls.merge({ ...repo, pull_number: 1 });
    expect((await get()).mergeable_state).toBe('blocked');
    await expect(merge()).rejects.toThrow('At least 1 approving review');
    await expect(
      alice.rest.pulls.createReview({
        ...repo,
        pull_number: 1,
        event: 'APPROVE',
      }),
    ).rejects.toThrow('Can not approve your own pull request');
    await bob.rest.pulls.createReview({
      ...repo,
      pull_number: 1,
      event: 'APPROVE',
    });
    await expect(merge()).rejects.toThrow('"build" is expected');
    await bob.rest.repos.createCommitStatus({
      ...repo,
      sha: pull.head.sha,
      context: 'build',
      state: 'success',
    });
    expect((await get()).mergeable_state).toBe('clean');
    await merge();
  });

  it('refuses methods the repository does not allow, and drafts', async () => {
    const { repo, alice, branch, write, open } = await repository({
      allowRebaseMerge: false,
    });
    await branch('x');
    await write('x', 'c.sql', 'c');
    await open('x', { draft: true });
    const merge = (method: 'merge' | 'rebase') =>
      alice.rest.pulls.merge({ ...repo, pull_number: 1, merge_method: method });
    await expect(merge('rebase')).rejects.toThrow(
      'Rebase merges are not allowed on this repository.',
    );
    await expect(merge('merge')).rejects.toThrow('still a draft');
  });

  it('closes with its branch, reopens only while the branch is there', async () => {
    const { repo, alice, branch, write, open, get } = await repository();
    await branch('x');
    await write('x', 'c.sql', 'c');
    const { head } = await open('x');
    await alice.rest.git.deleteRef({ ...repo, ref: 'heads/x' });
    expect((await get()).state).toBe('closed');
    const reopen = () =>
      alice.rest.pulls.update({ ...repo, pull_number: 1, state: 'open' });
    await expect(reopen()).rejects.toMatchObject({ status: 422 });
    await alice.rest.git.createRef({
      ...repo,
      ref: 'refs/heads/x',
      sha: head.sha,
    });
    expect((await reopen()).data.state).toBe('open');
  });

  it('counts as merged when its head is pushed to the base', async () => {
    const { repo, alice, branch, write, open, get, head } = await repository();
    await branch('x');
    await write('x', 'c.sql', 'c');
    await open('x');
    await alice.rest.git.updateRef({
      ...repo,
      ref: 'heads/main',
      sha: await head('x'),
    });
    expect(await get()).toMatchObject({ merged: true, state: 'closed' });
  });

  it('moves refs forward only, unless forced', async () => {
    const { repo, alice, branch, write, head } = await repository();
    const start = await head('main');
    await branch('x');
    await write('x', 'c.sql', 'c');
    const update = (force: boolean) =>
      alice.rest.git.updateRef({ ...repo, ref: 'heads/x', sha: start, force });
    await expect(update(false)).rejects.toThrow('Update is not a fast forward');
    await update(true);
    expect(await head('x')).toBe(start);
    await expect(branch('x')).rejects.toThrow('Reference already exists');
  });

  it('asks only collaborators to review, and never the author', async () => {
    const { repo, alice, branch, write, open } = await repository();
    await branch('x');
    await write('x', 'c.sql', 'c');
    await open('x');
    const ask = (reviewers: string[]) =>
      alice.rest.pulls.requestReviewers({ ...repo, pull_number: 1, reviewers });
    await expect(ask(['stranger'])).rejects.toThrow('only be requested from');
    await expect(ask(['alice'])).rejects.toThrow('pull request author');
    expect((await ask(['bob'])).data.requested_reviewers).toMatchObject([
      { login: 'bob' },
    ]);
  });

  it('lists by head, base and state, in pages that link to each other', async () => {
    const { repo, alice, branch, write, open } = await repository();
    for (const name of ['p', 'q', 'r']) {
      await branch(name);
      await write(name, `${name}.sql`, name);
      await open(name);
    }
    await alice.rest.pulls.update({ ...repo, pull_number: 2, state: 'closed' });
    const numbers = async (options: object) =>
      (await alice.rest.pulls.list({ ...repo, ...options })).data.map(
        ({ number }) => number,
      );
    expect(await numbers({})).toEqual([3, 1]);
    expect(await numbers({ state: 'all', direction: 'asc' })).toEqual([
      1, 2, 3,
    ]);
    expect(await numbers({ state: 'closed' })).toEqual([2]);
    expect(await numbers({ head: 'acme:r' })).toEqual([3]);
    expect(await numbers({ head: 'acme:q' })).toEqual([]);
    expect(await numbers({ base: 'p' })).toEqual([]);
    expect(
      await alice.paginate(alice.rest.pulls.list, {
        ...repo,
        state: 'all',
        per_page: 2,
      }),
    ).toHaveLength(3);
    const page = await alice.rest.pulls.list({
      ...repo,
      state: 'all',
      per_page: 1,
      page: 2,
    });
    expect(page.headers.link).toMatch(
      /page=1>; rel="prev", .*page=3>; rel="next", .*page=3>; rel="last", .*page=1>; rel="first"/,
    );
  });

  it('gives the diff as text, and changed files with their patches', async () => {
    const { repo, alice, branch, write, open } = await repository();
    await branch('x');
    await write('x', 'a.sql', 'one\nTWO\nthree\n');
    await open('x');
    const diff = await alice.rest.pulls.get({
      ...repo,
      pull_number: 1,
      mediaType: { format: 'diff' },
    });
    expect(diff.data).toContain('-two\n+TWO\n');
    const files = await alice.rest.pulls.listFiles({ ...repo, pull_number: 1 });
    expect(files.data).toMatchObject([
      {
        filename: 'a.sql',
        status: 'modified',
        additions: 1,
        deletions: 1,
        patch: '@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three',
      },
    ]);
  });

  it('lets nobody write to an archived repository', async () => {
    const { repo, alice, branch, write, open } = await repository();
    await branch('x');
    await write('x', 'c.sql', 'c');
    await alice.rest.repos.update({ ...repo, archived: true });
    await expect(open('x')).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('archived'),
    });
  });
});
