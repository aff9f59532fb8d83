import { SourceFile } from '@skein/mapping-rewriter';
import { pathProblem } from '../paths/pathProblem';
import { ChangedFile, Checkout, TreeFile } from './Checkout';
import { TextFile } from './readSources';

/** A file as it is now. */
export interface WorkspaceFile {
  path: string;
  mode: string;
  bytes: number;
}

/** What may not be done to a file, in words for who tried. */
export class WorkspaceError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WorkspaceError';
  }
}

/** All changes at one moment. */
export type WorkspaceSnapshot = ReadonlyMap<string, ChangedFile>;

/** Largest file that may be written. */
const FILE_BYTES = 1024 * 1024;

/** Most files that may be changed. */
const CHANGED_FILES = 5_000;

/**
 * The checkout as it is being changed: what is written lies over git's objects,
 * never in the work tree. So there is nothing in it but regular files: no link
 * to follow, no device to read, no name that leads out.
 */
export class Workspace {
  readonly checkout: Checkout;
  /** Folder of the target; only in it may anything change. */
  readonly folder: string;
  readonly #source: Map<string, TreeFile>;
  readonly #links: string[];
  readonly #texts: Map<string, TextFile>;
  #changes = new Map<string, ChangedFile>();
  #tree: Promise<string> | undefined;

  private constructor(
    checkout: Checkout,
    folder: string,
    source: TreeFile[],
    links: string[],
    texts: TextFile[],
  ) {
    this.checkout = checkout;
    this.folder = folder;
    this.#links = links;
    this.#source = new Map(source.map(file => [file.path, file]));
    this.#texts = new Map(texts.map(file => [file.tree.path, file]));
  }

  /** @param texts - those of the target, see `readSources` */
  static async create(
    checkout: Checkout,
    folder: string,
    texts: TextFile[],
  ): Promise<Workspace> {
    const all = await checkout.listFiles('');
    const links = await checkout.listLinks();
    return new Workspace(checkout, folder, all, links, texts);
  }

  /** All files, in path order. */
  files(): WorkspaceFile[] {
    const files = new Map<string, WorkspaceFile>();
    for (const { path, mode, size } of this.#source.values()) {
      files.set(path, { path, mode, bytes: size });
    }
    for (const { path, mode, content } of this.#changes.values()) {
      if (content) files.set(path, { path, mode, bytes: content.length });
      else files.delete(path);
    }
    return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** @returns undefined where there is no such file */
  find(path: string): WorkspaceFile | undefined {
    const change = this.#changes.get(path);
    if (change) {
      const { content, mode } = change;
      return content && { path, mode, bytes: content.length };
    }
    const source = this.#source.get(path);
    return source && { path, mode: source.mode, bytes: source.size };
  }

  /** @throws WorkspaceError where there is no such file */
  async read(path: string): Promise<Buffer> {
    const content = this.#changes.get(path)?.content;
    if (content) return content;
    const source = this.#source.get(path);
    if (!source || this.#changes.has(path)) {
      throw new WorkspaceError(
        `There is no file ${path} in the checkout; links and submodules are not read`,
      );
    }
    const [bytes] = await this.checkout.readFiles([source]);
    return bytes;
  }

  /** A file as it was before any change; undefined where there was none. */
  async readSource(path: string): Promise<Buffer | undefined> {
    const source = this.#source.get(path);
    return source && (await this.checkout.readFiles([source]))[0];
  }

  /** Writes a file of the target, new or not. @throws WorkspaceError */
  write(path: string, content: Buffer, mode?: string): void {
    this.#requireAllowed(path);
    const before = this.find(path);
    if (!before) this.#requireFree(path);
    if (content.length > FILE_BYTES) {
      throw new WorkspaceError(
        `${path} would have ${content.length} bytes; at most ${FILE_BYTES} are written`,
      );
    }
    this.#change({ path, mode: mode ?? before?.mode ?? '100644', content });
  }

  /** Removes a file of the target. @throws WorkspaceError */
  remove(path: string): void {
    this.#requireAllowed(path);
    const before = this.find(path);
    if (!before) throw new WorkspaceError(`There is no file ${path}`);
    if (this.#source.has(path)) {
      this.#change({ path, mode: before.mode, content: undefined });
    } else {
      this.#changes.delete(path);
      this.#tree = undefined;
    }
  }

  /** Files that are another than in the source, in path order. */
  changedPaths(): Promise<string[]> {
    return this.changedSince(new Map());
  }

  /**
   * Files that are another than at a moment before, in path order.
   *
   * @param look - what of a file counts; two that look the same are the same
   */
  async changedSince(
    snapshot: WorkspaceSnapshot,
    look: (content: Buffer | undefined) => string | undefined = content =>
      content?.toString('latin1'),
  ): Promise<string[]> {
    const changed: string[] = [];
    for (const path of new Set([...this.#changes.keys(), ...snapshot.keys()])) {
      const [before, after] = await Promise.all(
        [snapshot, this.#changes].map(state =>
          state.has(path) ? state.get(path)!.content : this.readSource(path),
        ),
      );
      if (look(before) !== look(after)) changed.push(path);
    }
    return changed.sort();
  }

  /** @returns the id of a tree with all changes */
  tree(): Promise<string> {
    this.#tree ??= this.checkout.writeTree([...this.#changes.values()]);
    return this.#tree;
  }

  /** The change as the protocol wants it; empty where there is none. */
  async patch(): Promise<Buffer> {
    return this.checkout.diff(await this.tree());
  }

  /** The target's texts as they are now, paths relative to the target. */
  texts(): SourceFile[] {
    const texts = new Map<string, SourceFile>();
    for (const { path, content, tree } of this.#texts.values()) {
      texts.set(tree.path, { path, content });
    }
    for (const { path, content } of this.#changes.values()) {
      const text = content && decode(content);
      if (text === undefined) texts.delete(path);
      else texts.set(path, { path: this.#within(path), content: text });
    }
    return [...texts.values()];
  }

  snapshot(): WorkspaceSnapshot {
    return new Map(this.#changes);
  }

  /** Brings all back to how it was. */
  restore(snapshot: WorkspaceSnapshot): void {
    this.#changes = new Map(snapshot);
    this.#tree = undefined;
  }

  #change(file: ChangedFile): void {
    if (!this.#changes.has(file.path) && this.#changes.size >= CHANGED_FILES) {
      throw new WorkspaceError(
        `More than ${CHANGED_FILES} files would be changed`,
      );
    }
    this.#changes.set(file.path, file);
    this.#tree = undefined;
  }

  /** What a repository has under odd names may change; nothing new gets one. */
  #requireAllowed(path: string): void {
    if (this.find(path)) {
      if (this.folder === '' || path.startsWith(`${this.folder}/`)) return;
      throw new WorkspaceError(
        `${path} is outside of the target's folder ${this.folder}`,
      );
    }
    const problem = pathProblem(path, this.folder);
    if (problem) throw new WorkspaceError(`${path} ${problem}`);
    if (/[\p{Cc}\uFFFD]/u.test(path)) {
      throw new WorkspaceError('A name has control characters');
    }
  }

  /** A new file takes no folder's place, lies below no file or link, and its path differs from others by more than case. */
  #requireFree(path: string): void {
    const taken = [
      ...this.files().map(file => ({ other: file.path, what: 'a file' })),
      ...this.#links.map(link => ({ other: link, what: 'a link' })),
    ];
    for (const { other, what } of taken) {
      if (path === other || path.startsWith(`${other}/`)) {
        throw new WorkspaceError(`${other} is ${what}, not a folder`);
      }
      if (other.startsWith(`${path}/`)) {
        throw new WorkspaceError(`${path} is a folder`);
      }
      if (differsByCase(path, other)) {
        throw new WorkspaceError(`${path} differs from ${other} only by case`);
      }
    }
  }

  #within(path: string): string {
    return this.folder === '' ? path : path.slice(this.folder.length + 1);
  }
}

/** Whether some file system would take a part of one path for that of the other. */
function differsByCase(path: string, other: string): boolean {
  const others = other.split('/');
  for (const [index, part] of path.split('/').entries()) {
    if (part === others[index]) continue;
    return part.toLowerCase() === others[index]?.toLowerCase();
  }
  return false;
}

function decode(content: Buffer): string | undefined {
  try {
    if (content.subarray(0, 8_000).includes(0)) return undefined;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      content,
    );
  } catch {
    return undefined;
  }
}
