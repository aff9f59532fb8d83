import { chmod, mkdtemp, rename } from 'fs/promises';
import { once } from 'events';
import { createServer } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { JobUser } from '../jobUser';
import { socketName } from './liveness';
import { makeFolder } from './openFolder';
import { removeFolder } from './removeFolder';

/** A folder for jobs, until it is removed. */
export interface HeldFolder {
  path: string;
  remove(): Promise<void>;
}

/** A folder of this process, which has those for jobs in it. */
interface Home {
  path: string;
  end(): Promise<void>;
}

/** By where they are and who is let in; for all of this process, as it is the process that dies. */
const homes = new Map<string, { opening: Promise<Home>; held: number }>();

/**
 * Makes a folder in one of this process, which tells others, by a socket,
 * whether this process still runs: where it was killed, the next one removes
 * all that it has left ({@link sweepFolders}).
 *
 * @param prefix - what its name begins with
 * @param user - who is let in; default: the user of this process
 * @throws Error where there is no place that the user can enter
 */
export async function holdFolder(
  prefix: string,
  user: JobUser | undefined,
): Promise<HeldFolder> {
  const key = JSON.stringify([tmpdir(), user]);
  const home = homes.get(key) ?? { opening: openHome(user), held: 0 };
  homes.set(key, home);
  home.held += 1;
  const release = async () => {
    home.held -= 1;
    if (home.held > 0) return;
    if (homes.get(key) === home) homes.delete(key);
    await (await home.opening).end();
  };
  try {
    const path = await mkdtemp(join((await home.opening).path, prefix));
    let removing: Promise<void> | undefined;
    const remove = () => {
      removing ??= removeFolder(path).finally(release);
      return removing;
    };
    return { path, remove };
  } catch (error) {
    await release().catch(() => {});
    throw error;
  }
}

async function openHome(user: JobUser | undefined): Promise<Home> {
  // Made as 0700. Names are short: a socket's path has at most 107 bytes.
  const path = await makeFolder('skein-', user);
  const server = createServer(socket => socket.destroy()).unref();
  const end = async () => {
    server.close();
    await removeFolder(path);
  };
  try {
    // Who is let in goes on to what is in it, and sees no names.
    if (user) await chmod(path, 0o711);
    // A socket answers only after it has its name: it gets that once it does.
    const opening = join(path, 'opening.sock');
    server.listen(opening);
    await once(server, 'listening');
    await rename(opening, join(path, await socketName()));
    return { path, end };
  } catch (error) {
    await end().catch(() => {});
    throw error;
  }
}
