import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CommitWrite, FileWrite } from '../git/importHistory';
import { isoSeconds } from '../git/parse';
import { RepositoryRow } from '../store/rows';
import type { Forge } from './Forge';

export interface NewCommit {
  message: string;
  author?: { name: string; email: string };
  /** ISO 8601; without it each commit is a day after the one before, the last one now */
  date?: string;
  /** Contents that this commit writes, by path; undefined deletes the file */
  files?: Record<string, string | undefined>;
  /** Files or folders of `folder` that appear with this commit */
  paths?: string[];
}

export interface NewRepository {
  owner: string;
  name: string;
  description?: string;
  private?: boolean;
  topics?: string[];
  defaultBranch?: string;
  /**
   * A folder whose files the last commit ends with. Commits that name neither
   * `files` nor `paths` share its files evenly, in order of path.
   */
  folder?: string;
  /** Oldest first */
  commits?: NewCommit[];
  settings?: Partial<
    Pick<
      RepositoryRow,
      | 'allowMergeCommit'
      | 'allowSquashMerge'
      | 'allowRebaseMerge'
      | 'deleteBranchOnMerge'
      | 'requiredApprovals'
      | 'requiredChecks'
    >
  >;
}

const day = 24 * 60 * 60 * 1000;

/**
 * Makes a repository with its history. It appears only when it is whole.
 *
 * @throws NotFoundError without the owner, ConflictError when the name is taken
 */
export async function createRepository(
  forge: Forge,
  request: NewRepository,
): Promise<RepositoryRow> {
  const { store } = forge;
  const owner = store.account(request.owner);
  if (!owner) {
    throw new NotFoundError(
      `There is no account "${request.owner}" to own ${request.name}`,
    );
  }
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(request.name)) {
    throw new InputError(`"${request.name}" cannot be a repository's name`);
  }
  if (store.repository(owner.login, request.name)) {
    throw new ConflictError(`${owner.login}/${request.name} is there already`);
  }
  const branch = request.defaultBranch ?? 'main';
  const commits = await planCommits(request);
  const now = forge.now();
  const settings = Object.fromEntries(
    Object.entries(request.settings ?? {}).filter(
      ([, value]) => value !== undefined,
    ),
  );
  const row = store.repositories.insert({
    ownerId: owner.id,
    name: request.name,
    description: request.description,
    private: request.private ?? false,
    archived: false,
    defaultBranch: branch,
    topics: request.topics ?? [],
    allowMergeCommit: true,
    allowSquashMerge: true,
    allowRebaseMerge: true,
    deleteBranchOnMerge: false,
    requiredApprovals: 0,
    requiredChecks: [],
    lastNumber: 0,
    dirty: true,
    createdAt: commits[0] ? isoSeconds(new Date(commits[0].author.date)) : now,
    updatedAt: now,
    pushedAt: now,
    ...settings,
  });
  try {
    const git = await forge.repositories.create(row.id, branch);
    if (commits.length > 0) {
      const ids = await git.importHistory(`refs/heads/${branch}`, commits);
      store.refs.insert({
        repositoryId: row.id,
        name: `refs/heads/${branch}`,
        sha: ids[ids.length - 1],
      });
    }
  } catch (error) {
    store.repositories.delete({ id: row.id });
    throw error;
  }
  return store.repositories.update(row.id, { dirty: false });
}

async function planCommits(request: NewRepository): Promise<CommitWrite[]> {
  const folder = request.folder ? await readFolder(request.folder) : [];
  const commits = [...(request.commits ?? [])];
  if (commits.length === 0 && folder.length > 0) {
    commits.push({ message: 'Initial commit' });
  }
  const unplanned = commits.filter(({ files, paths }) => !files && !paths);
  const named = commits.flatMap(({ paths }) => paths ?? []);
  const loose = folder.filter(({ path }) => !within(path, named));
  const share = Math.ceil(loose.length / Math.max(1, unplanned.length));
  const written = new Set<string>();
  return commits.map((commit, position) => {
    const turn = unplanned.indexOf(commit);
    const files: FileWrite[] =
      turn < 0
        ? folder.filter(({ path }) => within(path, commit.paths ?? []))
        : loose.slice(turn * share, (turn + 1) * share);
    const changes = new Map(files.map(file => [file.path, file]));
    for (const [path, content] of Object.entries(commit.files ?? {})) {
      changes.set(path, {
        path,
        content: content === undefined ? undefined : Buffer.from(content),
      });
    }
    if (request.folder && position === commits.length - 1) {
      for (const path of written) {
        changes.set(path, { path });
      }
      folder.forEach(file => changes.set(file.path, file));
    }
    changes.forEach((_, path) => written.add(path));
    const date =
      commit.date ??
      isoSeconds(Date.now() - (commits.length - 1 - position) * day);
    if (Number.isNaN(Date.parse(date))) {
      throw new InputError(
        `"${date}" is not a date, in commit "${commit.message}" of ${request.name}`,
      );
    }
    return {
      message: commit.message,
      author: {
        name: commit.author?.name ?? 'Development',
        email: commit.author?.email ?? 'development@example.com',
        date: isoSeconds(new Date(date)),
      },
      // Deletions first: a file may give way to a folder of its name.
      files: [...changes.values()].sort(
        (a, b) =>
          Number(a.content !== undefined) - Number(b.content !== undefined),
      ),
    };
  });
}

function within(path: string, roots: string[]): boolean {
  return roots.some(
    root => path === root || path.startsWith(`${root.replace(/\/$/, '')}/`),
  );
}

/** Every file below a folder, in order of path; `.git` is left out. */
async function readFolder(folder: string, below = ''): Promise<FileWrite[]> {
  const names = (await readdir(join(folder, below))).sort();
  const files: FileWrite[] = [];
  for (const name of names.filter(candidate => candidate !== '.git')) {
    const path = below ? `${below}/${name}` : name;
    const full = join(folder, path);
    const stat = await lstat(full);
    if (stat.isDirectory()) {
      files.push(...(await readFolder(folder, path)));
    } else if (stat.isSymbolicLink()) {
      files.push({
        path,
        content: Buffer.from(await readlink(full)),
        mode: '120000',
      });
    } else if (stat.isFile()) {
      files.push({
        path,
        content: await readFile(full),
        // eslint-disable-next-line no-bitwise
        mode: stat.mode & 0o100 ? '100755' : '100644',
      });
    }
  }
  return files;
}
