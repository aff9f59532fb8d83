import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { listTree } from './readTree';

describe('listTree', () => {
  let gitDir: string;
  beforeEach(() => {
    gitDir = mkdtempSync(join(tmpdir(), 'tree-'));
  });
  afterEach(() => rmSync(gitDir, { recursive: true }));

  const git = (input: string, ...args: string[]) =>
    execFileSync('git', ['--git-dir', gitDir, ...args], {
      input,
      encoding: 'utf8',
      env: {
        ...process.env,
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@example.com',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@example.com',
      },
    }).trim();

  it('leaves out what has a path that no system can check out', async () => {
    git('', 'init', '--quiet', '--bare');
    const blob = git('a\n', 'hash-object', '-w', '--stdin');
    const names = ['a.sql', 'b'.repeat(200), 'c'.repeat(5_000)];
    const tree = git(
      names.map(name => `100644 blob ${blob}\t${name}\n`).join(''),
      'mktree',
    );
    const commit = git('', 'commit-tree', tree, '-m', 'a');
    const entries = await listTree({
      gitDir,
      commit,
      repository: { host: 'h', owner: 'o', name: 'n' },
      branch: 'main',
    });
    expect(entries.map(({ path }) => path)).toEqual(names.slice(0, 2));
  });
});
