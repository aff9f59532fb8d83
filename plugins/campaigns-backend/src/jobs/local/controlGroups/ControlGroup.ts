import { mkdir, readdir, readFile, rmdir, writeFile } from 'fs/promises';
import { join } from 'path';

/** Where groups are made: the folder above a group, for each controller; in version 2 they are the same. */
export interface GroupPlace {
  version: 1 | 2;
  memory: string;
  pids: string;
  /** Where the kernel shares processors out by groups. */
  cpu: string | undefined;
  /** Where it counts their time. */
  cpuTime: string | undefined;
}

/** What all processes of a group may have together. */
export interface GroupLimits {
  /** With what was swapped out, files in memory, and what the kernel holds for it. */
  memoryBytes: number;
  /** Of all processes. */
  threads: number;
}

/** What a group has used, and what it has run into. */
export interface GroupUsage {
  outOfMemory: boolean;
  outOfThreads: boolean;
  /** Of all its processes, also of those that are gone; 0 where the kernel does not tell. */
  cpuSeconds: number;
}

/**
 * Half of what others have: the back end goes first, also before thousands of
 * threads of a job, and jobs still get somewhere on a machine that others use.
 */
const CPU_WEIGHT = 50;
const CPU_SHARES = 512;

/** The kernel needs a moment to let go of what it has killed. */
const REMOVE_TRIES = 1_000;
const REMOVE_PAUSE_MILLISECONDS = 10;

/** A control group: the kernel counts and bounds what its processes have together. */
export class ControlGroup {
  readonly #version: 1 | 2;
  readonly #memory: string;
  readonly #pids: string;
  readonly #cpu: string | undefined;
  readonly #cpuTime: string | undefined;

  private constructor(place: GroupPlace, name: string) {
    const { cpu, cpuTime, memory, pids, version } = place;
    this.#version = version;
    this.#memory = join(memory, name);
    this.#pids = join(pids, name);
    this.#cpu = cpu && join(cpu, name);
    this.#cpuTime = cpuTime && join(cpuTime, name);
  }

  /** @throws Error of the file system, where this machine does not let it; nothing is left then */
  static async create(
    place: GroupPlace,
    name: string,
    limits: GroupLimits,
  ): Promise<ControlGroup> {
    const group = new ControlGroup(place, name);
    try {
      for (const folder of group.#folders()) await mkdir(folder);
      await group.#limit(limits);
      return group;
    } catch (error) {
      for (const folder of group.#folders()) {
        await rmdir(folder).catch(() => {});
      }
      throw error;
    }
  }

  /** One that is there already, from another process. */
  static existing(place: GroupPlace, name: string): ControlGroup {
    return new ControlGroup(place, name);
  }

  async #limit({ memoryBytes, threads }: GroupLimits): Promise<void> {
    const set = (folder: string, name: string, value: number) =>
      writeFile(join(folder, name), String(value));
    const trySet = (folder: string, name: string, value: number) =>
      set(folder, name, value).catch(() => {}); // Older kernels, or no swap.
    await set(this.#pids, 'pids.max', threads);
    if (this.#version === 2) {
      await set(this.#memory, 'memory.max', memoryBytes);
      await trySet(this.#memory, 'memory.swap.max', 0);
      await trySet(this.#memory, 'memory.oom.group', 1);
    } else {
      await set(this.#memory, 'memory.limit_in_bytes', memoryBytes);
      await trySet(this.#memory, 'memory.memsw.limit_in_bytes', memoryBytes);
    }
    if (this.#cpu) {
      await (this.#version === 2
        ? set(this.#cpu, 'cpu.weight', CPU_WEIGHT)
        : set(this.#cpu, 'cpu.shares', CPU_SHARES));
    }
  }

  /** Puts a process into it, and so all that it starts from then on. */
  async add(pid: number): Promise<void> {
    for (const folder of this.#folders()) {
      await writeFile(join(folder, 'cgroup.procs'), String(pid));
    }
  }

  async usage(): Promise<GroupUsage> {
    const killsIn =
      this.#version === 2 ? 'memory.events' : 'memory.oom_control';
    const [kills, refusals, cpuSeconds] = await Promise.all([
      read(join(this.#memory, killsIn)),
      read(join(this.#pids, 'pids.events')),
      this.#cpuSeconds(),
    ]);
    return {
      outOfMemory: /^oom_kill [1-9]/m.test(kills),
      outOfThreads: /^max [1-9]/m.test(refusals),
      cpuSeconds,
    };
  }

  async #cpuSeconds(): Promise<number> {
    if (!this.#cpuTime) return 0;
    if (this.#version === 1) {
      return Number(await read(join(this.#cpuTime, 'cpuacct.usage'))) / 1e9;
    }
    const found = /^usage_usec (\d+)$/m.exec(
      await read(join(this.#cpuTime, 'cpu.stat')),
    );
    return Number(found?.[1] ?? 0) / 1e6;
  }

  /** Kills all that is in it, and removes it; what cannot be removed now is removed when a back end starts. */
  async remove(): Promise<void> {
    for (let tries = 0; tries < REMOVE_TRIES; tries++) {
      const gone = await Promise.all(this.#folders().map(end));
      if (gone.every(Boolean)) return;
      await new Promise(resolve =>
        setTimeout(resolve, REMOVE_PAUSE_MILLISECONDS),
      );
    }
  }

  #folders(): string[] {
    const all = [this.#memory, this.#pids, this.#cpu, this.#cpuTime];
    return [...new Set(all.filter(each => each !== undefined))];
  }
}

/** @returns whether it is gone, with all groups in it */
async function end(folder: string): Promise<boolean> {
  const removed = await rmdir(folder).then(
    () => true,
    error => error.code === 'ENOENT',
  );
  if (removed) return true;
  // Since Linux 5.14, and in one step: nothing can fork away from it.
  await writeFile(join(folder, 'cgroup.kill'), '1').catch(() => {});
  for (const pid of await processesOf(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
  // A job without a sandbox may have made some, where its user may.
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(
    () => [],
  )) {
    if (entry.isDirectory()) await end(join(folder, entry.name));
  }
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}

/** Processes in a group, as far as this one sees them. */
export async function processesOf(folder: string): Promise<number[]> {
  const text = await read(join(folder, 'cgroup.procs'));
  // Those of other namespaces are all called 0, which would mean this process's own group.
  return text
    .split('\n')
    .map(Number)
    .filter(pid => pid > 0);
}

async function read(path: string): Promise<string> {
  return readFile(path, 'latin1').catch(() => '');
}
