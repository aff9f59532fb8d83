import { ChildProcess, spawn, spawnSync } from 'child_process';
import { mkdtemp, readlink, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';

/** Root gives the users of the machine to the namespace; anybody has but its own user there. */
const asRoot = process.getuid?.() === 0;

/** Where no user namespaces can be made at all, the machine is as the tests want it. */
const canUnshare = spawnSync('unshare', ['--user', 'true']).status === 0;

const forbid = 'echo 0 > /proc/sys/user/max_user_namespaces';
const dropped = [
  'setpriv',
  '--inh-caps=-all',
  '--ambient-caps=-all',
  '--bounding-set=-all',
];

describe('a machine on which no user namespaces can be made', () => {
  let folder: string;
  let bundle: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'skein-namespaces-'));
    bundle = join(folder, 'runner.cjs');
    await writeFile(
      bundle,
      'process.stderr.write(`as user ${process.getuid()}`); process.exitCode = 7;',
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What an executor finds there, started as root or as an ordinary user. */
  async function tried(
    user: 'root' | 'an ordinary user',
    sandbox: 'auto' | 'required',
  ): Promise<any> {
    const program = [
      process.execPath,
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      join(__dirname, '__testUtils__', 'tryExecutor.ts'),
      ...[sandbox, bundle],
    ];
    const child =
      user === 'root' ? await inMachineOfRoot(program) : inMachine(program);
    let output = '';
    let errors = '';
    child.stdout!.on('data', chunk => (output += chunk));
    child.stderr!.on('data', chunk => (errors += chunk));
    await new Promise(resolve => child.once('close', resolve));
    const found = output.trim().split('\n').at(-1)!;
    expect(`${found}${errors}`).toMatch(/^\{/);
    return JSON.parse(found);
  }

  /** As the same user, without privileges. */
  function inMachine(program: string[]): ChildProcess {
    const [file, ...args] = canUnshare
      ? [
          ...['unshare', '--user', '--map-user=1000', '--keep-caps'],
          ...['sh', '-c', `${forbid} && exec "$@"`, 'sh'],
          ...dropped,
          ...program,
        ]
      : program;
    return spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** As a root that is the machine's own within the namespace. */
  async function inMachineOfRoot(program: string[]): Promise<ChildProcess> {
    const child = spawn(
      'unshare',
      [
        ...['--user', '--keep-caps'],
        ...['sh', '-c', `read go && ${forbid} && exec "$@"`, 'sh'],
        ...program,
      ],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    const proc = `/proc/${child.pid}`;
    const own = await readlink('/proc/self/ns/user');
    while ((await readlink(`${proc}/ns/user`)) === own) {
      await new Promise(resolve => setImmediate(resolve));
    }
    await writeFile(`${proc}/uid_map`, '0 0 65536');
    await writeFile(`${proc}/gid_map`, '0 0 65536');
    child.stdin!.end('\n');
    return child;
  }

  const users =
    asRoot && canUnshare ? ['root', 'an ordinary user'] : ['an ordinary user'];

  it.each(users as Array<'root' | 'an ordinary user'>)(
    'has no sandbox, says why and runs jobs without one only where that may be, as %s',
    async user => {
      const { defences, description, end, logged, sandboxed } = await tried(
        user,
        'auto',
      );
      expect(sandboxed).toBe(false);
      expect(description).toMatch(
        /^Jobs run as plain child processes: .* since bubblewrap does not work here: .*namespace/,
      );
      expect(logged.join('\n')).toContain(description);
      const missing = defences
        .filter((each: { holds: boolean }) => !each.holds)
        .map((each: { id: string }) => each.id);
      expect(missing).toEqual(
        expect.arrayContaining(['sandbox', 'userNamespaces']),
      );
      // And still not as root.
      expect(end.message).toMatch(/ended with code 7: as user [1-9]\d*$/);

      expect(await tried(user, 'required')).toEqual({
        refused: expect.stringMatching(
          /^The configuration requires a sandbox for jobs\. .* since bubblewrap does not work here: .*namespace/,
        ),
      });
    },
  );
});
