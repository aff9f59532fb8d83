import { spawn } from 'child_process';
import { once } from 'events';
import { existsSync } from 'fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { mayHaveControlGroups } from '../../__testUtils__/controlGroups';
import { readProcess } from '../processTree';
import { ControlGroups } from './ControlGroups';
import { findHierarchies } from './findHierarchies';
import { groupName } from './groupOwner';
import { familyOf, prepareUnified } from './prepareUnified';

const limits = { memoryBytes: 256 * 1024 ** 2, threads: 64 };

/** Where this machine hands some to whoever runs the tests; few do. */
async function groupsHere(): Promise<ControlGroups | undefined> {
  return (await ControlGroups.detect(undefined)).groups;
}

it('makes groups here, or says why it cannot', async () => {
  const detected = await ControlGroups.detect(undefined);
  const said = detected.groups ? detected.groups.version : detected.reason;
  expect(String(said)).toMatch(/^[12]$|\w+ \w+/);
});

if (mayHaveControlGroups) {
  it('counts the time of processes that are gone, where there are control groups', async () => {
    const groups = await groupsHere();
    if (!groups) return;
    const group = await groups.create(limits);
    try {
      const busy =
        'read go; (i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done)';
      const child = spawn('sh', ['-c', busy]);
      const exited = once(child, 'exit');
      await group.add(child.pid!);
      child.stdin.end('go\n');
      await exited;
      expect((await group.usage()).cpuSeconds).toBeGreaterThan(0.01);
    } finally {
      await group.remove();
    }
  });

  it('starts no more threads than it may, and says so, where there are control groups', async () => {
    const groups = await groupsHere();
    if (!groups) return;
    const group = await groups.create(limits);
    try {
      const child = spawn('sh', [
        '-c',
        'read go; i=0; while [ $i -lt 100 ]; do sleep 1000 & i=$((i+1)); done',
      ]);
      const exited = once(child, 'exit');
      await group.add(child.pid!);
      expect(await group.usage()).toMatchObject({ outOfThreads: false });
      child.stdin.end('go\n');
      await exited;
      expect(await group.usage()).toMatchObject({ outOfThreads: true });
    } finally {
      await group.remove();
    }
  });

  it('ends what a back end that was killed has left in its groups, where there are control groups', async () => {
    const groups = await groupsHere();
    if (!groups) return;
    const left = spawn('sleep', ['1000']);
    const ended = once(left, 'exit');
    const killed = spawn('sleep', ['1000']);
    const { startedAt } = (await readProcess(killed.pid!))!;
    const group = await groups.create(limits);
    await group.add(left.pid!);
    const folders = await foldersOf(left.pid!);
    const [, namespace] = /skein-job-(\d+)-/.exec(folders[0])!;
    // What that one made, under its name.
    const owner = { namespace: Number(namespace), pid: killed.pid!, startedAt };
    const theirs = folders.map(each =>
      join(dirname(each), groupName(owner, 1)),
    );
    for (const folder of theirs) {
      await mkdir(folder);
      await writeFile(join(folder, 'cgroup.procs'), String(left.pid));
    }
    await group.remove();

    await groupsHere();
    expect(theirs.filter(existsSync)).toEqual(theirs);
    killed.kill();
    await once(killed, 'exit');
    await groupsHere();
    expect(theirs.filter(existsSync)).toEqual([]);
    expect(await ended).toEqual([null, 'SIGKILL']);
  });
}

/** Folders of the groups that a process is in, if they are ours. */
async function foldersOf(pid: number): Promise<string[]> {
  const found = findHierarchies(
    await readFile(`/proc/${pid}/cgroup`, 'utf8'),
    await readFile('/proc/self/mountinfo', 'utf8'),
  );
  return [...new Set(Object.values(found))].filter((each): each is string =>
    /\/skein-job-[\d-]+$/.test(each ?? ''),
  );
}

it.each([
  ['all that one of them has started', [1, 2, 3, 4], [1, 2, 3, 4]],
  ['no process of another family', [2, 3, 4, 9], [2, 3, 4]],
  ['what is in the group alone', [3], [3]],
])('moves processes of one family: %s', (_, members, expected) => {
  const parents = [
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 2],
    [9, 0],
    [5, 3],
  ];
  const processes = parents.map(([pid, parent]) => ({
    ...{ pid, parent, group: 0, startedAt: 0 },
    ...{ residentBytes: 0, cpuSeconds: 0, reapedCpuSeconds: 0 },
  }));
  expect(familyOf(3, members, processes)).toEqual(expected);
});

describe('prepareUnified', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'skein-test-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function write(at: string, offered: string, passedOn: string) {
    await mkdir(at, { recursive: true });
    await writeFile(join(at, 'cgroup.controllers'), offered);
    await writeFile(join(at, 'cgroup.subtree_control'), passedOn);
  }

  it('says which controllers are not handed to it', async () => {
    await write(folder, 'cpu memory\n', '\n');
    await expect(prepareUnified(folder)).rejects.toThrow(
      `${folder} has no controller for pids`,
    );
  });

  it('asks for those that it needs, and for processors where they are offered', async () => {
    await write(folder, 'cpu io memory pids\n', '\n');
    await prepareUnified(folder);
    const asked = join(folder, 'cgroup.subtree_control');
    expect(await readFile(asked, 'utf8')).toBe('+memory +pids +cpu');
  });

  it('changes nothing where all is passed on, and makes groups beside its own', async () => {
    await write(folder, 'memory pids\n', 'memory pids\n');
    const own = join(folder, 'skein-backend');
    await mkdir(own);
    expect(await prepareUnified(own)).toEqual({
      version: 2,
      memory: folder,
      pids: folder,
      cpu: undefined,
      cpuTime: folder,
    });
  });
});
