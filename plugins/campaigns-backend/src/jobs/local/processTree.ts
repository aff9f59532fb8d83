import { readdir, readFile } from 'fs/promises';

/** What `/proc` says of a process. */
export interface ProcessEntry {
  pid: number;
  parent: number;
  group: number;
  /** In ticks since the machine started: tells it from another one with the same number. */
  startedAt: number;
  /** Resident memory in bytes. */
  residentBytes: number;
  /** Time on processors, of all its threads. */
  cpuSeconds: number;
  /** The same of its children that have ended and for which it has waited, and of theirs. */
  reapedCpuSeconds: number;
}

const PAGE_BYTES = 4096;

/** In which the kernel tells times, whatever it counts in itself. */
const TICKS_PER_SECOND = 100;

/** All processes that this one may see; empty where there is no `/proc`. */
export async function listProcesses(): Promise<ProcessEntry[]> {
  const names = await readdir('/proc').catch(() => []);
  const entries = await Promise.all(
    names
      .filter(name => /^\d+$/.test(name))
      .map(name => readProcess(Number(name))),
  );
  return entries.filter(entry => entry !== undefined);
}

/** @returns undefined where it has ended */
export async function readProcess(
  pid: number,
): Promise<ProcessEntry | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1');
    // The name, in brackets, may itself have spaces and brackets.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 4)
      .split(' ')
      .map(Number);
    return {
      pid,
      parent: fields[0],
      group: fields[1],
      cpuSeconds: (fields[10] + fields[11]) / TICKS_PER_SECOND,
      reapedCpuSeconds: (fields[12] + fields[13]) / TICKS_PER_SECOND,
      startedAt: fields[18],
      residentBytes: fields[20] * PAGE_BYTES,
    };
  } catch {
    return undefined; // It ended meanwhile.
  }
}

/** A process with all that descend from it or share its process group. */
export function treeOf(
  root: number,
  processes: ProcessEntry[],
): ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of processes) {
    const siblings = children.get(entry.parent);
    if (siblings) siblings.push(entry);
    else children.set(entry.parent, [entry]);
  }
  const tree = new Map<number, ProcessEntry>();
  const waiting = processes.filter(
    entry => entry.pid === root || entry.group === root,
  );
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    if (tree.has(entry.pid)) continue;
    tree.set(entry.pid, entry);
    waiting.push(...(children.get(entry.pid) ?? []));
  }
  return [...tree.values()];
}

/** Processes of this user whose environment, as they were started, has this text. */
export async function findByEnvironment(marker: string): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const found: number[] = [];
  for (const name of names.filter(each => /^\d+$/.test(each))) {
    const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(
      () => '',
    );
    if (environment.split('\0').includes(marker)) found.push(Number(name));
  }
  return found;
}
