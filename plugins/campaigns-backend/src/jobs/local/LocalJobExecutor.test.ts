import { mockServices } from '@backstage/backend-test-utils';
import { JobAttemptEnd, JobDefence } from '@skein/plugin-campaigns-node';
import { randomUUID } from 'crypto';
import { once } from 'events';
import express from 'express';
import { existsSync } from 'fs';
import {
  chmod,
  readdir,
  readFile,
  readlink,
  mkdtemp,
  rm,
  symlink,
  writeFile,
} from 'fs/promises';
import { AddressInfo, createServer } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { mayHaveControlGroups } from '../__testUtils__/controlGroups';
import { sandboxModes } from '../__testUtils__/sandboxModes';
import { JobProtocolServer } from './JobProtocolServer';
import { LocalJobExecutor, LocalJobExecutorOptions } from './LocalJobExecutor';
import { makeFolder } from './folders';
import { listProcesses, treeOf } from './processTree';
import { FilteredArchitecture, refusedCalls } from './seccompFilter';

const limits = {
  timeoutSeconds: 300,
  cpuSeconds: 30,
  memoryBytes: 300 * 1024 ** 2,
  outputBytes: 1024 ** 2,
};

/** Processes of this machine with a text in their command line. */
async function processesWith(text: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter(name =>
    /^\d+$/.test(name),
  )) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(
      () => '',
    );
    if (command.includes(text)) found.push(`${pid} ${command}`);
  }
  return found;
}

function findProgram(name: string): string {
  return process.env
    .PATH!.split(':')
    .map(folder => join(folder, name))
    .find(existsSync)!;
}

/** Waits, for as long as a kill takes to be carried out. */
async function noneLeft(text: string): Promise<boolean> {
  for (let tries = 0; tries < 5_000; tries++) {
    if ((await processesWith(text)).length === 0) return true;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return false;
}

/** The control group of a job that is told by a text in a command line, once that runs. */
async function groupOf(text: string): Promise<string | undefined> {
  for (let tries = 0; tries < 5_000; tries++) {
    for (const found of await processesWith(`sleep\0${text}`)) {
      const path = `/proc/${parseInt(found, 10)}/cgroup`;
      const groups = await readFile(path, 'utf8').catch(() => '');
      if (groups) return /\/(skein-job-[\d-]+)$/m.exec(groups)?.[1];
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error(`No process with ${text} was started`);
}

/** Folders of control groups with a name. */
async function foldersNamed(name: string): Promise<string[]> {
  const all = await readdir('/sys/fs/cgroup', { recursive: true }).catch(
    () => [],
  );
  return all.filter(path => path.endsWith(`/${name}`));
}

describe.each(sandboxModes)('LocalJobExecutor with sandbox: %s', sandbox => {
  let folder: string;
  let server: JobProtocolServer;
  const token = 'the-token-of-this-attempt';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'skein-test-'));
    server = JobProtocolServer.start(
      express.Router().get('/ping', (_request, response) => {
        response.send('pong');
      }),
    );
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  async function executor(options: Partial<LocalJobExecutorOptions> = {}) {
    return LocalJobExecutor.create({
      server,
      concurrency: 1,
      sandbox,
      bundlePath: join(folder, 'runner.cjs'),
      ...options,
      logger: mockServices.logger.mock(),
    });
  }

  async function run(
    script: string,
    options: {
      limits?: Partial<typeof limits>;
      signal?: AbortSignal;
    } & Partial<LocalJobExecutorOptions> = {},
  ): Promise<JobAttemptEnd> {
    const { limits: some, signal, ...others } = options;
    // Several may be running at one time.
    const runnerFolder = await mkdtemp(join(folder, 'runner-'));
    const bundlePath = join(runnerFolder, 'runner.cjs');
    await writeFile(bundlePath, script);
    const local = await executor({ ...others, bundlePath });
    try {
      return await local.run({
        jobId: randomUUID(),
        attempt: 1,
        token,
        limits: { ...limits, ...some },
        signal: signal ?? new AbortController().signal,
      });
    } finally {
      await local.stop();
    }
  }

  it('says how jobs are confined', async () => {
    const local = await executor();
    await local.stop();
    await expect(local.describeSandbox()).resolves.toEqual({
      sandboxed: sandbox === 'required',
      description: expect.stringContaining(
        sandbox === 'required' ? 'bubblewrap sandbox' : 'without a sandbox',
      ),
      defences: expect.arrayContaining([
        expect.objectContaining({
          id: 'sandbox',
          holds: sandbox === 'required',
        }),
      ]),
    });
  });

  it('gives the runner its token, its socket and a place to write', async () => {
    const end = await run(`
        const { readFileSync, writeFileSync } = require('fs');
        const { SKEIN_JOB_URL, SKEIN_WORK_FOLDER, HOME, TMPDIR } = process.env;
        if (readFileSync(0, 'utf8') !== '${token}') throw new Error('token');
        if (JSON.stringify(process.env).includes('${token}')) throw new Error('env');
        writeFileSync(SKEIN_WORK_FOLDER + '/a', '');
        writeFileSync(TMPDIR + '/b', '');
        require('http')
          .get({ socketPath: SKEIN_JOB_URL.slice(5), path: '/ping' }, response =>
            response.on('data', data => process.exit(String(data) === 'pong' ? 0 : 4)));
      `);
    expect(end).toEqual({ type: 'exited', code: 0 });
  });

  it('has its socket and its place where temporary files are closed to other users', async () => {
    const usual = process.env.TMPDIR;
    process.env.TMPDIR = await mkdtemp(join(folder, 'closed-'));
    try {
      const end = await run(`
        require('fs').writeFileSync(process.env.TMPDIR + '/a', '');
        require('http')
          .get({ socketPath: process.env.SKEIN_JOB_URL.slice(5), path: '/ping' }, response =>
            response.on('data', data => process.exit(String(data) === 'pong' ? 0 : 4)));
      `);
      expect(end).toEqual({ type: 'exited', code: 0 });
    } finally {
      if (usual === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = usual;
    }
  });

  it("keeps the backend's environment from it", async () => {
    process.env.SKEIN_TEST_SECRET = 'hunter2';
    const end = await run(
      `console.error(Object.keys(process.env).sort().join()); process.exit(3)`,
    );
    delete process.env.SKEIN_TEST_SECRET;
    expect(end).toEqual({
      type: 'crashed',
      message: expect.stringMatching(
        /ended with code 3: HOME,LANG,PATH,(PWD,)?(SKEIN_ATTEMPT,)?SKEIN_JOB_URL,SKEIN_SANDBOX,SKEIN_WORK_FOLDER,TMPDIR$/,
      ),
    });
  });

  it('leaves nothing behind of processes that ignore signals or leave the group', async () => {
    const marker = `9${Date.now()}.25`;
    const end = await run(`
        const { spawn } = require('child_process');
        const options = { detached: true, stdio: 'inherit' };
        spawn('sh', ['-c', 'trap "" TERM HUP INT; while :; do sleep ${marker}; done'], options);
        spawn('setsid', ['sh', '-c', '(trap "" TERM; sleep ${marker}) & sleep ${marker}'], options).unref();
        setTimeout(() => process.exit(0), 300);
      `);
    expect(end).toEqual({ type: 'exited', code: 0 });
    expect(await noneLeft(marker)).toBe(true);
  });

  it('has no process that runs as root of this machine', async () => {
    const marker = `6${Date.now()}.25`;
    const abort = new AbortController();
    const running = run(
      `require('child_process').spawn('sleep', ['${marker}']); setInterval(() => {}, 1000);`,
      { signal: abort.signal },
    );
    let sleeping: string | undefined;
    while (!sleeping) {
      [sleeping] = (await processesWith(marker)).filter(each =>
        / sleep\0/.test(each),
      );
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    const processes = await listProcesses();
    let root = Number(sleeping.split(' ')[0]);
    const parentOf = (pid: number) =>
      processes.find(each => each.pid === pid)!.parent;
    while (parentOf(root) !== process.pid) root = parentOf(root);
    const users = await Promise.all(
      treeOf(root, processes).map(async ({ pid }) => {
        const status = await readFile(`/proc/${pid}/status`, 'utf8');
        return /^Uid:\s*(.*)$/m.exec(status)![1].split('\t');
      }),
    );
    abort.abort();
    await running;
    expect(users.length).toBeGreaterThanOrEqual(2);
    expect(users.flat()).not.toContain('0');
  });

  const ping = `
    require('http')
      .get({ socketPath: process.env.SKEIN_JOB_URL.slice(5), path: '/ping' }, response =>
        response.on('data', data => process.exit(String(data) === 'pong' ? 0 : 4)));
  `;

  it('ends a runner that opens connections without end', async () => {
    const end = await run(`
      const { connect } = require('net');
      const path = process.env.SKEIN_JOB_URL.slice(5);
      const flood = () => { for (let i = 0; i < 200; i++) connect(path).on('error', () => {}); setTimeout(flood, 1); };
      flood();
    `);
    expect(end).toEqual({
      type: 'crashed',
      message:
        'The job opened connections to the back end without end; at one time it has 64',
    });
    expect(await run(ping)).toEqual({ type: 'exited', code: 0 });
  });

  it('takes no connections from another job by holding all that it gets', async () => {
    const sockets = async () => {
      const names = await readdir('/proc/self/fd');
      const targets = await Promise.all(
        names.map(name => readlink(`/proc/self/fd/${name}`).catch(() => '')),
      );
      return targets.filter(target => target.startsWith('socket:')).length;
    };
    const before = await sockets();
    const abort = new AbortController();
    const holding = run(
      `
        const { connect } = require('net');
        const path = process.env.SKEIN_JOB_URL.slice(5);
        // Once each: what is refused is asked for no more.
        for (let i = 0; i < 250; i++) connect(path).on('error', () => {});
        setInterval(() => {}, 1000);
      `,
      { signal: abort.signal },
    );
    try {
      const held = async () => (await sockets()) - before;
      while ((await held()) < 64) {
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      expect(await run(ping)).toEqual({ type: 'exited', code: 0 });
      expect(await held()).toBeLessThan(100);
    } finally {
      abort.abort();
    }
    expect(await holding).toMatchObject({ reason: 'stopped' });
  });

  it('has a socket of its own, which it cannot change and which ends with it', async () => {
    const open = jest.spyOn(server, 'open');
    const end = await run(`
        const { chmodSync, unlinkSync, renameSync } = require('fs');
        const path = process.env.SKEIN_JOB_URL.slice(5);
        const code = change => { try { change(); return 'done'; } catch (error) { return error.code; } };
        console.error(JSON.stringify([
          code(() => chmodSync(path, 0)), code(() => renameSync(path, path + '2')), code(() => unlinkSync(path)),
        ]));
        process.exit(3);
      `);
    const sockets = await Promise.all(
      open.mock.results.map(each => each.value),
    );
    open.mockRestore();
    const { message } = end as { message: string };
    const codes = JSON.parse(message.slice(message.indexOf('[')));
    // Without a sandbox, and as the very same user, it can change its own.
    expect(
      sandbox === 'off' || codes.every((code: string) => code !== 'done'),
    ).toBe(true);
    expect(new Set(sockets.map(each => each.path)).size).toBe(
      sandbox === 'required' ? 2 : 1,
    );
    for (const { path } of sockets) expect(existsSync(path)).toBe(false);
  });

  it('bounds what each process may have open', async () => {
    const end = await run(
      `console.error(require('child_process').execSync('ulimit -H -n').toString().trim()); process.exit(3);`,
    );
    expect(end).toMatchObject({
      message: expect.stringMatching(/code 3: (4096|[123]?\d{1,3})$/),
    });
  });

  it('leaves none of its files behind, also of those that it has closed', async () => {
    const end = await run(`
      const { chmodSync, mkdirSync, writeFileSync } = require('fs');
      const work = process.env.SKEIN_WORK_FOLDER;
      mkdirSync(work + '/closed/inner', { recursive: true });
      writeFileSync(work + '/closed/inner/a', '');
      chmodSync(work + '/closed/inner', 0);
      chmodSync(work + '/closed', 0);
      chmodSync(work, 0o500);
      console.error(work);
      process.exit(3);
    `);
    const [, work] = /code 3: (.*)$/.exec(
      (end as { message: string }).message,
    )!;
    // In a sandbox, it is a place that this machine never sees.
    expect(sandbox === 'off' ? existsSync(work) : work !== '/work').toBe(false);
  });

  it('ends a runner that is stopped', async () => {
    const marker = `8${Date.now()}.25`;
    const abort = new AbortController();
    const running = run(
      `process.on('SIGTERM', () => {}); require('child_process').spawn('sleep', ['${marker}']); setInterval(() => {}, 1000);`,
      { signal: abort.signal },
    );
    while ((await processesWith(marker)).length === 0) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    abort.abort();
    expect(await running).toMatchObject({ type: 'killed', reason: 'stopped' });
    expect(await noneLeft(marker)).toBe(true);
  });

  it('ends a runner that takes too long', async () => {
    const end = await run(`setInterval(() => {}, 1000)`, {
      limits: { timeoutSeconds: 1 },
    });
    expect(end).toEqual({
      type: 'killed',
      reason: 'timeout',
      message: 'The job took longer than its 1 seconds',
    });
  });

  it('ends a runner whose children use too much memory together', async () => {
    const hog = `const held = []; setInterval(() => { if (held.length < 20) held.push(Buffer.alloc(10 * 1024 ** 2, 1)); }, 5);`;
    const end = await run(`
        const { spawn } = require('child_process');
        for (const _ of [1, 2]) spawn(process.execPath, ['-e', ${JSON.stringify(
          hog,
        )}], { detached: true });
        setInterval(() => {}, 1000);
      `);
    expect(end).toMatchObject({
      type: 'killed',
      reason: 'out-of-memory',
      message: expect.stringContaining('its limit is 300 MiB'),
    });
  });

  it('ends a runner whose memory is in page tables alone', async () => {
    const end = await run(
      `const held = [];
      const more = () => {
        const block = new Uint8Array(1024 ** 3);
        // A page that is only read is none: it is the one of zeros, in a table of its own.
        for (let at = 0, all = 0; at < block.length; at += 2 * 1024 ** 2) all += block[at];
        held.push(block);
        if (held.length < 200) setImmediate(more);
      };
      more();
      setInterval(() => {}, 1000);`,
      { limits: { memoryBytes: 200 * 1024 ** 2 } },
    );
    expect(end).toMatchObject({ type: 'killed', reason: 'out-of-memory' });
  });

  async function defence(
    id: string,
    options: Partial<LocalJobExecutorOptions> = {},
  ): Promise<JobDefence> {
    const local = await executor(options);
    const { defences } = await local.describeSandbox();
    await local.stop();
    return defences!.find(each => each.id === id)!;
  }

  /** Whether jobs run in control groups here: few machines hand some to whoever runs the tests. */
  async function hasGroups(
    options: Partial<LocalJobExecutorOptions> = {},
  ): Promise<boolean> {
    return (await defence('controlGroups', options)).holds;
  }

  it.each(['auto', 'off'] as const)(
    'runs each job in a control group of its own, which ends with it, exactly where it says so: %s',
    async controlGroups => {
      const holds = await hasGroups({ controlGroups });
      const markers = [`3${Date.now()}.25`, `4${Date.now()}.25`];
      const abort = new AbortController();
      const running = markers.map(marker =>
        run(
          `require('child_process').spawn('sleep', ['${marker}']); setInterval(() => {}, 1000);`,
          { controlGroups, signal: abort.signal },
        ),
      );
      const groups = await Promise.all(markers.map(groupOf));
      abort.abort();
      await Promise.all(running);
      expect(groups.map(group => group !== undefined)).toEqual([holds, holds]);
      if (!holds) return;
      expect(controlGroups).toBe('auto');
      expect(new Set(groups).size).toBe(2);
      for (const group of groups) {
        expect(await foldersNamed(group!)).toEqual([]);
      }
    },
  );

  if (mayHaveControlGroups) {
    it('ends a runner whose memory is in sockets alone, where there are control groups', async () => {
      if (!(await hasGroups())) return;
      const end = await run(
        `require('child_process').spawn('perl', ['-e', ${JSON.stringify(
          `use Socket; use IO::Handle;
        my @held;
        for (1 .. 1500) {
          socketpair(my $one, my $other, AF_UNIX, SOCK_STREAM, PF_UNSPEC) or last;
          for my $end ($one, $other) { $end->blocking(0); while (syswrite($end, "x" x 65536)) {} }
          push @held, $one, $other;
        }
        sleep 1000;`,
        )}], { stdio: 'inherit' });
      setInterval(() => {}, 1000);`,
        {
          diskBytes: 8 * 1024 ** 2,
          limits: { memoryBytes: 200 * 1024 ** 2, timeoutSeconds: 60 },
        },
      );
      expect(end).toMatchObject({ type: 'killed', reason: 'out-of-memory' });
    });

    it('leaves no process behind that hides what it belongs to, where there are control groups', async () => {
      if (!(await hasGroups())) return;
      const marker = `5${Date.now()}.25`;
      const end = await run(`
      require('child_process').spawn(
        'env', ['-i', 'setsid', 'sh', '-c', '(sleep ${marker} &) ; sleep ${marker}'], { detached: true, stdio: 'ignore' },
      ).on('spawn', () => setTimeout(() => process.exit(0), 300));
    `);
      expect(end).toEqual({ type: 'exited', code: 0 });
      expect(await noneLeft(marker)).toBe(true);
    });
  }

  it('counts once what processes share', async () => {
    const end = await run(`
      const child = require('child_process').spawn('perl', ['-e',
        '$held = "x" x (60 * 1024 ** 2); for (1 .. 6) { if (!fork) { sleep 1; exit } } wait for 1 .. 6;']);
      child.on('exit', code => process.exit(code));
    `);
    expect(end).toEqual({ type: 'exited', code: 0 });
  });

  const spin = 'const until = Date.now() + 30_000; while (Date.now() < until);';

  it('ends a runner that uses too much processor time', async () => {
    const end = await run(spin, { limits: { cpuSeconds: 1 } });
    expect(end).toEqual({
      type: 'killed',
      reason: 'cpu-limit',
      message: 'The job used more than its 1 seconds of processor time',
    });
  });

  it('ends a runner whose processes use too much processor time together', async () => {
    // None of them comes near the limit by itself.
    const end = await run(
      `for (let i = 0; i < 8; i++) require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
        spin,
      )}], { detached: true });
      setInterval(() => {}, 1000);`,
      { limits: { cpuSeconds: 4, memoryBytes: 2 * 1024 ** 3 } },
    );
    expect(end).toMatchObject({ type: 'killed', reason: 'cpu-limit' });
  });

  it('finds processor time in children that are gone before anybody looks', async () => {
    const end = await run(
      `require('child_process').spawn('sh', ['-c', 'while :; do seq 100000 > /dev/null; done']);
      setInterval(() => {}, 1000);`,
      { limits: { cpuSeconds: 2 } },
    );
    expect(end).toMatchObject({ type: 'killed', reason: 'cpu-limit' });
  });

  it('bounds the processor time of one process by the kernel, and lets the backend go first', async () => {
    const end = await run(
      `const { execSync } = require('child_process');
      console.error(execSync('ulimit -t').toString().trim(), require('os').getPriority());
      process.exit(3);`,
      { limits: { cpuSeconds: 17 } },
    );
    expect(end).toMatchObject({
      message: expect.stringMatching(/code 3: 17 1\d$/),
    });
  });

  it('ends a runner that prints without end', async () => {
    const end = await run(
      `const print = () => { while (process.stdout.write('x'.repeat(65536))); process.stdout.once('drain', print); }; print();`,
    );
    expect(end).toMatchObject({ type: 'killed', reason: 'output-limit' });
  });

  it('ends a runner that starts processes without end', async () => {
    const marker = `7${Date.now()}.25`;
    const end = await run(
      `for (let i = 0; i < 600; i++) require('child_process').spawn('sleep', ['${marker}']); setInterval(() => {}, 1000);`,
      { limits: { memoryBytes: 8 * 1024 ** 3 } },
    );
    expect(end).toMatchObject({
      type: 'killed',
      reason: 'too-many-processes',
      message: expect.stringContaining('its limit is 512'),
    });
    expect(await noneLeft(marker)).toBe(true);
  });

  it('says with which words a runner crashed', async () => {
    expect(
      await run(
        `console.error('first'); console.error('no such thing'); process.exit(7)`,
      ),
    ).toEqual({
      type: 'crashed',
      message: 'The job runner ended with code 7: no such thing',
    });
  });

  it('bounds the size of a file', async () => {
    const end = await run(
      `process.on('SIGXFSZ', () => {});
         try { require('fs').writeFileSync(process.env.SKEIN_WORK_FOLDER + '/big', Buffer.alloc(9 * 1024 ** 2)); }
         catch (error) { console.error(error.code); process.exit(3); }`,
      { diskBytes: 8 * 1024 ** 2 },
    );
    expect(end).toMatchObject({
      message: expect.stringMatching(/ENOSPC|EFBIG|SIGXFSZ/),
    });
  });

  it.each([
    ['real', ['dd', 'if=/dev/zero', 'of=big', 'bs=1M', 'count=10240']],
    ['sparse', ['truncate', '-s', '10G', 'big']],
  ])('gets no file of 10 GB, %s', async (_, [program, ...args]) => {
    const end = await run(
      `
        const { spawnSync } = require('child_process');
        const { statSync } = require('fs');
        process.chdir(process.env.SKEIN_WORK_FOLDER);
        const { status, signal } = spawnSync('${program}', ${JSON.stringify(
        args,
      )});
        const size = (() => { try { return statSync('big').size; } catch { return 0; } })();
        console.error(JSON.stringify({ failed: status !== 0 || signal !== null, bounded: size <= 8 * 1024 ** 2 }));
        process.exit(3);
      `,
      { diskBytes: 8 * 1024 ** 2 },
    );
    const { message } = end as { message: string };
    expect(JSON.parse(message.slice(message.indexOf('{')))).toEqual({
      failed: true,
      bounded: true,
    });
  });

  if (sandbox === 'off') return;

  it('ends a runner that makes empty files without end', async () => {
    const end = await run(
      `const { closeSync, mkdirSync, openSync } = require('fs');
      for (let folder = 0; ; folder++) {
        mkdirSync('/tmp/' + folder);
        for (let i = 0; i < 1000; i++) closeSync(openSync('/tmp/' + folder + '/' + i, 'w'));
      }`,
      { limits: { memoryBytes: 200 * 1024 ** 2 } },
    );
    expect(end).toMatchObject({ type: 'killed', reason: 'out-of-memory' });
  });

  const countFiles = `
    const { closeSync, openSync } = require('fs');
    const made = ['/work', '/tmp', '/dev/shm'].map(place => {
      for (let i = 0; i < 20000; i++) {
        try { closeSync(openSync(place + '/' + i, 'w')); } catch (error) { return error.code + ' ' + i; }
      }
      return 'no end';
    });
    console.error(made.join());
    process.exit(3);
  `;

  it('bounds the number of files in each place where it can write, where the machine lets it', async () => {
    const { holds } = await defence('inodeLimit');
    const end = await run(countFiles, { diskBytes: 8 * 1024 ** 2 });
    expect(end).toMatchObject({
      message: expect.stringMatching(
        holds
          ? /code 3: ENOSPC 2047,ENOSPC 20\d\d,ENOSPC 16383$/
          : /code 3: no end,no end,no end$/,
      ),
    });
  });

  it('confines a job without a bound on the number of files too, and says so', async () => {
    const path = process.env.PATH;
    const bin = await makeFolder('skein-bin-', { uid: 65533, gid: 65533 });
    await chmod(bin, 0o755);
    await symlink(findProgram('bwrap'), join(bin, 'bwrap'));
    process.env.PATH = bin;
    try {
      expect(await defence('inodeLimit')).toMatchObject({
        holds: false,
        description: expect.stringContaining('unshare is not installed'),
      });
      expect(await run(countFiles)).toMatchObject({
        message: expect.stringContaining('code 3: no end,no end,no end'),
      });
    } finally {
      process.env.PATH = path;
      await rm(bin, { recursive: true });
    }
  });

  it('has no network', async () => {
    const listener = createServer(socket => socket.end());
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const end = await run(`
        require('net').connect(${port}, '127.0.0.1')
          .on('connect', () => { console.error('connected'); process.exit(3); })
          .on('error', error => { console.error(error.code); process.exit(4); });
      `);
    listener.close();
    expect(end).toMatchObject({
      message: expect.stringMatching(
        /code 4: ECONNREFUSED|code 4: ENETUNREACH/,
      ),
    });
    const interfaces = await run(
      `console.error(Object.keys(require('os').networkInterfaces()).join()); process.exit(5)`,
    );
    expect(interfaces).toMatchObject({
      message: expect.stringMatching(/code 5(: lo)?$/),
    });
  });

  it('cannot read files or processes of the machine', async () => {
    const { path: socketPath } = await server.open();
    const paths = [
      '/etc/shadow',
      '/etc/passwd',
      '/root',
      '/home',
      `/proc/${process.pid}/environ`,
      process.cwd(),
      folder,
      socketPath,
    ];
    const end = await run(`
        const { accessSync, readdirSync, readFileSync } = require('fs');
        const seen = ${JSON.stringify(paths)}.filter(path => {
          try { accessSync(path); return true; } catch { return false; }
        });
        const pids = readdirSync('/proc').filter(name => /^\\d+$/.test(name));
        console.error(JSON.stringify({ seen, processes: pids.length < 10, root: readdirSync('/').sort() }));
        process.exit(3);
      `);
    const { message } = end as { message: string };
    const { seen, processes, root } = JSON.parse(
      message.slice(message.indexOf('{')),
    );
    expect(seen).toEqual([]);
    expect(processes).toBe(true);
    expect(
      root.filter((name: string) => !/^(s?bin|lib\w*|usr)$/.test(name)),
    ).toEqual(['dev', 'etc', 'proc', 'skein', 'tmp', 'work']);
  });

  it.each([
    ['as jobs run here', {}],
    ['as root of this machine', { dangerouslyRunJobsAsRoot: true }],
  ])(
    'can open nothing for writing that the whole machine has, %s',
    async (_, options) => {
      const end = await run(
        `
        const { accessSync, closeSync, constants, openSync, readdirSync } = require('fs');
        const { W_OK, O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
        const writable = [];
        let seen = 0;
        const opens = attempt => { try { attempt(); return true; } catch { return false; } };
        function scan(folder) {
          let entries = [];
          try { entries = readdirSync(folder || '/', { withFileTypes: true }); } catch {}
          for (const entry of entries) {
            const path = folder + '/' + entry.name;
            if (entry.isSymbolicLink()) continue;
            seen++;
            if (entry.isDirectory()) {
              if (opens(() => accessSync(path, W_OK))) writable.push(path + '/');
              // Whose entries are open files of the scan itself.
              if (!/^[/]proc[/].*[/](fd|fdinfo|map_files)$/.test(path) && !/^[/](usr|s?bin|lib\\w*)$/.test(path)) scan(path);
            } else if (opens(() => closeSync(openSync(path, O_WRONLY | O_NONBLOCK | O_NOCTTY)))) writable.push(path);
          }
        }
        scan('');
        console.error(JSON.stringify({ writable, many: seen > 1000 }));
        process.exit(3);
      `,
        options,
      );
      const { message } = end as { message: string };
      const { many, writable } = JSON.parse(
        message.slice(message.indexOf('{')),
      );
      expect(many).toBe(true);
      expect(
        writable
          .map((path: string) => path.replace(/^\/proc\/\d+\//, '/proc/N/'))
          .sort(),
      ).toEqual([
        // Devices that keep nothing, terminals of its own, bounded memory that vanishes with it.
        '/dev/full',
        '/dev/null',
        '/dev/pts/',
        '/dev/pts/ptmx',
        '/dev/random',
        '/dev/shm/',
        '/dev/urandom',
        '/dev/zero',
        '/tmp/',
        '/work/',
      ]);
    },
  );

  it('cannot write outside of its own places, nor fill the disk', async () => {
    const end = await run(
      `
        const { writeFileSync, mkdirSync } = require('fs');
        const codes = {};
        const attempt = (name, write) => { try { write(); codes[name] = 'done'; } catch (error) { codes[name] = error.code; } };
        for (const path of ['/x', '/usr/x', '/etc/x', '/dev/x', '/skein/x', '/skein/runner/runner.cjs']) attempt(path, () => writeFileSync(path, 'x'));
        attempt('many', () => { for (let i = 0; i < 100; i++) writeFileSync('/work/' + i, Buffer.alloc(1024 ** 2)); });
        console.error(JSON.stringify(codes));
        process.exit(3);
      `,
      { diskBytes: 16 * 1024 ** 2 },
    );
    const { message } = end as { message: string };
    expect(JSON.parse(message.slice(message.indexOf('{')))).toEqual({
      '/x': 'EROFS',
      '/usr/x': 'EROFS',
      '/etc/x': 'EROFS',
      '/dev/x': 'EROFS',
      '/skein/x': 'EROFS',
      '/skein/runner/runner.cjs': 'EROFS',
      many: 'ENOSPC',
    });
  });

  it.each(['git init -q . && git status', 'cat /proc/self/status | head -3'])(
    'still runs what builds run: %s',
    async command => {
      const end = await run(
        `require('child_process').execSync(${JSON.stringify(
          command,
        )}, { cwd: '/work' });
        require('dns'); new (require('worker_threads').Worker)('', { eval: true }).on('exit', code => process.exit(code));`,
      );
      expect(end).toEqual({ type: 'exited', code: 0 });
    },
  );

  it('is refused kernel calls that no build needs, and sockets that reach the machine', async () => {
    const calls = Object.fromEntries(
      refusedCalls(process.arch as FilteredArchitecture),
    );
    const socket = process.arch === 'x64' ? 41 : 198;
    const script = [
      ...Object.entries(calls).map(
        ([name, number]) =>
          `syscall(${number}, 0, 0, 0, 0, 0); print "${name} ", $!+0, "\n";`,
      ),
      // AF_UNIX, AF_INET, AF_PACKET, AF_ALG, AF_VSOCK
      ...[1, 2, 17, 38, 40].map(
        family =>
          `$! = 0; syscall(${socket}, ${family}, 1, 0); print "family ${family} ", $!+0, "\n";`,
      ),
    ].join('');
    const end = await run(
      `console.error(JSON.stringify(require('child_process').execFileSync('perl', ['-e', ${JSON.stringify(
        script,
      )}]).toString()));
      process.exit(3);`,
    );
    const { message } = end as { message: string };
    const lines = JSON.parse(message.slice(message.indexOf('"'))).trim();
    expect(lines.split('\n')).toEqual([
      ...Object.keys(calls).map(name => `${name} 38`),
      'family 1 0',
      'family 2 0',
      'family 17 97',
      'family 38 97',
      'family 40 97',
    ]);
  });

  it('cannot take back privileges', async () => {
    const end = await run(`
        const { spawnSync } = require('child_process');
        const { readFileSync } = require('fs');
        const capabilities = /CapEff:\\s*(\\w+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
        const mount = spawnSync('unshare', ['--user', '--map-root-user', 'true']).status;
        console.error(JSON.stringify({ capabilities, uid: process.getuid(), mounted: mount === 0 }));
        process.exit(3);
      `);
    const { message } = end as { message: string };
    expect(JSON.parse(message.slice(message.indexOf('{')))).toEqual({
      capabilities: '0000000000000000',
      uid: 1000,
      mounted: false,
    });
  });
});

it('says loudly, and once an hour, that jobs are not confined', async () => {
  jest.useFakeTimers({
    doNotFake: ['setImmediate', 'setTimeout', 'nextTick', 'queueMicrotask'],
  });
  const logger = mockServices.logger.mock();
  const local = await LocalJobExecutor.create({
    server: JobProtocolServer.start(express.Router()),
    concurrency: 1,
    sandbox: 'off',
    bundlePath: '/nonexistent/runner.cjs',
    logger,
  });
  try {
    jest.advanceTimersByTime(2 * 3_600_000);
    expect(logger.warn.mock.calls).toEqual(
      Array(3).fill([expect.stringContaining('without a sandbox')]),
    );
    await local.stop();
    jest.advanceTimersByTime(3_600_000);
    expect(logger.warn).toHaveBeenCalledTimes(3);
  } finally {
    jest.useRealTimers();
  }
});

it('says which command builds a runner that is missing, or why a sandbox does not work', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nonexistent';
  try {
    await expect(
      LocalJobExecutor.create({
        server: JobProtocolServer.start(express.Router()),
        concurrency: 1,
        sandbox: 'required',
        bundlePath: '/nonexistent/runner.cjs',
        logger: mockServices.logger.mock(),
      }),
    ).rejects.toThrow('apt install bubblewrap');
  } finally {
    process.env.PATH = path;
  }
});
