import { lstat, readFile } from 'fs/promises';
import { connect } from 'net';

/**
 * Name of the socket that a process has in its folder for as long as it runs.
 * It has the start of the machine in it: a folder that several machines share
 * would have sockets that answer on one of them alone.
 */
export async function socketName(): Promise<string> {
  const boot = await bootId();
  return `alive-${boot ?? 'unknown'}.sock`;
}

/** @returns undefined where the system does not tell */
export async function bootId(): Promise<string | undefined> {
  const id = await readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(
    () => '',
  );
  return /^[0-9a-f]{8}/.exec(id)?.[0];
}

/** Whether there is a socket at which no process of this machine listens, whatever container that was in. */
export async function isDead(path: string): Promise<boolean> {
  // A file that is none refuses as well.
  const stats = await lstat(path).catch(() => undefined);
  if (!stats?.isSocket()) return false;
  return new Promise(resolve => {
    const socket = connect(path);
    socket.on('connect', () => {
      socket.destroy();
      resolve(false);
    });
    // Anything else, say that it is not there or not ours, proves nothing.
    socket.on('error', error =>
      resolve((error as NodeJS.ErrnoException).code === 'ECONNREFUSED'),
    );
  });
}
