import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { importHistory, isTreePath } from '../git/importHistory';
import { GitRepository } from '../git/GitRepository';
import { Forge } from './Forge';
import { Admin } from '../admin/Admin';
import { NewRepository } from './repositories';

describe('repositories with a history', () => {
  let directory: string;
  let forge: Forge;
  let admin: Admin;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-forge-'));
    forge = Forge.open(join(directory, 'forge'));
    admin = new Admin(forge);
    admin.createOrganization({ login: 'acme' });
  });
  afterAll(async () => {
    await forge.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function folder(files: Record<string, string>): Promise<string> {
    const path = await mkdtemp(join(directory, 'files-'));
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), content);
    }
    return path;
  }

  async function history(request: Omit<NewRepository, 'owner'>) {
    const { id } = await admin.createRepository({ owner: 'acme', ...request });
    const git = (...args: string[]) =>
      execFileSync('git', [
        '--git-dir',
        forge.repositories.path(id),
        ...args,
      ]).toString();
    return git('log', '--reverse', '--format=%H')
      .trim()
      .split('\n')
      .map(sha => ({
        subject: git('log', '-1', '--format=%s|%an|%aI', sha).trim(),
        files: git('ls-tree', '-r', '--name-only', sha).trim().split('\n'),
      }));
  }

  it('spreads a folder over its commits, and ends with all of it', async () => {
    const path = await folder({
      'README.md': 'r',
      'models/a.sql': 'a',
      'models/b.sql': 'b',
      'tests/run.sh': '#!/bin/sh',
      '.git/config': 'not this',
    });
    await symlink('models/a.sql', join(path, 'link'));
    const commits = await history({
      name: 'spread',
      folder: path,
      commits: [
        {
          message: 'Begin',
          author: { name: 'Ann', email: 'ann@example.com' },
          date: '2023-01-02T03:04:05Z',
          paths: ['README.md'],
        },
        { message: 'Two', paths: ['tests/'], files: { 'old.sql': 'gone' } },
        { message: 'Three' },
      ],
    });
    expect(commits.map(({ files }) => files)).toEqual([
      ['README.md'],
      ['README.md', 'old.sql', 'tests/run.sh'],
      ['README.md', 'link', 'models/a.sql', 'models/b.sql', 'tests/run.sh'],
    ]);
    expect(commits[0].subject).toBe('Begin|Ann|2023-01-02T03:04:05+00:00');
  });

  it('gives a folder without commits a first one', async () => {
    const commits = await history({
      name: 'plain',
      folder: await folder({ a: '1', b: '2' }),
    });
    expect(commits).toMatchObject([{ files: ['a', 'b'] }]);
  });

  it('leaves nothing behind when a history cannot be written', async () => {
    await expect(
      history({
        name: 'broken',
        commits: [{ message: 'Bad', files: { '../escape': 'x' } }],
      }),
    ).rejects.toThrow('"../escape" cannot be a path in a repository');
    expect(admin.hasRepository('acme', 'broken')).toBe(false);
    await expect(
      history({ name: 'undated', commits: [{ message: 'x', date: 'soon' }] }),
    ).rejects.toThrow('"soon" is not a date');
    await history({
      name: 'broken',
      commits: [{ message: 'Good', files: { a: 'x' } }],
    });
    await expect(history({ name: 'BROKEN' })).rejects.toThrow(
      'is there already',
    );
  });

  it('writes any bytes under any path that git allows', async () => {
    const git = await GitRepository.init(join(directory, 'any.git'), 'main');
    const part = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter(text => isTreePath(text) && !/[/\uD800-\uDFFF]/.test(text));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(part, { minLength: 1, maxLength: 5 }),
        fc.uint8Array({ maxLength: 200 }),
        async (names, bytes) => {
          const content = Buffer.from(bytes);
          const files = names.map(name => ({ path: `d/${name}`, content }));
          const [sha] = await importHistory(
            git.directory,
            `refs/heads/run-${run++}`,
            [
              {
                message: 'Any',
                author: {
                  name: 'A <b>',
                  email: 'a@example.com',
                  date: '2024-01-01T00:00:00Z',
                },
                files,
              },
            ],
          );
          const folderEntry = await git.entry(sha, 'd');
          const entries = (await git.tree(folderEntry!.sha))!;
          expect(new Set(entries.map(({ path }) => path))).toEqual(
            new Set(names),
          );
          for (const entry of entries) {
            const blob = await git.object(entry.sha, 'blob');
            expect(blob!.content.equals(content)).toBe(true);
          }
        },
      ),
      { numRuns: 25 },
    );
    git.close();
  });
});
