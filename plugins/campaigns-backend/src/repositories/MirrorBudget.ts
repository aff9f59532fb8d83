import { LoggerService } from '@backstage/backend-plugin-api';
import { open, readdir, rename, rm, stat, utimes } from 'fs/promises';
import path from 'path';
import { removeStale } from './removeStale';

/** Options of {@link MirrorBudget}. */
export interface MirrorBudgetOptions {
  /** Holds `host/owner/name.git`. */
  folder: string;
  /** What all mirrors may take. */
  bytes: number;
  logger: LoggerService;
  /** Called before a mirror goes. */
  onEvict(gitDir: string): void;
}

interface MirrorUse {
  gitDir: string;
  /** Epoch milliseconds. */
  usedAt: number;
  heldUntil: number;
  bytes: number;
}

/** Modified when the mirror was last used. */
const USED_FILE = 'skein-used';
/** Modified, as it says, at the time until which nobody may take the mirror away. */
const HELD_FILE = 'skein-held';
/** Evicts somewhat more than it must, so that not every fetch has to. */
const AFTER_EVICTION = 0.9;

/**
 * Keeps the mirrors of a folder within a number of bytes: the least recently
 * used go first, and none that somebody works with.
 *
 * Use is written down as times of files in the mirrors, so that it holds for
 * all processes that share the folder, and after a restart.
 */
export class MirrorBudget {
  readonly #options: MirrorBudgetOptions;
  /** Sizes as measured, with the use at which they were. */
  readonly #measured = new Map<string, { usedAt: number; bytes: number }>();
  /** Of all mirrors; undefined until they were looked at. */
  #total?: number;
  #pruning?: Promise<void>;

  private constructor(options: MirrorBudgetOptions) {
    this.#options = options;
  }

  static create(options: MirrorBudgetOptions): MirrorBudget {
    return new MirrorBudget(options);
  }

  /**
   * Tells that a mirror is used now, and for how long nobody may take it away.
   *
   * @returns false where there is no such mirror
   */
  async use(gitDir: string, holdMilliseconds: number): Promise<boolean> {
    const now = Date.now();
    const until = now + holdMilliseconds;
    try {
      const held = await timeOf(path.join(gitDir, HELD_FILE));
      if (held < until) await mark(path.join(gitDir, HELD_FILE), until);
      await mark(path.join(gitDir, USED_FILE), now);
      await stat(path.join(gitDir, 'HEAD'));
      return true;
    } catch {
      return false;
    }
  }

  /** Looks at the size of a mirror that was fetched into, and makes room where it is needed. */
  async grew(gitDir: string): Promise<void> {
    const before = this.#measured.get(gitDir)?.bytes ?? 0;
    const bytes = await sizeOf(gitDir);
    const usedAt = await timeOf(path.join(gitDir, USED_FILE));
    this.#measured.set(gitDir, { usedAt, bytes });
    if (this.#total !== undefined) {
      this.#total += bytes - before;
      if (this.#total <= this.#options.bytes) return;
    }
    await this.prune();
  }

  /** Takes away what is least recently used, as long as all is more than it may be. */
  prune(): Promise<void> {
    this.#pruning ??= this.#prune().finally(() => {
      this.#pruning = undefined;
    });
    return this.#pruning;
  }

  async #prune(): Promise<void> {
    const { bytes, logger } = this.#options;
    const mirrors = await this.#list();
    let total = mirrors.reduce((sum, mirror) => sum + mirror.bytes, 0);
    if (total > bytes) {
      const before = total;
      const now = Date.now();
      const free = mirrors
        .filter(mirror => mirror.heldUntil <= now)
        .sort((a, b) => a.usedAt - b.usedAt);
      let count = 0;
      for (const mirror of free) {
        if (total <= bytes * AFTER_EVICTION) break;
        if (await this.#evict(mirror.gitDir)) {
          total -= mirror.bytes;
          count += 1;
        }
      }
      logger.info(
        `Mirrors took ${megabytes(before)} of ${megabytes(
          bytes,
        )}: ${count} that were not in use are gone, ${megabytes(total)} stay`,
      );
      if (total > bytes) {
        logger.warn(
          `The mirrors that are in use take ${megabytes(
            total,
          )}, more than campaigns.repositories.diskMegabytes allows; nothing that is in use is taken away`,
        );
      }
    }
    this.#total = total;
  }

  async #list(): Promise<MirrorUse[]> {
    const { folder, logger } = this.#options;
    const mirrors: MirrorUse[] = [];
    for (const host of await foldersIn(folder)) {
      for (const owner of await foldersIn(host)) {
        await removeStale(owner, logger, name => name.startsWith('.'));
        for (const gitDir of await foldersIn(owner)) {
          mirrors.push(await this.#look(gitDir));
        }
      }
    }
    return mirrors;
  }

  async #look(gitDir: string): Promise<MirrorUse> {
    const usedAt = await timeOf(path.join(gitDir, USED_FILE));
    const heldUntil = await timeOf(path.join(gitDir, HELD_FILE));
    let measured = this.#measured.get(gitDir);
    if (measured?.usedAt !== usedAt || usedAt === 0) {
      measured = { usedAt, bytes: await sizeOf(gitDir) };
      this.#measured.set(gitDir, measured);
    }
    return { gitDir, usedAt, heldUntil, bytes: measured.bytes };
  }

  async #evict(gitDir: string): Promise<boolean> {
    const away = path.join(
      path.dirname(gitDir),
      `.evicted-${path.basename(gitDir)}-${process.pid}-${Date.now()}`,
    );
    this.#options.onEvict(gitDir);
    try {
      await rename(gitDir, away);
    } catch {
      return false;
    }
    // Somebody may have taken it up between the look and the move.
    if ((await timeOf(path.join(away, HELD_FILE))) > Date.now()) {
      const back = await rename(away, gitDir).then(
        () => true,
        () => false,
      );
      if (back) return false;
    }
    this.#measured.delete(gitDir);
    await rm(away, { recursive: true, force: true });
    return true;
  }
}

/** Makes a file where there is none, and gives it a time. */
async function mark(file: string, time: number): Promise<void> {
  const seconds = time / 1_000;
  try {
    await utimes(file, seconds, seconds);
  } catch {
    await (await open(file, 'a')).close();
    await utimes(file, seconds, seconds);
  }
}

/** Epoch milliseconds; 0 where there is no such file. */
async function timeOf(file: string): Promise<number> {
  return stat(file).then(
    found => found.mtimeMs,
    () => 0,
  );
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    () => [],
  );
  return entries
    .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(entry => path.join(folder, entry.name))
    .sort();
}

/** Bytes of the files below a folder; files that vanish meanwhile count nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    bytes += await stat(file).then(
      found => found.size,
      () => 0,
    );
  }
  return bytes;
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 ** 2).toLocaleString('en')} MiB`;
}
