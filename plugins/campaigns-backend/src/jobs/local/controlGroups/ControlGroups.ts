import { readdir, readFile, readlink } from 'fs/promises';
import { listProcesses, readProcess } from '../processTree';
import { JobUser } from '../jobUser';
import { startProbe } from '../probe';
import { ControlGroup, GroupLimits, GroupPlace } from './ControlGroup';
import { findHierarchies, Hierarchies } from './findHierarchies';
import { groupName, GroupOwner, isLeftOver } from './groupOwner';
import { prepareUnified } from './prepareUnified';

/** Control groups that this process can make for jobs, or why it cannot. */
export type GroupDetection =
  | { groups: ControlGroups }
  | { groups: undefined; reason: string };

/** Makes control groups for jobs, below the group that this process is in: what bounds it bounds jobs too. */
export class ControlGroups {
  readonly #place: GroupPlace;
  readonly #owner: GroupOwner;
  static #made = 0;

  private constructor(place: GroupPlace, owner: GroupOwner) {
    this.#place = place;
    this.#owner = owner;
  }

  /**
   * Tries them out with a process, and ends what back ends that are gone have
   * left in theirs.
   *
   * @param user - as whom jobs run; default: the user of this process
   */
  static async detect(user: JobUser | undefined): Promise<GroupDetection> {
    const hierarchies = findHierarchies(
      await read('/proc/self/cgroup'),
      await read('/proc/self/mountinfo'),
    );
    const reasons = new Set<string>();
    for (const find of placesIn(hierarchies)) {
      try {
        return { groups: await ControlGroups.#tryOut(await find(), user) };
      } catch (error) {
        reasons.add((error as Error).message);
      }
    }
    const reason =
      [...reasons].join('; ') ||
      'this machine shows none for memory and processes';
    return { groups: undefined, reason };
  }

  static async #tryOut(
    place: GroupPlace,
    user: JobUser | undefined,
  ): Promise<ControlGroups> {
    const groups = new ControlGroups(place, await ownIdentity());
    await groups.#sweep();
    const group = await groups.create({
      memoryBytes: 64 * 1024 ** 2,
      threads: 16,
    });
    const probe = startProbe('/bin/cat', [], { user });
    try {
      await probe.started;
      await group.add(probe.pid);
    } finally {
      probe.finish();
      await probe.ended.finally(() => group.remove());
    }
    return groups;
  }

  get version(): 1 | 2 {
    return this.#place.version;
  }

  /** Whether the kernel shares processors out by them. */
  get sharesCpu(): boolean {
    return this.#place.cpu !== undefined;
  }

  /** @throws Error of the file system */
  async create(limits: GroupLimits): Promise<ControlGroup> {
    ControlGroups.#made += 1;
    const name = groupName(this.#owner, ControlGroups.#made);
    return ControlGroup.create(this.#place, name, limits);
  }

  async #sweep(): Promise<void> {
    const { cpu, cpuTime, memory, pids } = this.#place;
    const folders = [memory, pids, cpu, cpuTime].filter(
      each => each !== undefined,
    );
    const names = new Set((await Promise.all(folders.map(list))).flat());
    const processes = await listProcesses();
    await Promise.all(
      [...names]
        .filter(name => isLeftOver(name, this.#owner, processes))
        .map(name => ControlGroup.existing(this.#place, name).remove()),
    );
  }
}

/** Where groups may be possible, the best first. */
function placesIn(
  hierarchies: Hierarchies,
): Array<() => Promise<GroupPlace> | GroupPlace> {
  const { cpu, cpuacct, memory, pids, unified } = hierarchies;
  const found: Array<() => Promise<GroupPlace> | GroupPlace> = [];
  if (unified) found.push(() => prepareUnified(unified));
  if (!memory || !pids) return found;
  const place = { version: 1, memory, pids } as const;
  // Not each of them need be this process's to change.
  return [
    ...found,
    () => ({ ...place, cpu, cpuTime: cpuacct }),
    () => ({ ...place, cpu: undefined, cpuTime: cpuacct }),
    () => ({ ...place, cpu: undefined, cpuTime: undefined }),
  ];
}

async function ownIdentity(): Promise<GroupOwner> {
  const namespace = await readlink('/proc/self/ns/pid');
  const self = await readProcess(process.pid);
  if (!self) throw new Error('this process does not see itself in /proc');
  const { pid, startedAt } = self;
  return { namespace: Number(/\d+/.exec(namespace)?.[0]), pid, startedAt };
}

async function read(path: string): Promise<string> {
  return readFile(path, 'latin1').catch(() => '');
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
