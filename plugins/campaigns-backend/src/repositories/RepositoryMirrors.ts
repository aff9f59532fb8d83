import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import {
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import {
  Forge,
  RepositoryHead,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { randomUUID } from 'crypto';
import os from 'os';
import path from 'path';
import { Readable } from 'stream';
import { bundleTree } from './bundleTree';
import { Forges } from './Forges';
import { GitError, runGit, runGitText } from './git';
import { ensureMirror, removeMirror } from './ensureMirror';
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
}

interface Mirror {
  /** The fetch under way, or the last one. */
  fetch?: Promise<RepositoryHead>;
  fetching: boolean;
  head?: RepositoryHead;
  headAt: number;
  branch?: string;
  branchAt: number;
}

const FETCH_MILLISECONDS = 10 * 60_000;

/**
 * Bare mirrors of the default branches of repositories, in a folder of this
 * machine. A mirror is a cache: it can be deleted at any time.
 */
export class RepositoryMirrors implements RepositorySource {
  readonly #options: RepositoryMirrorsOptions;
  readonly #mirrors = new Map<string, Mirror>();

  private constructor(options: RepositoryMirrorsOptions) {
    this.#options = options;
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
   * `backend.workingDirectory`, or below the system's temporary folder.
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
    return RepositoryMirrors.create({
      ...options,
      workingDirectory: path.resolve(workingDirectory),
    });
  }

  /** For repositories that live as long as one operation. */
  get temporaryDirectory(): string {
    return path.join(this.#options.workingDirectory, 'temporary');
  }

  async head(
    repository: RepositoryRef,
    options: { force?: boolean } = {},
  ): Promise<RepositoryHead> {
    const mirror = this.#mirrorOf(repository);
    if (mirror.fetching && options.force) {
      // It may have asked the forge before the caller's reason to look again.
      await mirror.fetch!.catch(() => {});
    }
    if (mirror.fetching) return mirror.fetch!;

    const fresh = this.#options.freshMilliseconds ?? 5_000;
    if (mirror.head && !options.force && Date.now() - mirror.headAt < fresh) {
      return mirror.head;
    }
    mirror.fetching = true;
    mirror.fetch = this.#fetch(repository, mirror).finally(() => {
      mirror.fetching = false;
    });
    return mirror.fetch;
  }

  async listFiles(
    head: RepositoryHead,
    options: { path?: string } = {},
  ): Promise<Array<{ path: string; size: number }>> {
    const entries = await listTree(head, options.path);
    return entries.map(entry => ({ path: entry.path, size: entry.size }));
  }

  async readFiles(
    head: RepositoryHead,
    paths: string[],
  ): Promise<Map<string, string>> {
    return readTexts(head, paths);
  }

  async bundle(head: RepositoryHead): Promise<Readable> {
    return bundleTree(head, this.temporaryDirectory);
  }

  #mirrorOf(repository: RepositoryRef): Mirror {
    const key = formatRepositoryRef(repository).toLowerCase();
    let mirror = this.#mirrors.get(key);
    if (!mirror) {
      mirror = { fetching: false, headAt: 0, branchAt: 0 };
      this.#mirrors.set(key, mirror);
    }
    return mirror;
  }

  async #fetch(
    repository: RepositoryRef,
    mirror: Mirror,
  ): Promise<RepositoryHead> {
    const gitDir = repositoryFolder(
      path.join(this.#options.workingDirectory, 'mirrors'),
      repository,
    );
    let found: { branch: string; commit: string };
    try {
      found = await this.#fetchInto(repository, mirror, gitDir);
    } catch (error) {
      if (!isBroken(error)) throw error;
      // It is only a cache: a broken one, as a power cut leaves it, is made anew.
      this.#options.logger.warn(
        `The mirror ${gitDir} is broken and will be made anew: ${error}`,
      );
      await removeMirror(gitDir);
      found = await this.#fetchInto(repository, mirror, gitDir);
    }
    mirror.head = { repository, ...found, gitDir };
    mirror.headAt = Date.now();
    return mirror.head;
  }

  async #fetchInto(
    repository: RepositoryRef,
    mirror: Mirror,
    gitDir: string,
  ): Promise<{ branch: string; commit: string }> {
    const forge = this.#options.forges.of(repository);
    await ensureMirror(gitDir);
    const branch = await this.#defaultBranch(repository, mirror, forge);
    try {
      return {
        branch,
        commit: await this.#fetchBranch(repository, forge, gitDir, branch),
      };
    } catch (error) {
      if (isBroken(error)) throw error;
      // The branch may have been renamed since it was asked for.
      mirror.branchAt = 0;
      const renamed = await this.#defaultBranch(repository, mirror, forge);
      if (renamed === branch) throw asNotFound(error, repository);
      return {
        branch: renamed,
        commit: await this.#fetchBranch(repository, forge, gitDir, renamed),
      };
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

  async #fetchBranch(
    repository: RepositoryRef,
    forge: Forge,
    gitDir: string,
    branch: string,
  ): Promise<string> {
    const access = await forge.getGitAccess(repository, 'read');
    // A ref of its own for each fetch: other processes may fetch into the same mirror.
    const fetched = `refs/skein/fetched/${randomUUID()}`;
    await runGit(
      [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        '--',
        access.url,
        `+refs/heads/${branch}:${fetched}`,
      ],
      { gitDir, access, timeoutMilliseconds: FETCH_MILLISECONDS },
    );
    const commit = await runGitText(
      ['rev-parse', '--verify', '--end-of-options', `${fetched}^{commit}`],
      { gitDir },
    );
    // Keeps the objects and tells the next fetch what is there; if another
    // process writes it at this moment, its commit serves as well.
    await runGit(['update-ref', `refs/skein/branches/${branch}`, commit], {
      gitDir,
    }).catch(error => this.#options.logger.debug(String(error)));
    await runGit(['update-ref', '-d', fetched], { gitDir }).catch(error =>
      this.#options.logger.debug(String(error)),
    );
    return commit;
  }
}

/** Whether git found its own files damaged, rather than the forge or the network. */
function isBroken(error: unknown): boolean {
  return (
    error instanceof GitError &&
    // Not what a cut connection says: that leaves the mirror as it was.
    /not a git repository|bad object|corrupt|unable to read (tree|sha1|[0-9a-f]{40})|packfile .* (cannot|far too short)/i.test(
      error.stderr,
    )
  );
}

function asNotFound(error: unknown, repository: RepositoryRef): unknown {
  if (
    error instanceof GitError &&
    /repository .* not found|couldn't find remote ref/i.test(error.stderr)
  ) {
    return new NotFoundError(
      `The forge gives no source of ${formatRepositoryRef(
        repository,
      )}: it is empty, gone, or hidden from us`,
      error,
    );
  }
  return error;
}
