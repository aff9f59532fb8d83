import { lstat, realpath } from 'fs/promises';
import { dirname, join } from 'path';
import { Workspace, WorkspaceError } from '../checkout/Workspace';
import { readWorkTreeFile } from './readWorkTreeFile';

const FILE_BYTES = 1024 * 1024;
const TAKEN_FILES = 2_000;
const LEFT_LISTED = 100;

/** What a program changed in the work tree. */
export interface TakenFiles {
  /** Taken over, relative to the repository. */
  files: string[];
  /** Not taken, each with the reason, at most 100. */
  left: string[];
}

/** Brings the work tree to the workspace's state, without what others left in it; what git ignores stays. */
export async function prepareWorkTree(workspace: Workspace): Promise<void> {
  const { checkout } = workspace;
  await checkout.checkOut(await workspace.tree());
  await checkout.git.run(['clean', '-ffdq']);
}

/**
 * Takes over what a program changed in the work tree since it was prepared or
 * verified last: regular files of the target that git does not ignore.
 */
export async function takeWorkTree(workspace: Workspace): Promise<TakenFiles> {
  const { checkout } = workspace;
  const output = await checkout.git.run([
    ...['ls-files', '-z', '--modified', '--others', '--exclude-standard'],
    '--full-name',
  ]);
  const paths = [
    ...new Set(output.toString('utf8').split('\0').filter(Boolean)),
  ];
  const root = await realpath(checkout.folder);
  const taken: TakenFiles = { files: [], left: [] };
  const leave = (path: string, why: string) => {
    if (taken.left.length < LEFT_LISTED) taken.left.push(`${path} ${why}`);
  };
  for (const path of paths) {
    if (taken.files.length >= TAKEN_FILES) {
      leave(path, `is more than the ${TAKEN_FILES} files that are taken`);
      break;
    }
    const problem = await takeFile(workspace, root, path);
    if (problem) leave(path, problem);
    else taken.files.push(path);
  }
  return taken;
}

/** @returns why it is not taken */
async function takeFile(
  workspace: Workspace,
  root: string,
  path: string,
): Promise<string | undefined> {
  const absolute = join(root, path);
  try {
    if (path.endsWith('/')) return 'is a repository of its own';
    const place = await placeOf(absolute);
    if (place === 'gone') {
      workspace.remove(path);
      return undefined;
    }
    if (place === 'elsewhere') return 'lies behind a link';
    const file = await readWorkTreeFile(absolute, FILE_BYTES);
    if ('problem' in file) return file.problem;
    workspace.write(path, file.content, file.mode);
    return undefined;
  } catch (error) {
    if (error instanceof WorkspaceError) return `(${error.message})`;
    return `cannot be read (${(error as NodeJS.ErrnoException).code ?? error})`;
  }
}

/** What is missing behind a link was not removed: its folder was swapped. */
async function placeOf(path: string): Promise<'here' | 'gone' | 'elsewhere'> {
  const folder = dirname(path);
  try {
    if ((await realpath(folder)) !== folder) return 'elsewhere';
    await lstat(path);
    return 'here';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'gone';
    throw error;
  }
}
