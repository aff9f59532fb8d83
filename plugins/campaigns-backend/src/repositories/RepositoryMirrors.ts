import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import {
  Forge,
  RepositoryHead,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import os from 'os';
import path from 'path';
import { Readable } from 'stream';
import { bundleTree } from './bundleTree';
import { ensureMirror, removeMirror } from './ensureMirror';
import { asNotFound, fetchBranch, isBroken } from './fetchBranch';
import { Forges } from './Forges';
import { MirrorBudget } from './MirrorBudget';
import { readTexts, listTree } from './readTree';
import { removeStale } from './removeStale';
import { assertBranchName, repositoryFolder } from './repositoryFolder';

/** Options of {@link RepositoryMirrors}. */
export interface RepositoryMirrorsOptions {
  forges: Forges;
  logger: LoggerService;
  /** Absolute; holds `mirrors` and `temporary`. */
  workingDirectory: string;
  /** A fetch that ended less than this long ago is not repeated. Default: 5 seconds. */
  freshMilliseconds?: number;
  /** How long a default branch is believed. Default: 5 minutes. */
  defaultBranchMilliseconds?: number;
  /** What all mirrors together may take on disk. Default: 20 GiB. */
  diskBytes?: number;
}

/** What a caller of {@link RepositoryMirrors.head} needs. */
export interface MirrorHeadOptions {
  /** Asks for a look at the forge that begins after this call. */
  force?: boolean;
  /** A look this long ago counts. Default: that of the mirrors. */
  freshMilliseconds?: number;
  /** False where the files of the newest commit are enough. Default: true. */
  history?: boolean;
  /** For how long the mirror must stay, however full the disk is. Default: 30 minutes. */
  holdMilliseconds?: number;
}

interface Mirror {
  gitDir: string;
  /** The fetch under way. */
  fetching?: { head: Promise<RepositoryHead>; history: boolean };
  head?: RepositoryHead;
  headAt: number;
  /** Whether `head` came with its history. */
  history: boolean;
  branch?: string;
  branchAt: number;
}

const DISK_BYTES = 20 * 1024 ** 3;
/** Longer than any operation on a mirror lasts. */
const HOLD_MILLISECONDS = 30 * 60_000;

/**
 * Bare mirrors of the default branches of repositories, in a folder of this
 * machine. A mirror is a cache: it can be deleted at any time.
 */
export class RepositoryMirrors implements RepositorySource {
  readonly #options: RepositoryMirrorsOptions;
  readonly #mirrors = new Map<string, Mirror>();
  readonly #budget: MirrorBudget;

  private constructor(options: RepositoryMirrorsOptions) {
    this.#options = options;
    this.#budget = MirrorBudget.create({
      folder: this.#folder,
      bytes: options.diskBytes ?? DISK_BYTES,
      logger: options.logger,
      onEvict: gitDir => this.#forget(gitDir),
    });
  }

  static async create(
    options: RepositoryMirrorsOptions,
  ): Promise<RepositoryMirrors> {
    const mirrors = new RepositoryMirrors(options);
    await removeStale(mirrors.temporaryDirectory, options.logger);
    return mirrors;
  }

  /**
   * Reads `campaigns.workingDirectory`; by default a folder below
   * `backend.workingDirectory`, or below the system's temporary folder. And
   * `campaigns.repositories.diskMegabytes`.
   */
  static async fromConfig(
    config: Config,
    options: { forges: Forges; logger: LoggerService },
  ): Promise<RepositoryMirrors> {
    const workingDirectory =
      config.getOptionalString('campaigns.workingDirectory') ??
      path.join(
        config.getOptionalString('backend.workingDirectory') ?? os.tmpdir(),
        'campaigns',
      );
    const megabytes = config.getOptionalNumber(
      'campaigns.repositories.diskMegabytes',
    );
    return RepositoryMirrors.create({
      ...options,
      workingDirectory: path.resolve(workingDirectory),
      diskBytes: megabytes === undefined ? undefined : megabytes * 1024 ** 2,
    });
  }

  /** For repositories that live as long as one operation. */
  get temporaryDirectory(): string {
    return path.join(this.#options.workingDirectory, 'temporary');
  }

  async head(
    repository: RepositoryRef,
    options: MirrorHeadOptions = {},
  ): Promise<RepositoryHead> {
    const { force = false, history = true } = options;
    const mirror = this.#mirrorOf(repository);
    const there = await this.#hold(mirror.gitDir, options.holdMilliseconds);
    // It may have asked the forge before the caller's reason to look again.
    const before = force ? mirror.fetching : undefined;
    while (
      mirror.fetching &&
      (mirror.fetching === before || (history && !mirror.fetching.history))
    ) {
      await mirror.fetching.head.catch(() => {});
    }
    if (mirror.fetching) return mirror.fetching.head;

    const fresh =
      options.freshMilliseconds ?? this.#options.freshMilliseconds ?? 5_000;
    if (
      there &&
      !force &&
      mirror.head &&
      (mirror.history || !history) &&
      Date.now() - mirror.headAt < fresh
    ) {
      return mirror.head;
    }
    const fetching = {
      history,
      head: this.#fetch(repository, mirror, options).finally(() => {
        mirror.fetching = undefined;
      }),
    };
    mirror.fetching = fetching;
    return fetching.head;
  }

  async listFiles(
    head: RepositoryHead,
    options: { path?: string } = {},
  ): Promise<Array<{ path: string; size: number }>> {
    await this.#hold(head.gitDir);
    const entries = await listTree(head, options.path);
    return entries.map(entry => ({ path: entry.path, size: entry.size }));
  }

  async readFiles(
    head: RepositoryHead,
    paths: string[],
  ): Promise<Map<string, string>> {
    await this.#hold(head.gitDir);
    return readTexts(head, paths);
  }

  async bundle(head: RepositoryHead): Promise<Readable> {
    await this.#hold(head.gitDir);
    return bundleTree(head, this.temporaryDirectory);
  }

  get #folder(): string {
    return path.join(this.#options.workingDirectory, 'mirrors');
  }

  async #hold(gitDir: string, milliseconds = HOLD_MILLISECONDS) {
    return this.#budget.use(gitDir, milliseconds);
  }

  #forget(gitDir: string): void {
    for (const mirror of this.#mirrors.values()) {
      if (mirror.gitDir === gitDir) mirror.head = undefined;
    }
  }

  #mirrorOf(repository: RepositoryRef): Mirror {
    const key = formatRepositoryRef(repository).toLowerCase();
    let mirror = this.#mirrors.get(key);
    if (!mirror) {
      const gitDir = repositoryFolder(this.#folder, repository);
      mirror = { gitDir, history: false, headAt: 0, branchAt: 0 };
      this.#mirrors.set(key, mirror);
    }
    return mirror;
  }

  async #fetch(
    repository: RepositoryRef,
    mirror: Mirror,
    options: MirrorHeadOptions,
  ): Promise<RepositoryHead> {
    const { logger } = this.#options;
    const { gitDir } = mirror;
    const { history = true } = options;
    let found: { branch: string; commit: string };
    try {
      found = await this.#fetchInto(repository, mirror, options);
    } catch (error) {
      if (!isBroken(error)) throw error;
      // It is only a cache: a broken one, as a power cut leaves it, is made anew.
      logger.warn(
        `The mirror ${gitDir} is broken and will be made anew: ${error}`,
      );
      await removeMirror(gitDir);
      found = await this.#fetchInto(repository, mirror, options);
    }
    mirror.head = { repository, ...found, gitDir };
    mirror.headAt = Date.now();
    mirror.history = history;
    // Nobody waits for room to be made.
    this.#budget
      .grew(gitDir)
      .catch(error => logger.warn(`Could not look at mirrors' size: ${error}`));
    return mirror.head;
  }

  async #fetchInto(
    repository: RepositoryRef,
    mirror: Mirror,
    options: MirrorHeadOptions,
  ): Promise<{ branch: string; commit: string }> {
    const forge = this.#options.forges.of(repository);
    const { history = true } = options;
    await ensureMirror(mirror.gitDir);
    await this.#hold(mirror.gitDir, options.holdMilliseconds);
    const fetch = async (branch: string) => ({
      branch,
      commit: await fetchBranch({
        gitDir: mirror.gitDir,
        access: await forge.getGitAccess(repository, 'read'),
        branch,
        history,
        logger: this.#options.logger,
      }),
    });
    const branch = await this.#defaultBranch(repository, mirror, forge);
    try {
      return await fetch(branch);
    } catch (error) {
      if (isBroken(error)) throw error;
      // The branch may have been renamed since it was asked for.
      mirror.branchAt = 0;
      const renamed = await this.#defaultBranch(repository, mirror, forge);
      if (renamed === branch) throw asNotFound(error, repository);
      return fetch(renamed);
    }
  }

  async #defaultBranch(
    repository: RepositoryRef,
    mirror: Mirror,
    forge: Forge,
  ): Promise<string> {
    const believed = this.#options.defaultBranchMilliseconds ?? 5 * 60_000;
    if (mirror.branch && Date.now() - mirror.branchAt < believed) {
      return mirror.branch;
    }
    const { defaultBranch } = await forge.getRepository(repository);
    assertBranchName(defaultBranch);
    mirror.branch = defaultBranch;
    mirror.branchAt = Date.now();
    return defaultBranch;
  }
}
