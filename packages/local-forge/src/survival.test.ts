import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Octokit } from 'octokit';

describe('the forge as a process of its own', () => {
  let directory: string;
  let child: ChildProcess | undefined;
  let url: string;
  const repo = { owner: 'acme', repo: 'pipelines' };
  const adminToken = 'admin-of-this-test';

  /** All that it printed since it was last started. */
  let printed: string;

  async function start(
    env: NodeJS.ProcessEnv = { LOCAL_FORGE_ADMIN_TOKEN: adminToken },
  ): Promise<Octokit> {
    printed = '';
    child = spawn(
      process.execPath,
      [
        resolve(__dirname, '../bin/local-forge'),
        ...['--directory', join(directory, 'forge')],
        ...['--port', '0'],
        ...['--config', join(directory, 'config.json')],
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...env },
      },
    );
    const print = (chunk: Buffer) => {
      printed += chunk;
    };
    child.stdout!.on('data', print);
    child.stderr!.on('data', print);
    const lines = createInterface({ input: child.stdout! });
    const line = await new Promise<string>((found, failed) => {
      lines.once('line', found);
      child!.once('exit', code => failed(new Error(`ended with ${code}`)));
    });
    url = JSON.parse(line).url;
    return new Octokit({
      auth: 'ghp_alice',
      baseUrl: `${url}/api/v3`,
      throttle: { enabled: false },
      retry: { enabled: false },
    });
  }

  async function kill(): Promise<void> {
    const ended = new Promise(done => child!.once('exit', done));
    child!.kill('SIGKILL');
    await ended;
  }

  const admin = (path: string, body?: object, token = adminToken) =>
    fetch(`${url}/_admin${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-forge-'));
    await writeFile(
      join(directory, 'config.json'),
      JSON.stringify({
        organizations: [{ login: 'acme' }],
        users: [
          {
            login: 'alice',
            organizations: { acme: 'admin' },
            token: 'ghp_alice',
          },
        ],
        repositories: [
          {
            owner: 'acme',
            name: 'pipelines',
            commits: [{ message: 'Begin', files: { 'a.sql': 'SELECT 1\n' } }],
          },
        ],
      }),
    );
  });
  afterEach(async () => {
    if (child?.exitCode === null && child.signalCode === null) {
      await kill();
    }
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('goes on after SIGKILL at any moment with nothing half done', async () => {
    let alice = await start();
    const main = (await alice.rest.git.getRef({ ...repo, ref: 'heads/main' }))
      .data.object.sha;
    for (const name of ['one', 'two', 'three', 'four']) {
      await alice.rest.git.createRef({
        ...repo,
        ref: `refs/heads/${name}`,
        sha: main,
      });
      await alice.rest.repos.createOrUpdateFileContents({
        ...repo,
        path: `${name}.sql`,
        branch: name,
        message: name,
        content: Buffer.from(name).toString('base64'),
      });
      await alice.rest.pulls.create({
        ...repo,
        head: name,
        base: 'main',
        title: name,
      });
    }
    // Each time killed a little later into a merge that nobody waits for.
    for (const [number, pause] of [
      [1, 1],
      [2, 15],
      [3, 30],
      [4, 60],
    ]) {
      const merging = alice.rest.pulls
        .merge({ ...repo, pull_number: number, merge_method: 'squash' })
        .catch(() => undefined);
      await new Promise(done => setTimeout(done, pause));
      await kill();
      await merging;
      alice = await start();
      const { data: pull } = await alice.rest.pulls.get({
        ...repo,
        pull_number: number,
      });
      const log = await alice.rest.repos.listCommits(repo);
      const landed = log.data.filter(({ commit }) =>
        commit.message.endsWith(`(#${number})`),
      );
      expect(landed).toHaveLength(pull.merged ? 1 : 0);
      if (!pull.merged) {
        await alice.rest.pulls.merge({
          ...repo,
          pull_number: number,
          merge_method: 'squash',
        });
      }
    }
    const tree = await alice.rest.git.getTree({ ...repo, tree_sha: 'main' });
    expect(tree.data.tree.map(({ path }) => path)).toEqual([
      'a.sql',
      'four.sql',
      'one.sql',
      'three.sql',
      'two.sql',
    ]);
  });

  it('is driven over HTTP by those who have the admin token', async () => {
    await start();
    expect((await admin('/behaviour', undefined, 'wrong')).status).toBe(401);
    const made = await admin('/repositories', {
      owner: 'acme',
      name: 'second',
      commits: [{ message: 'Begin', files: { x: 'y' } }],
    });
    expect(await made.json()).toMatchObject({ fullName: 'acme/second' });
    const twice = await admin('/repositories', {
      owner: 'acme',
      name: 'second',
    });
    expect(twice.status).toBe(409);
    const { token } = await (await admin('/tokens', { user: 'alice' })).json();
    await admin('/behaviour', { serverErrors: { next: 1, status: 503 } });
    const get = () =>
      fetch(`${url}/api/v3/repos/acme/second`, {
        headers: { authorization: `token ${token}` },
      });
    expect((await get()).status).toBe(503);
    expect((await get()).status).toBe(200);
    const counters = await (await admin('/counters')).json();
    expect(counters['GET /repos/:owner/:repo']).toBe(1);
    expect(await (await admin('/deliveries')).json()).toEqual([]);
  });

  it('prints no token that opens it: where none is given, its owner alone may read one', async () => {
    await start();
    expect(JSON.parse(printed)).toEqual({ url });
    await kill();
    await start({ LOCAL_FORGE_ADMIN_TOKEN: undefined });
    const file = join(directory, 'forge', 'admin-token');
    const token = (await readFile(file, 'utf8')).trim();
    expect((await stat(file)).mode % 0o1000).toBe(0o600);
    expect((await admin('/behaviour', undefined, token)).status).toBe(200);
    expect(JSON.parse(printed)).toEqual({ url });
  });

  it('says how it is to be called', async () => {
    const bad = spawn(process.execPath, [
      resolve(__dirname, '../bin/local-forge'),
      '--port',
      'x',
    ]);
    let text = '';
    bad.stderr.on('data', chunk => {
      text += chunk;
    });
    expect(await new Promise(done => bad.once('close', done))).toBe(1);
    expect(text).toContain('Usage: local-forge --directory DIR');
  });
});
