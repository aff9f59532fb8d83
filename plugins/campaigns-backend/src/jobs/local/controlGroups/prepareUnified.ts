import { mkdir, readFile, rmdir, writeFile } from 'fs/promises';
import { basename, dirname, join } from 'path';
import { listProcesses, ProcessEntry, treeOf } from '../processTree';
import { GroupPlace, processesOf } from './ControlGroup';

/** Where the back end itself is, beside the groups of jobs. */
const OWN_GROUP = 'skein-backend';

const CONTROLLERS = ['memory', 'pids'];

/** Without it, time is counted all the same. */
const OPTIONAL = 'cpu';

/** Lists the controllers that members of a group have. */
const PASSED_ON = 'cgroup.subtree_control';

/**
 * Makes groups possible below the one that this process is in. In version 2, a
 * group whose members are bounded has no processes of its own: so those that are
 * in it, if they are of one family, move one group down: a container's first
 * process, say, and all that it has started.
 *
 * @param own - the folder of this process's group
 * @throws Error with the reason, where that is not possible; all is then as it was
 */
export async function prepareUnified(own: string): Promise<GroupPlace> {
  // It moved before, or was started there: `DelegateSubgroup=` of systemd.
  const folder = basename(own) === OWN_GROUP ? dirname(own) : own;
  const offered = await words(folder, 'cgroup.controllers');
  const missing = CONTROLLERS.filter(name => !offered.includes(name));
  if (missing.length > 0) {
    throw new Error(`${folder} has no controller for ${missing.join(' and ')}`);
  }
  const wanted = [...CONTROLLERS, OPTIONAL].filter(name =>
    offered.includes(name),
  );
  const passedOn = await words(folder, PASSED_ON);
  if (!wanted.every(name => passedOn.includes(name))) {
    await withoutMembers(folder, () => passOn(folder, wanted));
  }
  const sharesCpu = (await words(folder, PASSED_ON)).includes(OPTIONAL);
  return {
    version: 2,
    memory: folder,
    pids: folder,
    cpu: sharesCpu ? folder : undefined,
    cpuTime: folder,
  };
}

async function passOn(folder: string, controllers: string[]): Promise<void> {
  const write = (names: string[]) =>
    writeFile(join(folder, PASSED_ON), names.map(each => `+${each}`).join(' '));
  try {
    await write(controllers);
  } catch (error) {
    if (isBusy(error)) throw error;
    await write(CONTROLLERS); // Processes with real-time priority forbid the other.
  }
}

function isBusy(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EBUSY';
}

async function withoutMembers(
  folder: string,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
    return;
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
  const leaf = join(folder, OWN_GROUP);
  const moved: number[] = [];
  try {
    await moveDown(folder, leaf, moved);
    await act();
  } catch (error) {
    for (const pid of moved) await move(pid, folder).catch(() => {});
    await rmdir(leaf).catch(() => {});
    throw error;
  }
}

/** @param moved - to which it adds the processes that it has moved */
async function moveDown(
  folder: string,
  leaf: string,
  moved: number[],
): Promise<void> {
  await mkdir(leaf, { recursive: true });
  // Again, for what was started meanwhile.
  for (let round = 0; round < 10; round++) {
    const members = await processesOf(folder);
    if (members.length === 0) break;
    const family = familyOf(process.pid, members, await listProcesses());
    for (const pid of family) {
      await move(pid, leaf);
      moved.push(pid);
    }
  }
}

async function move(pid: number, folder: string): Promise<void> {
  await writeFile(join(folder, 'cgroup.procs'), String(pid)).catch(error => {
    if (error.code !== 'ESRCH') throw error; // It ended meanwhile.
  });
}

/**
 * Processes of a group that are of one family: those from which one descends,
 * as long as they are in the group, and all that they have started.
 */
export function familyOf(
  pid: number,
  members: number[],
  processes: ProcessEntry[],
): number[] {
  const inGroup = new Set(members);
  const parents = new Map(processes.map(each => [each.pid, each.parent]));
  let eldest = pid;
  for (;;) {
    const parent = parents.get(eldest);
    if (parent === undefined || !inGroup.delete(parent)) break;
    eldest = parent;
  }
  const family = new Set(treeOf(eldest, processes).map(each => each.pid));
  return members.filter(each => family.has(each));
}

async function words(folder: string, name: string): Promise<string[]> {
  const text = await readFile(join(folder, name), 'latin1');
  return text.trim().split(/\s+/);
}
