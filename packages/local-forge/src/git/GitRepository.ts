import { mkdir, appendFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diffFiles, diffText, FileDiff } from './diff';
import { CommitWrite, importHistory, signatureLine } from './importHistory';
import { listCommits, LogOptions } from './listCommits';
import { memoize } from './memoize';
import { GitObject, ObjectReader } from './ObjectReader';
import {
  Commit,
  parseCommit,
  parseTag,
  parseTree,
  Signature,
  TagObject,
  TreeEntry,
} from './parse';
import { runGit } from './runGit';

const repositoryConfig = `[http]
	receivepack = true
[receive]
	autogc = false
	hideRefs = refs/pull
[gc]
	auto = 0
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
`;

/** What git writes for "no object". */
export const nullSha = '0'.repeat(40);

/** Git's well-known id of the tree with nothing in it. */
export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The tree of a merge of two commits; undefined when they conflict. */
export interface MergeOutcome {
  tree?: string;
}

/** One bare repository on disk. */
export class GitRepository {
  /** Makes an empty repository whose HEAD names the default branch. */
  static async init(
    directory: string,
    defaultBranch: string,
  ): Promise<GitRepository> {
    await rm(directory, { recursive: true, force: true });
    await mkdir(dirname(directory), { recursive: true });
    await runGit(directory, [
      'init',
      '--bare',
      '--quiet',
      '--template=',
      `--initial-branch=${defaultBranch}`,
      '--',
      directory,
    ]);
    await appendFile(`${directory}/config`, repositoryConfig);
    return new GitRepository(directory);
  }

  readonly objects: ObjectReader;
  readonly diffFiles: (from: string, to: string) => Promise<FileDiff[]>;
  readonly mergeBase: (a: string, b: string) => Promise<string | undefined>;
  readonly mergeTree: (a: string, b: string) => Promise<MergeOutcome>;
  readonly listTree: (tree: string) => Promise<TreeEntry[]>;
  readonly aheadBehind: (
    base: string,
    head: string,
  ) => Promise<{ ahead: number; behind: number }>;
  readonly commit: (sha: string) => Promise<Commit | undefined>;

  constructor(readonly directory: string) {
    this.objects = new ObjectReader(directory);
    this.diffFiles = memoize(
      (from, to) => diffFiles(this.directory, from, to),
      50,
    );
    this.mergeBase = memoize((a, b) => this.findMergeBase(a, b), 200);
    this.mergeTree = memoize((a, b) => this.tryMerge(a, b), 200);
    this.listTree = memoize(tree => this.listTreeDeep(tree), 10);
    this.aheadBehind = memoize((a, b) => this.countCommits(a, b), 200);
    this.commit = memoize(sha => this.readCommit(sha), 500);
  }

  async object(
    revision: string,
    type?: GitObject['type'],
  ): Promise<GitObject | undefined> {
    const object = await this.objects.read(revision);
    return !type || object?.type === type ? object : undefined;
  }

  async tree(sha: string): Promise<TreeEntry[] | undefined> {
    const object = await this.object(sha, 'tree');
    return object && parseTree(object.content);
  }

  async tag(sha: string): Promise<TagObject | undefined> {
    const object = await this.object(sha, 'tag');
    return object && parseTag(sha, object.content);
  }

  /** The entry at a path of a commit; the empty path is the commit's own tree. */
  async entry(commit: string, path: string): Promise<TreeEntry | undefined> {
    const root = await this.commit(commit);
    if (!root) {
      return undefined;
    }
    let entry: TreeEntry = {
      mode: '040000',
      type: 'tree',
      path: '',
      sha: root.tree,
    };
    for (const part of path.split('/').filter(Boolean)) {
      const entries =
        entry.type === 'tree' ? await this.tree(entry.sha) : undefined;
      const next = entries?.find(candidate => candidate.path === part);
      if (!next) {
        return undefined;
      }
      entry = { ...next, path };
    }
    return entry;
  }

  /** Branches and tags: full name to object id. */
  async refs(): Promise<Map<string, string>> {
    const { stdout } = await runGit(this.directory, [
      'for-each-ref',
      '--format=%(objectname) %(refname)',
      'refs/heads',
      'refs/tags',
    ]);
    return new Map(
      stdout
        .toString()
        .split('\n')
        .filter(Boolean)
        .map(line => [line.slice(41), line.slice(0, 40)]),
    );
  }

  /** Moves, makes or (with the null id) deletes refs in one transaction. */
  async updateRefs(
    updates: Array<{ ref: string; sha: string; expected?: string }>,
  ): Promise<void> {
    const commands = updates.map(({ ref, sha, expected }) =>
      sha === nullSha
        ? `delete ${ref}${expected ? ` ${expected}` : ''}\n`
        : `update ${ref} ${sha}${expected ? ` ${expected}` : ''}\n`,
    );
    await runGit(this.directory, ['update-ref', '--stdin'], {
      input: commands.join(''),
    });
  }

  async isValidRef(ref: string): Promise<boolean> {
    const { code } = await runGit(this.directory, ['check-ref-format', ref], {
      codes: [1],
    });
    return code === 0;
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    return (await this.mergeBase(ancestor, descendant)) === ancestor;
  }

  async diffText(from: string, to: string): Promise<string> {
    return diffText(this.directory, from, to);
  }

  /** Commits reachable from `to`, newest first. */
  async log(to: string, options: LogOptions = {}): Promise<Commit[]> {
    const ids = await listCommits(this.directory, to, options);
    const commits = await Promise.all(ids.map(sha => this.commit(sha)));
    return commits.filter(commit => commit !== undefined);
  }

  /** Writes one object and gives its id. */
  async writeObject(
    type: GitObject['type'],
    content: Buffer | string,
  ): Promise<string> {
    const { stdout } = await runGit(
      this.directory,
      ['hash-object', '-w', '-t', type, '--stdin'],
      { input: content },
    );
    return stdout.toString().trim();
  }

  async writeTree(entries: TreeEntry[]): Promise<string> {
    const { stdout } = await runGit(this.directory, ['mktree', '-z'], {
      input: entries
        .map(
          entry => `${entry.mode} ${entry.type} ${entry.sha}\t${entry.path}\0`,
        )
        .join(''),
    });
    return stdout.toString().trim();
  }

  async writeCommit(commit: {
    tree: string;
    parents: string[];
    author: Signature;
    committer: Signature;
    message: string;
  }): Promise<string> {
    return this.writeObject(
      'commit',
      [
        `tree ${commit.tree}`,
        ...commit.parents.map(parent => `parent ${parent}`),
        `author ${signatureLine(commit.author)}`,
        `committer ${signatureLine(commit.committer)}`,
        '',
        `${commit.message.replace(/\n*$/, '')}\n`,
      ].join('\n'),
    );
  }

  async importHistory(
    ref: string,
    commits: CommitWrite[],
    parent?: string,
  ): Promise<string[]> {
    return importHistory(this.directory, ref, commits, parent);
  }

  close(): void {
    this.objects.close();
  }

  private async readCommit(sha: string): Promise<Commit | undefined> {
    const object = await this.object(sha, 'commit');
    return object && parseCommit(object.sha, object.content);
  }

  private async findMergeBase(
    a: string,
    b: string,
  ): Promise<string | undefined> {
    const { stdout } = await runGit(this.directory, ['merge-base', a, b], {
      codes: [1],
    });
    return stdout.toString().trim() || undefined;
  }

  private async tryMerge(a: string, b: string): Promise<MergeOutcome> {
    const { code, stdout } = await runGit(
      this.directory,
      ['merge-tree', '--write-tree', '--name-only', '-z', a, b],
      { codes: [1] },
    );
    return code === 0
      ? { tree: stdout.toString().split('\0')[0].trim() }
      : { tree: undefined };
  }

  private async countCommits(
    base: string,
    head: string,
  ): Promise<{ ahead: number; behind: number }> {
    const { stdout } = await runGit(this.directory, [
      'rev-list',
      '--left-right',
      '--count',
      `${base}...${head}`,
    ]);
    const [behind, ahead] = stdout.toString().trim().split('\t').map(Number);
    return { ahead, behind };
  }

  private async listTreeDeep(tree: string): Promise<TreeEntry[]> {
    const { stdout } = await runGit(this.directory, [
      'ls-tree',
      '-r',
      '-t',
      '-z',
      '--long',
      tree,
    ]);
    return stdout
      .toString()
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const tab = line.indexOf('\t');
        const [mode, type, sha, size] = line.slice(0, tab).split(/ +/);
        return {
          mode,
          type: type as TreeEntry['type'],
          sha,
          path: line.slice(tab + 1),
          size: size === '-' ? undefined : Number(size),
        };
      });
  }
}
