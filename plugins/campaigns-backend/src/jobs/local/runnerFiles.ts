import {
  chmod,
  constants,
  copyFile,
  link,
  lstat,
  mkdir,
  readdir,
  readlink,
  realpath,
  symlink,
} from 'fs/promises';
import { Stats } from 'fs';
import { dirname, join } from 'path';
import { JobUser } from './jobUser';
import { allows, canEnter, holdFolder } from './folders';

/** What is needed to start a runner, on this machine. */
export interface RunnerFiles {
  node: string;
  /** Folder with the runner bundle. */
  runnerFolder: string;
  /** Packages that the runner finds beside it, by their names. */
  runnerPackages: Array<{ name: string; folder: string }>;
}

/** Files that a user can read, until they are removed. */
export interface StagedFiles {
  files: RunnerFiles;
  remove(): Promise<void>;
}

/**
 * Sees to it that another user can read the runner. What lies in folders that
 * are closed to it, say below `/root`, is put into a folder of its own: by hard
 * links where that goes, else as copies.
 */
export async function stageRunnerFiles(
  files: RunnerFiles,
  user: JobUser | undefined,
): Promise<StagedFiles> {
  if (!user) return { files, remove: async () => {} };
  const { node, runnerFolder, runnerPackages } = files;
  const folders = [runnerFolder, ...runnerPackages.map(each => each.folder)];
  const nodeFits = await canRead(node, user);
  const runnerFits = (
    await Promise.all(folders.map(path => canRead(path, user)))
  ).every(Boolean);
  if (nodeFits && runnerFits) return { files, remove: async () => {} };

  const { path: base, remove } = await holdFolder('runner-', user);
  try {
    await chmod(base, 0o755);
    const staged = { ...files };
    if (!nodeFits) {
      staged.node = join(base, 'bin', 'node');
      await mkdir(dirname(staged.node), { mode: 0o755 });
      await place(await realpath(node), staged.node, user);
    }
    if (!runnerFits) {
      // As it would lie inside of a sandbox: packages above the runner.
      staged.runnerFolder = join(base, 'runner');
      await place(runnerFolder, staged.runnerFolder, user);
      staged.runnerPackages = runnerPackages.map(({ name }) => ({
        name,
        folder: join(base, 'node_modules', name),
      }));
      for (const { name, folder } of runnerPackages) {
        await place(folder, join(base, 'node_modules', name), user);
      }
    }
    return { files: staged, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function place(from: string, to: string, user: JobUser): Promise<void> {
  const stats = await lstat(from);
  await mkdir(dirname(to), { recursive: true, mode: 0o755 });
  if (stats.isSymbolicLink()) {
    await symlink(await readlink(from), to);
  } else if (stats.isDirectory()) {
    await mkdir(to, { mode: 0o755 });
    await chmod(to, 0o755);
    for (const name of await readdir(from)) {
      await place(join(from, name), join(to, name), user);
    }
  } else if (stats.isFile()) {
    await placeFile(from, stats, to, user);
  }
}

async function placeFile(
  from: string,
  stats: Stats,
  to: string,
  user: JobUser,
): Promise<void> {
  // A link is the very file, with its mode and its owner.
  if (allows(stats, user, 4) && !allows(stats, user, 2)) {
    const linked = await link(from, to).then(
      () => true,
      () => false, // On another file system.
    );
    if (linked) return;
  }
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await chmod(to, stats.mode & 0o111 ? 0o755 : 0o644);
}

/** Whether a user can read a file, or all that is in a folder. */
async function canRead(path: string, user: JobUser): Promise<boolean> {
  const real = await realpath(path).catch(() => undefined);
  // What is missing is missing for everybody; whoever starts it says so.
  if (real === undefined) return true;
  return (await canEnter(dirname(real), user)) && (await isOpen(real, user));
}

async function isOpen(path: string, user: JobUser): Promise<boolean> {
  const stats = await lstat(path);
  if (stats.isSymbolicLink()) return true;
  if (!stats.isDirectory()) return allows(stats, user, 4);
  if (!allows(stats, user, 5)) return false;
  for (const name of await readdir(path)) {
    if (!(await isOpen(join(path, name), user))) return false;
  }
  return true;
}
