import { posix } from 'path';

/** Folders of the control groups that a process is in, by how they are organised. */
export interface Hierarchies {
  /** Version 2: one folder for all controllers. */
  unified: string | undefined;
  /** Version 1: a folder for each controller. */
  memory: string | undefined;
  pids: string | undefined;
  cpu: string | undefined;
  cpuacct: string | undefined;
}

interface Mount {
  /** What of the file system is mounted. */
  root: string;
  folder: string;
  type: string;
  options: string[];
}

/**
 * Finds where the control groups of a process are, as it sees them: in a
 * container, its own group may be mounted as the root of all.
 *
 * @param memberships - `/proc/self/cgroup`
 * @param mountInfo - `/proc/self/mountinfo`
 */
export function findHierarchies(
  memberships: string,
  mountInfo: string,
): Hierarchies {
  const mounts = mountInfo.split('\n').flatMap(readMount);
  const groups = memberships.split('\n').flatMap(line => {
    const found = /^\d+:([^:]*):(\/.*)$/.exec(line);
    return found ? [{ controllers: found[1].split(','), path: found[2] }] : [];
  });
  const find = (type: string, controller: string) => {
    const group = groups.find(each => each.controllers.includes(controller));
    if (!group) return undefined;
    return mounts
      .filter(each => each.type === type)
      .filter(each => !controller || each.options.includes(controller))
      .map(each => folderIn(each, group.path))
      .find(folder => folder !== undefined);
  };
  return {
    unified: find('cgroup2', ''),
    memory: find('cgroup', 'memory'),
    pids: find('cgroup', 'pids'),
    cpu: find('cgroup', 'cpu'),
    cpuacct: find('cgroup', 'cpuacct'),
  };
}

function readMount(line: string): Mount[] {
  const [before, after] = line.split(' - ');
  if (after === undefined) return [];
  const [, , , root, folder] = before.split(' ');
  const [type, , options = ''] = after.split(' ');
  if (folder === undefined) return [];
  return [
    {
      root: unescapePath(root),
      folder: unescapePath(folder),
      type,
      options: options.split(','),
    },
  ];
}

/** The kernel writes spaces and the like as octal numbers. */
function unescapePath(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal) =>
    String.fromCharCode(parseInt(octal, 8)),
  );
}

/** @returns undefined where the group is not within what is mounted */
function folderIn({ folder, root }: Mount, path: string): string | undefined {
  const relative = posix.relative(root, path);
  // `/..` is what the kernel says of groups outside of a namespace.
  if (path.startsWith('/..') || relative.startsWith('..')) return undefined;
  return posix.join(folder, relative);
}
