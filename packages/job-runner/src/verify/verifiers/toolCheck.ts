import { FolderView, RepositoryCheck } from '../types';

/**
 * A check that a tool's files suggest: run where its program is on this
 * machine, and else skipped with the reason.
 *
 * @param options.name - for people; default: the command
 * @param options.needs - why it cannot be run here; undefined where it can
 */
export function toolCheck(
  view: FolderView,
  command: string[],
  options: Partial<
    Pick<RepositoryCheck, 'name' | 'role' | 'environment' | 'failsOnOutput'>
  > & { needs?: string } = {},
): RepositoryCheck {
  const [program] = command;
  const { needs, ...rest } = options;
  const present = program.includes('/')
    ? view.inWorkTree(program)
    : view.hasProgram(program);
  return {
    name: command.join(' '),
    command,
    folder: view.folder,
    declared: false,
    role: 'test',
    ...rest,
    unavailable: present ? needs : `${program} is not on this machine`,
  };
}
