import { startForge, TestForge, octokitFor } from '../__testUtils__/startForge';
import { createLocalForge, LocalForge } from '../createLocalForge';
import { Forge } from './Forge';
import { signatureOf } from './pulls/mergePull';

describe('a start after a stop in the middle of a write', () => {
  let test: TestForge;
  let again: LocalForge | undefined;
  const repo = { owner: 'acme', repo: 'pipelines' };

  beforeEach(async () => {
    test = await startForge();
    const { alice } = test;
    await test.forge.admin.createRepository({
      owner: 'acme',
      name: 'pipelines',
      commits: [{ message: 'Begin', files: { 'a.sql': 'SELECT 1\n' } }],
    });
    const main = await alice.rest.git.getRef({ ...repo, ref: 'heads/main' });
    await alice.rest.git.createRef({
      ...repo,
      ref: 'refs/heads/x',
      sha: main.data.object.sha,
    });
    await alice.rest.repos.createOrUpdateFileContents({
      ...repo,
      path: 'b.sql',
      branch: 'x',
      message: 'B',
      content: 'Yg==',
    });
    await alice.rest.pulls.create({
      ...repo,
      head: 'x',
      base: 'main',
      title: 'B',
    });
    await test.forge.close();
  });
  afterEach(async () => {
    await again?.close();
    await test.stop().catch(() => undefined);
  });

  /** Does what a process that was then killed had done, and starts a new one. */
  async function interrupted(work: (forge: Forge) => Promise<void>) {
    const forge = Forge.open(test.directory);
    await work(forge);
    await forge.close();
    again = await createLocalForge({ directory: test.directory });
    return octokitFor(again, test.tokens.alice);
  }

  const squash = async (forge: Forge, moveBase: boolean) => {
    const repository = forge.store.repository('acme', 'pipelines')!;
    const [pull] = forge.store.pulls.find();
    const bob = forge.store.account('bob')!;
    const git = forge.git(repository);
    const { tree } = await git.mergeTree(pull.baseSha, pull.headSha);
    const sha = await git.writeCommit({
      tree: tree!,
      parents: [pull.baseSha],
      author: signatureOf(bob),
      committer: signatureOf(bob),
      message: 'B (#1)',
    });
    forge.store.repositories.update(repository.id, { dirty: true });
    forge.store.pulls.update(pull.id, {
      mergingCommitSha: sha,
      mergingById: bob.id,
    });
    if (moveBase) {
      await git.updateRefs([{ ref: 'refs/heads/main', sha }]);
    }
    return sha;
  };

  it('finishes a squash whose commit had reached the base', async () => {
    let sha = '';
    const alice = await interrupted(async forge => {
      sha = await squash(forge, true);
    });
    const { data } = await alice.rest.pulls.get({ ...repo, pull_number: 1 });
    expect(data).toMatchObject({
      merged: true,
      merge_commit_sha: sha,
      merged_by: { login: 'bob' },
    });
  });

  it('leaves open what had not reached it, and merges it when asked again', async () => {
    const alice = await interrupted(async forge => {
      await squash(forge, false);
    });
    const get = async () =>
      (await alice.rest.pulls.get({ ...repo, pull_number: 1 })).data;
    expect(await get()).toMatchObject({
      merged: false,
      state: 'open',
      merged_by: null,
    });
    await alice.rest.pulls.merge({ ...repo, pull_number: 1 });
    expect(await get()).toMatchObject({
      merged: true,
      merged_by: { login: 'alice' },
    });
  });

  it('takes up a push that nobody had been told of', async () => {
    let sha = '';
    const alice = await interrupted(async forge => {
      const repository = forge.store.repository('acme', 'pipelines')!;
      forge.store.repositories.update(repository.id, { dirty: true });
      [sha] = await forge.git(repository).importHistory(
        'refs/heads/x',
        [
          {
            message: 'C',
            author: signatureOf(forge.store.account('bob')!),
            files: [{ path: 'c.sql', content: Buffer.from('c') }],
          },
        ],
        forge.branch(repository, 'x'),
      );
    });
    const { data } = await alice.rest.pulls.get({ ...repo, pull_number: 1 });
    expect(data.head.sha).toBe(sha);
    expect(data.commits).toBe(2);
  });

  it('removes a repository that was never finished', async () => {
    await interrupted(async forge => {
      const repository = forge.store.repository('acme', 'pipelines')!;
      const { id, ...rest } = repository;
      forge.store.repositories.insert({
        ...rest,
        name: 'half',
        lastNumber: 0,
        dirty: true,
      });
    });
    expect(again!.admin.hasRepository('acme', 'half')).toBe(false);
    await again!.admin.createRepository({ owner: 'acme', name: 'half' });
  });
});
