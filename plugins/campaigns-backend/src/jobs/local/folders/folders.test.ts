import { spawn } from 'child_process';
import { once } from 'events';
import { existsSync } from 'fs';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'fs/promises';
import { tmpdir } from 'os';
import { basename, dirname, join } from 'path';
import { holdFolder, makeFolder, sweepFolders } from '.';
import { removeFolder } from './removeFolder';

const root = process.getuid!() === 0;

/** As whom jobs run: root has another user for them. */
const user = root ? { uid: 65533, gid: 65533 } : undefined;

/** A process that listens on a socket. */
async function listener(path: string) {
  const child = spawn(process.execPath, [
    ...[
      '-e',
      'require("net").createServer().listen(process.argv[1], () => console.log())',
    ],
    path,
  ]);
  await once(child.stdout, 'data');
  return child;
}

/** What a job may leave in its folder, closed to itself. */
async function litter(folder: string, outside: string): Promise<void> {
  await mkdir(join(folder, 'closed'));
  await writeFile(join(folder, 'closed', 'a'), '');
  await symlink(outside, join(folder, 'link'));
  for (const path of ['closed', 'closed/a', '.']) {
    if (user) await chown(join(folder, path), user.uid, user.gid);
  }
  await chmod(join(folder, 'closed'), 0);
}

let outside: string;
beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), 'skein-test-'));
  await writeFile(join(outside, 'kept'), '');
});
afterEach(() => rm(outside, { recursive: true }));

it('keeps folders of a process that runs, and removes those of one that was killed, with what jobs left in them', async () => {
  const held = await holdFolder('work-', user);
  await litter(held.path, outside);
  const home = dirname(held.path);
  const [alive] = (await readdir(home)).filter(name =>
    name.startsWith('alive'),
  );
  await sweepFolders();
  expect(existsSync(held.path)).toBe(true);

  // From here on it is the folder of another process.
  await rm(join(home, alive));
  const other = await listener(join(home, alive));
  await sweepFolders();
  expect(existsSync(held.path)).toBe(true);
  other.kill('SIGKILL');
  await once(other, 'exit');
  await sweepFolders();
  expect(existsSync(home)).toBe(false);
  expect(await readdir(outside)).toEqual(['kept']);
  await held.remove();
});

it('removes nothing of which it is not sure', async () => {
  const held = await holdFolder('work-', user);
  const home = dirname(held.path);
  const [alive] = (await readdir(home)).filter(name =>
    name.startsWith('alive'),
  );
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
  const dead = await listener(join(outside, 'dead.sock'));
  dead.kill('SIGKILL');
  await once(dead, 'exit');
  try {
    // Without a socket.
    await rm(join(home, alive));
    await sweepFolders();
    expect(existsSync(held.path)).toBe(true);
    // A file in its place.
    await writeFile(join(home, alive), '');
    await sweepFolders();
    expect(existsSync(held.path)).toBe(true);
    // Of another machine.
    await rm(join(home, alive));
    const foreign = alive.replace(boot.slice(0, 8), 'ffffffff');
    await rename(join(outside, 'dead.sock'), join(home, foreign));
    await sweepFolders();
    expect(existsSync(held.path)).toBe(true);
    // With another name.
    const renamed = join(dirname(home), `${basename(home)}-mine`);
    await rename(join(home, foreign), join(home, alive));
    await rename(home, renamed);
    await sweepFolders();
    expect(existsSync(renamed)).toBe(true);
    await rename(renamed, home);
  } finally {
    await held.remove();
  }
  expect(existsSync(home)).toBe(false);
});

it('removes what a job has closed, and follows no link', async () => {
  const folder = await makeFolder('skein-test-', user);
  await chmod(folder, 0o755);
  const work = join(folder, 'work');
  await mkdir(work);
  await litter(work, outside);
  await removeFolder(work);
  expect(await readdir(folder)).toEqual([]);
  expect(await readdir(outside)).toEqual(['kept']);
  await removeFolder(folder);
  await removeFolder(folder);
});

it('shares one folder of the process, until all that is in it is removed', async () => {
  const first = await holdFolder('work-', user);
  const second = await holdFolder('job-', user);
  const home = dirname(first.path);
  expect(dirname(second.path)).toBe(home);
  await Promise.all([first.remove(), first.remove()]);
  expect(existsSync(second.path)).toBe(true);
  await second.remove();
  expect(existsSync(home)).toBe(false);
  const third = await holdFolder('work-', user);
  expect(existsSync(third.path)).toBe(true);
  await third.remove();
});
