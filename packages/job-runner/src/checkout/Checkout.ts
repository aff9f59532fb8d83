import { mkdir, writeFile } from 'fs/promises';
import { join } from 'path';
import { Git, NEUTRAL_ATTRIBUTES } from './Git';

/** A file of a commit. */
export interface TreeFile {
  /** Relative to the repository. */
  path: string;
  /** A name that is not UTF-8 is known only approximately, and cannot be written back. */
  nameIsText: boolean;
  mode: string;
  /** Of its content in git. */
  object: string;
  size: number;
}

/** A file that is to be another than in the source. */
export interface ChangedFile {
  path: string;
  mode: string;
  /** Undefined where it is removed. */
  content: Buffer | undefined;
}

const NO_OBJECT = '0'.repeat(40);

/**
 * The source of a job. What is read, changed and compared are git's objects,
 * never the work tree: links in it lead nowhere, and the checks that run in it
 * can change no edit.
 */
export class Checkout {
  readonly git: Git;
  /** Folder in which checks run. */
  readonly folder: string;
  readonly sourceCommit: string;
  readonly #staging: string;

  private constructor(git: Git, staging: string, sourceCommit: string) {
    this.git = git;
    this.folder = git.workTree;
    this.sourceCommit = sourceCommit;
    this.#staging = staging;
  }

  /**
   * Makes a checkout of a bundle that has refs/heads/source.
   *
   * @throws GitError
   */
  static async create(
    bundle: string,
    workFolder: string,
    signal: AbortSignal,
  ): Promise<Checkout> {
    const folder = join(workFolder, 'checkout');
    const staging = join(workFolder, 'staging');
    const git = new Git(join(workFolder, 'source.git'), folder, signal);
    await mkdir(folder, { recursive: true });
    await mkdir(staging, { recursive: true });
    await git.run(['init', '--quiet', '--template=']);
    await mkdir(join(git.gitDir, 'info'), { recursive: true });
    await writeFile(join(git.gitDir, 'info', 'attributes'), NEUTRAL_ATTRIBUTES);
    await git.run([
      ...['fetch', '--quiet', '--no-tags', '--no-auto-maintenance'],
      ...['--no-write-fetch-head', '--', bundle],
      '+refs/heads/source:refs/heads/source',
    ]);
    const commit = await git.text([
      'rev-parse',
      '--verify',
      'refs/heads/source^{commit}',
    ]);
    await git.run(['symbolic-ref', 'HEAD', 'refs/heads/source']);
    await git.run(['read-tree', '--reset', '-u', commit]);
    return new Checkout(git, staging, commit);
  }

  /** Files of the source below a folder; links and submodules are left out. */
  async listFiles(path: string): Promise<TreeFile[]> {
    return this.#listTree(['-r'], path === '' ? [] : [`${path}/`]);
  }

  /** Paths of what is in the source and no file: links and submodules. */
  async listLinks(): Promise<string[]> {
    const output = await this.git.run([
      ...['ls-tree', '-r', '-z', '--full-tree', this.sourceCommit],
    ]);
    return splitNul(output).flatMap(entry => {
      const match = /^(?!100)\d{6} \w+ [0-9a-f]+\t([^]+)$/.exec(
        entry.toString('utf8'),
      );
      return match ? [match[1]] : [];
    });
  }

  /** Files directly in a folder of the source; links and submodules are left out. */
  async listFolder(path: string): Promise<TreeFile[]> {
    return this.#listTree([], path === '' ? [] : [`${path}/`]);
  }

  /** Those of these files that the source has; links are left out. */
  async findFiles(paths: string[]): Promise<TreeFile[]> {
    return this.#listTree([], paths);
  }

  async #listTree(options: string[], paths: string[]): Promise<TreeFile[]> {
    const output = await this.git.run([
      ...['ls-tree', ...options, '-z', '--long', '--full-tree'],
      ...[this.sourceCommit, '--', ...paths],
    ]);
    return splitNul(output).flatMap(entry => {
      const match = /^(100\d{3}) blob ([0-9a-f]+) +(\d+)\t([^]+)$/.exec(
        entry.toString('utf8'),
      );
      if (!match) return [];
      const [, mode, object, size, path] = match;
      const nameIsText = !path.includes('\uFFFD');
      return [{ mode, object, size: Number(size), path, nameIsText }];
    });
  }

  /** Contents of files, in the order given. */
  async readFiles(files: TreeFile[]): Promise<Buffer[]> {
    if (files.length === 0) return [];
    const output = await this.git.run(
      ['cat-file', '--batch', '--buffer'],
      files.map(file => `${file.object}\n`).join(''),
    );
    let offset = 0;
    return files.map(file => {
      const start = output.indexOf(10, offset) + 1;
      offset = start + file.size + 1;
      return output.subarray(start, start + file.size);
    });
  }

  /**
   * A tree like the source's but with these files. It is built from the source
   * commit, not from the index, which checks may have touched.
   *
   * @returns its id
   */
  async writeTree(changed: ChangedFile[]): Promise<string> {
    const written = changed.flatMap(file =>
      file.content ? [{ ...file, content: file.content }] : [],
    );
    const staged = written.map((_, index) =>
      join(this.#staging, String(index)),
    );
    await Promise.all(
      written.map(({ content }, index) => writeFile(staged[index], content)),
    );
    const objects = await this.git.text(
      ['hash-object', '-w', '--no-filters', '--stdin-paths'],
      staged.map(path => `${path}\n`).join(''),
    );
    const ids = objects.split('\n');
    const index = this.git.withIndex(join(this.#staging, 'index'));
    await index.run(['read-tree', this.sourceCommit]);
    const removed = changed.filter(file => !file.content);
    await index.run(
      ['update-index', '-z', '--index-info'],
      [
        ...removed.map(({ path }) => `0 ${NO_OBJECT}\t${path}\0`),
        ...written.map(({ mode, path }, at) => `${mode} ${ids[at]}\t${path}\0`),
      ].join(''),
    );
    return index.text(['write-tree']);
  }

  /** The difference between the source and a tree, as the protocol wants it. */
  async diff(tree: string, paths: string[] = []): Promise<Buffer> {
    return this.git.run([
      ...['diff-tree', '-p', '--binary', '--full-index', '--no-renames'],
      ...['--no-ext-diff', '--no-textconv', '--no-color'],
      ...['--src-prefix=a/', '--dst-prefix=b/', this.sourceCommit, tree],
      ...(paths.length > 0 ? ['--', ...paths] : []),
    ]);
  }

  /** Brings the work tree to a tree, whatever checks have done to it. */
  async checkOut(tree: string): Promise<void> {
    await this.git.run(['read-tree', '--reset', '-u', tree]);
  }
}

function splitNul(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return parts;
}
