import { access, readFile, statfs } from 'fs/promises';
import { ProcessEntry } from './processTree';

/** Places of a job in memory, where it has some. */
export interface MemoryFolders {
  /** What is there in its own file system alone. */
  landmark: string;
  folders: string[];
}

/** Of the kernel, for each file in a file system in memory, its name included. */
const INODE_BYTES = 1_024;

/**
 * Memory that a job takes: what its processes have, their page tables, what of
 * them was swapped out, and the inodes of its files. Pages that processes share
 * count once; to find that out is dear, so it is done where it decides.
 */
export async function treeMemory(
  tree: ProcessEntry[],
  limit: number,
  places: MemoryFolders | undefined,
): Promise<number> {
  const [hidden, inodes] = await Promise.all([
    sum(tree, hiddenBytes),
    places ? inodesOf(tree, places) : 0,
  ]);
  const beside = hidden + inodes * INODE_BYTES;
  const resident = await sum(tree, async each => each.residentBytes);
  if (resident + beside <= limit) return resident + beside;
  return (await sum(tree, proportionalBytes)) + beside;
}

/** What `VmRSS` leaves out. */
async function hiddenBytes({ pid }: ProcessEntry): Promise<number> {
  const status = await read(`/proc/${pid}/status`);
  return kibibytes(status, 'VmPTE') + kibibytes(status, 'VmSwap');
}

/** Its share of each page; all of them where nothing tells. */
async function proportionalBytes(entry: ProcessEntry): Promise<number> {
  const rollup = await read(`/proc/${entry.pid}/smaps_rollup`);
  return rollup ? kibibytes(rollup, 'Pss') : entry.residentBytes;
}

/** As one of its processes sees them: the first of them, which starts the sandbox, is outside. */
async function inodesOf(
  tree: ProcessEntry[],
  { folders, landmark }: MemoryFolders,
): Promise<number> {
  for (const { pid } of tree) {
    const root = `/proc/${pid}/root`;
    try {
      await access(`${root}${landmark}`);
      const all = await Promise.all(
        folders.map(folder => statfs(`${root}${folder}`)),
      );
      return all.reduce((total, { ffree, files }) => total + files - ffree, 0);
    } catch {
      // Outside, ended meanwhile, or closed to this user.
    }
  }
  return 0;
}

async function sum(
  tree: ProcessEntry[],
  measure: (entry: ProcessEntry) => Promise<number>,
): Promise<number> {
  const all = await Promise.all(tree.map(measure));
  return all.reduce((total, each) => total + each, 0);
}

function kibibytes(text: string, name: string): number {
  const found = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(text);
  return found ? Number(found[1]) * 1_024 : 0;
}

/** Empty for a process that has ended, or that this one may not look into. */
async function read(path: string): Promise<string> {
  return readFile(path, 'latin1').catch(() => '');
}
