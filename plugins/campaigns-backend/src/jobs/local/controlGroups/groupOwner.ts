import { ProcessEntry } from '../processTree';

/** A process that made groups, as their names tell it. */
export interface GroupOwner {
  /** Its namespace of processes: in others, the same number is another process. */
  namespace: number;
  pid: number;
  /** As in {@link ProcessEntry}. */
  startedAt: number;
}

const NAME = /^skein-job-(\d+)-(\d+)-(\d+)-\d+$/;

export function groupName(owner: GroupOwner, count: number): string {
  const { namespace, pid, startedAt } = owner;
  return `skein-job-${namespace}-${pid}-${startedAt}-${count}`;
}

/**
 * Whether a group was made by a process that is gone.
 *
 * @param name - of any group
 * @param self - of this process
 * @param processes - all that this one sees
 */
export function isLeftOver(
  name: string,
  self: GroupOwner,
  processes: Array<Pick<ProcessEntry, 'pid' | 'startedAt'>>,
): boolean {
  const found = NAME.exec(name);
  if (!found) return false;
  const [namespace, pid, startedAt] = found.slice(1).map(Number);
  // Of processes in other namespaces nothing is known here.
  if (namespace !== self.namespace) return false;
  return !processes.some(
    each => each.pid === pid && each.startedAt === startedAt,
  );
}
