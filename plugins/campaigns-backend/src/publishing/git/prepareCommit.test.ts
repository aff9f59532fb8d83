import { RepositoryHead } from '@skein/plugin-campaigns-node';
import { mkdtempSync, readdirSync, rmSync } from 'fs';
import os from 'os';
import path from 'path';
import { borrowRepository } from '../../repositories/git';
import { git, GitServer } from '../../__testUtils__/GitServer';
import { prepareCommit } from './prepareCommit';

const lines = Array.from({ length: 20 }, (_, index) => `line ${index}\n`);
const original = lines.join('');
const changed = original.replace('line 10', 'LINE TEN');

describe('prepareCommit', () => {
  let server: GitServer;
  let folder: string;
  let base: string;
  let gitDir: string;

  beforeEach(async () => {
    server = await GitServer.start();
    folder = mkdtempSync(path.join(os.tmpdir(), 'skein-commit-'));
    base = server.commit('warehouse', {
      'dbt/a.sql': original,
      'other/b.sql': 'select 1\n',
    });
    gitDir = server.gitDir('warehouse');
  });
  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const patchOf = (files: Record<string, string>) => {
    const commit = server.commit('warehouse', files, {
      branch: `work-${Math.random()}`,
      from: base,
    });
    const patch = git(gitDir, 'diff', '--binary', '--full-index', base, commit);
    return `${patch}\n`;
  };

  const prepare = async (
    patch: string,
    options: { head?: string; path?: string } = {},
  ) => {
    const head: RepositoryHead = {
      repository: { host: 'h', owner: 'o', name: 'n' },
      branch: 'main',
      commit: options.head ?? base,
      gitDir,
    };
    const borrowed = await borrowRepository(folder, gitDir);
    const prepared = await prepareCommit(borrowed.gitDir, {
      head,
      baseCommit: base,
      path: options.path ?? '',
      patch,
      message: 'Subject\n\nReason\n\nSkein-Target: 1\n',
      author: { name: 'skein[bot]', email: 'skein@example.com' },
      date: 1_790_000_000_123,
    });
    return {
      ...prepared,
      show: (...args: string[]) => git(borrowed.gitDir, ...args),
    };
  };

  it('gives the same commit for the same change, by the given author', async () => {
    const patch = patchOf({ 'dbt/a.sql': changed });
    const one = await prepare(patch);
    const other = await prepare(patch);
    expect(other.commit).toBe(one.commit);
    expect(one.paths).toEqual(['dbt/a.sql']);
    expect(one.show('cat-file', 'blob', `${one.commit}:dbt/a.sql`)).toBe(
      changed.trim(),
    );
    expect(
      one.show('log', '-1', '--format=%an <%ae> %cn %at %P%n%B', one.commit),
    ).toBe(
      `skein[bot] <skein@example.com> skein[bot] 1790000000 ${base}\nSubject\n\nReason\n\nSkein-Target: 1`,
    );
  });

  it('carries a change over to a branch that moved elsewhere, and in the same file', async () => {
    const patch = patchOf({ 'dbt/a.sql': changed });
    const head = server.commit('warehouse', {
      'dbt/a.sql': original.replace('line 1\n', 'line one\n'),
      'other/b.sql': 'select 2\n',
    });
    const { commit, show } = await prepare(patch, { head });
    expect(show('cat-file', 'blob', `${commit}:dbt/a.sql`)).toBe(
      changed.replace('line 1\n', 'line one\n').trim(),
    );
    expect(show('rev-parse', `${commit}^`)).toBe(head);
  });

  it('says which file conflicts where the branch moved in the same place', async () => {
    const patch = patchOf({ 'dbt/a.sql': changed });
    const head = server.commit('warehouse', {
      'dbt/a.sql': original.replace('line 10', 'line ten'),
    });
    await expect(prepare(patch, { head })).rejects.toThrow(
      /moved since the change was made, and it conflicts: dbt\/a\.sql; run the target again/,
    );
  });

  it('says so where the branch already holds the change', async () => {
    const patch = patchOf({ 'dbt/a.sql': changed });
    const head = server.commit('warehouse', { 'dbt/a.sql': changed });
    await expect(prepare(patch, { head })).rejects.toThrow(/already holds/);
  });

  it('refuses what leaves the target, and what decides what a forge runs', async () => {
    await expect(
      prepare(patchOf({ 'other/b.sql': 'select 3\n' }), { path: 'dbt' }),
    ).rejects.toThrow(/outside of its target 'dbt'/);
    await expect(
      prepare(patchOf({ '.github/workflows/x.yml': 'on: push\n' })),
    ).rejects.toThrow(/only a person/);
    await expect(
      prepare(patchOf({ 'docs/CODEOWNERS': '* @mallory\n' })),
    ).rejects.toThrow(/only a person/);
    const symlink = [
      'diff --git a/dbt/l b/dbt/l',
      'new file mode 120000',
      'index 0000000..3594e94',
      '--- /dev/null',
      '+++ b/dbt/l',
      '@@ -0,0 +1 @@',
      '+/etc/passwd',
      '\\ No newline at end of file',
      '',
    ].join('\n');
    await expect(prepare(symlink)).rejects.toThrow(/no regular file/);
  });

  it.each(['../../escape', '.git/hooks/post-commit', '/etc/escape'])(
    'refuses a patch that writes to %s',
    async file => {
      const patch = [
        `diff --git a/x b/x`,
        'new file mode 100644',
        '--- /dev/null',
        `+++ b/${file}`,
        '@@ -0,0 +1 @@',
        '+x',
        '',
      ].join('\n');
      await expect(prepare(patch)).rejects.toThrow(/does not apply/);
      expect(readdirSync(path.dirname(folder))).not.toContain('escape');
    },
  );

  it('refuses text that is no patch', async () => {
    await expect(prepare('rm -rf /\n')).rejects.toThrow(/does not apply/);
    await expect(prepare('')).rejects.toThrow(/does not apply/);
  });
});
