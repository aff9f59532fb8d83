import { LoggerService } from '@backstage/backend-plugin-api';
import { readdir, rm, stat } from 'fs/promises';
import path from 'path';

const STALE_MILLISECONDS = 24 * 60 * 60_000;

/** Deletes what processes that were killed left behind; other processes' newer folders stay. */
export async function removeStale(
  folder: string,
  logger: LoggerService,
  isOurs: (name: string) => boolean = () => true,
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isOurs)) {
    const file = path.join(folder, name);
    try {
      const { mtimeMs } = await stat(file);
      if (Date.now() - mtimeMs > STALE_MILLISECONDS) {
        await rm(file, { recursive: true, force: true });
      }
    } catch (error) {
      logger.debug(`Could not remove ${file}: ${error}`);
    }
  }
}
