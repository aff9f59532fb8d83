import { randomUUID } from 'crypto';
import { dirname, join } from 'path';
import { ConfinedCommand } from './ConfinedProcess';
import { Confinement } from './confinement';
import {
  inSandbox,
  inside,
  kernelFilter,
  SandboxPrograms,
  SHARED_MEMORY_BYTES,
  threadLimit,
} from './sandbox';

/** What a runner of an attempt gets. */
export interface RunnerStart {
  socketPath: string;
  token: string;
}

/** Starts a runner in a sandbox. */
export function sandboxedCommand(
  confinement: Confinement,
  programs: SandboxPrograms,
  { socketPath, token }: RunnerStart,
): ConfinedCommand {
  const { bundleName, diskBytes, staged, user } = confinement;
  const env = {
    PATH: '/usr/bin:/bin',
    ...environment(confinement, inside.work, '/tmp', inside.socket),
  };
  const [file, ...words] = inSandbox(programs, {
    ...staged.files,
    socketPath,
    diskBytes,
  });
  return {
    file,
    args: [
      ...words,
      ...Object.entries(env).flatMap(([name, value]) => [
        '--setenv',
        name,
        value,
      ]),
      ...['--', ...threadLimit(), inside.node],
      `${inside.runnerFolder}/${bundleName}`,
    ],
    cwd: '/',
    env: {},
    user,
    marker: undefined,
    input: token,
    filter: kernelFilter,
    fileBytes: diskBytes,
    memoryFolders: {
      landmark: inside.node,
      folders: [inside.work, '/tmp', '/dev/shm'],
    },
    memoryFolderBytes: 2 * diskBytes + SHARED_MEMORY_BYTES,
  };
}

/** Starts a runner as a plain child process, with a folder to work in. */
export function plainCommand(
  confinement: Confinement,
  folder: string,
  { socketPath, token }: RunnerStart,
): ConfinedCommand {
  const { bundleName, diskBytes, staged, user } = confinement;
  const { node, runnerFolder } = staged.files;
  const marker = `SKEIN_ATTEMPT=${randomUUID()}`;
  const [name, value] = marker.split('=');
  const path = process.env.PATH ?? '/usr/bin:/bin';
  return {
    file: node,
    args: [join(runnerFolder, bundleName)],
    cwd: folder,
    env: {
      // Checks find the same programs, a node that the user cannot reach too.
      PATH: node === process.execPath ? path : `${path}:${dirname(node)}`,
      ...environment(confinement, folder, folder, socketPath),
      [name]: value,
    },
    user,
    marker,
    input: token,
    filter: undefined,
    fileBytes: diskBytes,
    memoryFolders: undefined,
    memoryFolderBytes: 0,
  };
}

/** All that a runner and its checks find in their environment; nothing of the backend's own. */
function environment(
  { detection }: Confinement,
  work: string,
  temporary: string,
  socket: string,
): Record<string, string> {
  return {
    HOME: work,
    TMPDIR: temporary,
    LANG: 'C.UTF-8',
    SKEIN_JOB_URL: `unix:${socket}`,
    SKEIN_WORK_FOLDER: work,
    SKEIN_SANDBOX: detection.description,
  };
}
