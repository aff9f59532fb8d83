import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { Forge } from '@skein/plugin-campaigns-node';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'fs';
import { once } from 'events';
import { createServer } from 'http';
import { AddressInfo } from 'net';
import os from 'os';
import path from 'path';
import { buffer } from 'stream/consumers';
import { git, GitServer } from '../__testUtils__/GitServer';
import { Forges } from './Forges';
import { RepositoryMirrors } from './RepositoryMirrors';

async function untilEmpty(folder: string): Promise<void> {
  while (readdirSync(folder).length > 0) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

describe('RepositoryMirrors', () => {
  let server: GitServer;
  let workingDirectory: string;
  let repository: RepositoryRef;
  let gitHost: string;
  let defaultBranch: string;
  let getRepository: jest.Mock;

  beforeEach(async () => {
    server = await GitServer.start();
    gitHost = server.host;
    workingDirectory = mkdtempSync(path.join(os.tmpdir(), 'skein-mirrors-'));
    repository = { host: server.host, owner: 'acme', name: 'warehouse' };
    defaultBranch = 'main';
    getRepository = jest.fn(async (ref: RepositoryRef) => {
      if (ref.name === 'gone') throw new NotFoundError('No such repository');
      return { repository: ref, defaultBranch, archived: false, url: '' };
    });
  });
  afterEach(async () => {
    await server.stop();
    rmSync(workingDirectory, { recursive: true, force: true });
  });

  const mirrors = (freshMilliseconds?: number, diskBytes?: number) =>
    RepositoryMirrors.create({
      diskBytes,
      forges: Forges.create([
        {
          handles: (host: string) => host === server.host,
          getRepository,
          getGitAccess: async (ref: RepositoryRef) => ({
            url: `http://${gitHost}/${ref.owner}/${ref.name}.git`,
            username: 'git',
            password: server.password,
          }),
        } as Partial<Forge> as Forge,
      ]),
      logger: mockServices.logger.mock(),
      workingDirectory,
      freshMilliseconds,
    });

  const fetches = () =>
    server.requests.filter(each => each.includes('info/refs')).length;

  it('reads texts at the head and leaves out what is not a text file', async () => {
    const commit = server.commit('acme/warehouse', {
      'models/a.sql': 'select 1\n',
      'models/ü name.sql': 'select 2\n',
      'logo.png': Buffer.from([0x89, 0, 1]),
      'latin1.txt': Buffer.from([0xe9, 0x20]),
      'big.csv': 'x'.repeat(1024 * 1024 + 1),
      'empty.txt': '',
    });
    const source = await mirrors();

    const head = await source.head(repository);

    expect(head).toMatchObject({ branch: 'main', commit, repository });
    expect(await source.listFiles(head, { path: 'models' })).toEqual([
      { path: 'models/a.sql', size: 9 },
      { path: 'models/ü name.sql', size: 9 },
    ]);
    const texts = await source.readFiles(head, [
      'models/a.sql',
      'models/ü name.sql',
      'logo.png',
      'latin1.txt',
      'big.csv',
      'empty.txt',
      'nowhere.sql',
      '--help',
    ]);
    expect(Object.fromEntries(texts)).toEqual({
      'models/a.sql': 'select 1\n',
      'models/ü name.sql': 'select 2\n',
      'empty.txt': '',
    });
  });

  it('fetches once for many callers, not again at once, and again when forced', async () => {
    server.commit('acme/warehouse', { a: '1' });
    const source = await mirrors(60_000);
    await Promise.all([1, 2, 3].map(() => source.head(repository)));
    expect(fetches()).toBe(1);

    const commit = server.commit('acme/warehouse', { a: '2' });
    expect((await source.head(repository)).commit).not.toBe(commit);
    expect((await source.head(repository, { force: true })).commit).toBe(
      commit,
    );
    expect(fetches()).toBe(2);
    expect(getRepository).toHaveBeenCalledTimes(1);
  });

  it('follows a default branch that was renamed or rewritten', async () => {
    server.commit('acme/warehouse', { a: '1' });
    const source = await mirrors(0);
    await source.head(repository);

    const bare = server.gitDir('acme/warehouse');
    git(bare, 'branch', '-m', 'main', 'trunk');
    defaultBranch = 'trunk';
    expect(await source.head(repository)).toMatchObject({ branch: 'trunk' });

    const rewritten = server.commit(
      'acme/warehouse',
      { b: '1' },
      { branch: 'other', from: 'nothing' },
    );
    git(bare, 'update-ref', 'refs/heads/trunk', rewritten);
    expect(await source.head(repository)).toMatchObject({ commit: rewritten });
  });

  it('serves two processes that share a folder', async () => {
    server.commit('acme/warehouse', { a: '1' });
    const [one, other] = [await mirrors(0), await mirrors(0)];
    for (let round = 0; round < 3; round++) {
      const commit = server.commit('acme/warehouse', { a: `${round + 2}` });
      const heads = await Promise.all([
        one.head(repository),
        other.head(repository),
      ]);
      expect(heads.map(head => head.commit)).toEqual([commit, commit]);
    }
  });

  it('bundles one parentless commit as refs/heads/source, the same each time', async () => {
    server.commit('acme/warehouse', { a: '1' });
    const commit = server.commit('acme/warehouse', { b: '2' });
    const source = await mirrors();
    const head = await source.head(repository);

    const bundles = await Promise.all(
      [1, 2, 3].map(async () => buffer(await source.bundle(head))),
    );
    const clone = path.join(workingDirectory, 'clone');
    const ids = bundles.map((bundle, index) => {
      const file = path.join(workingDirectory, `${index}.bundle`);
      writeFileSync(file, bundle);
      return git(workingDirectory, 'bundle', 'list-heads', file);
    });
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f]{40} refs\/heads\/source$/);

    git(
      workingDirectory,
      'clone',
      '--quiet',
      '--branch=source',
      path.join(workingDirectory, '0.bundle'),
      clone,
    );
    expect(git(clone, 'rev-list', '--count', 'HEAD')).toBe('1');
    expect(git(clone, 'rev-parse', 'HEAD^{tree}')).toBe(
      git(server.gitDir('acme/warehouse'), 'rev-parse', `${commit}^{tree}`),
    );
    await untilEmpty(source.temporaryDirectory);
  });

  it('cleans up after a bundle that nobody reads to its end', async () => {
    server.commit('acme/warehouse', { a: '1' });
    const source = await mirrors();
    const stream = await source.bundle(await source.head(repository));
    stream.destroy();
    await new Promise(resolve => stream.once('close', resolve));
    await untilEmpty(source.temporaryDirectory);
    expect(readdirSync(source.temporaryDirectory)).toEqual([]);
  });

  it('fetches no history until somebody needs it', async () => {
    const first = server.commit('acme/warehouse', { a: '1' });
    server.commit('acme/warehouse', { a: '2' });
    const source = await mirrors(60_000);
    const { gitDir, commit } = await source.head(repository, {
      history: false,
    });
    const count = () => git(gitDir, 'rev-list', '--count', commit);
    expect(count()).toBe('1');

    expect((await source.head(repository)).commit).toBe(commit);
    expect(count()).toBe('2');
    const older = { ...(await source.head(repository)), commit: first };
    expect((await source.readFiles(older, ['a'])).get('a')).toBe('1');

    server.commit('acme/warehouse', { a: '3' });
    const newest = await source.head(repository, {
      history: false,
      freshMilliseconds: 0,
    });
    expect(git(gitDir, 'rev-list', '--count', newest.commit)).toBe('3');
  });

  it('keeps to its disk budget, and brings back what went', async () => {
    server.commit('acme/warehouse', { a: 'x'.repeat(1_000) });
    server.commit('acme/web', { a: 'y'.repeat(1_000) });
    const source = await mirrors(60_000, 1);
    const web = { ...repository, name: 'web' };
    const { gitDir } = await source.head(web, { holdMilliseconds: 0 });
    await source.head(repository);
    while (existsSync(gitDir)) {
      await new Promise(resolve => setImmediate(resolve));
    }

    const head = await source.head(web);
    expect((await source.readFiles(head, ['a'])).get('a')).toMatch(/^y+$/);
    expect(
      (await source.readFiles(await source.head(repository), ['a'])).size,
    ).toBe(1);
  });

  it('says NotFoundError where the forge has no such repository or no source', async () => {
    const source = await mirrors();
    await expect(source.head({ ...repository, name: 'gone' })).rejects.toThrow(
      NotFoundError,
    );
    await expect(
      source.head({ ...repository, name: 'unknown-to-git' }),
    ).rejects.toThrow(NotFoundError);
    await expect(
      source.head({ ...repository, host: 'elsewhere.example.com' }),
    ).rejects.toThrow(/integrations/);
  });

  it('refuses names that would leave its folder, and branches that are options', async () => {
    const source = await mirrors();
    for (const name of ['..', '.', 'a/b', '']) {
      await expect(source.head({ ...repository, name })).rejects.toThrow(
        /is not a repository/,
      );
    }
    defaultBranch = '--upload-pack=touch';
    await expect(source.head(repository)).rejects.toThrow(/not a branch name/);
  });

  it.each(['HEAD', 'objects'])(
    'makes a mirror anew whose %s is damaged',
    async part => {
      server.commit('acme/warehouse', { a: '1' });
      const { gitDir } = await (await mirrors()).head(repository);
      const commit = server.commit('acme/warehouse', { a: '2' });
      rmSync(path.join(gitDir, part), { recursive: true });
      if (part === 'HEAD') writeFileSync(path.join(gitDir, part), 'nonsense');
      const source = await mirrors();
      const head = await source.head(repository);
      expect(head.commit).toBe(commit);
      expect((await source.readFiles(head, ['a'])).get('a')).toBe('2');
    },
  );

  it('makes a mirror anew whose packs are damaged', async () => {
    server.commit('acme/warehouse', { a: '1' });
    const { gitDir } = await (await mirrors()).head(repository);
    const commit = server.commit('acme/warehouse', { a: '2' });
    const objects = path.join(gitDir, 'objects');
    for (const file of readdirSync(objects, {
      recursive: true,
      withFileTypes: true,
    })) {
      const damaged = path.join(file.parentPath, file.name);
      if (file.isFile()) {
        rmSync(damaged);
        writeFileSync(damaged, 'damaged');
      }
    }
    const source = await mirrors();
    const head = await source.head(repository);
    expect(head.commit).toBe(commit);
    expect((await source.readFiles(head, ['a'])).get('a')).toBe('2');
  });

  it('keeps credentials out of every file', async () => {
    server.commit('acme/warehouse', { a: '1' });
    const source = await mirrors();
    const { gitDir } = await source.head(repository);
    const encoded = Buffer.from(`git:${server.password}`).toString('base64');
    for (const file of readdirSync(gitDir, {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!file.isFile()) continue;
      const text = readFileSync(
        path.join(file.parentPath, file.name),
        'latin1',
      );
      expect(text.includes(server.password) || text.includes(encoded)).toBe(
        false,
      );
    }
  });

  it('takes credentials to no other host than that of the forge', async () => {
    server.commit('acme/warehouse', { a: '1' });
    const redirect = createServer((request, response) => {
      response.writeHead(302, {
        location: `http://${server.host}${request.url}`,
      });
      response.end();
    });
    redirect.listen(0, '127.0.0.1');
    await once(redirect, 'listening');
    try {
      gitHost = `127.0.0.1:${(redirect.address() as AddressInfo).port}`;
      const source = await mirrors();
      await expect(source.head(repository)).rejects.toThrow(/redirect|302/);
      expect(server.requests).toEqual([]);
    } finally {
      redirect.closeAllConnections();
      redirect.close();
    }
  });
});
