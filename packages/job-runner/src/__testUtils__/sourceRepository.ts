import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** One entry of a tree; a link has mode 120000, a submodule 160000. */
export interface TreeEntry {
  path: string | Buffer;
  mode?: string;
  content: string | Buffer;
}

/** For tests: a repository whose trees are written as objects, so that they may hold what git itself would refuse to add. */
export class SourceRepository {
  readonly folder = mkdtempSync(join(tmpdir(), 'skein-source-'));

  constructor() {
    this.git(['init', '--quiet', '--bare', '.']);
  }

  git(args: string[], input?: string | Buffer): Buffer {
    return execFileSync('git', args, {
      cwd: this.folder,
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_AUTHOR_NAME: 'Ada',
        GIT_AUTHOR_EMAIL: 'ada@example.com',
        GIT_COMMITTER_NAME: 'Ada',
        GIT_COMMITTER_EMAIL: 'ada@example.com',
      },
    });
  }

  /** A bundle with one commit of these files, as the backend sends it. */
  bundle(entries: TreeEntry[]): Buffer {
    const tree = this.#writeTree(entries);
    const commit = this.git(['commit-tree', '-m', 'Source', tree])
      .toString()
      .trim();
    this.git(['update-ref', 'refs/heads/source', commit]);
    this.git([
      'bundle',
      'create',
      '--quiet',
      'source.bundle',
      'refs/heads/source',
    ]);
    return readFileSync(join(this.folder, 'source.bundle'));
  }

  /** Applies a patch as the publisher does. @returns the contents of a file after it */
  apply(patch: string, path: string): Buffer {
    const env = {
      PATH: process.env.PATH,
      GIT_INDEX_FILE: join(this.folder, 'apply.index'),
    };
    const options = { cwd: this.folder, env };
    execFileSync('git', ['read-tree', 'refs/heads/source'], options);
    execFileSync('git', ['apply', '--cached', '-'], {
      ...options,
      input: patch,
    });
    return execFileSync('git', ['show', `:${path}`], options);
  }

  #writeTree(entries: TreeEntry[]): string {
    const lines = entries.map(({ path, mode = '100644', content }) => {
      const id =
        mode === '160000'
          ? content.toString()
          : this.git(['hash-object', '-w', '--stdin', '--no-filters'], content)
              .toString()
              .trim();
      return { id, mode, parts: Buffer.from(path) };
    });
    return this.#nest(lines);
  }

  /** By hand with `mktree`, which checks no names. */
  #nest(lines: Array<{ id: string; mode: string; parts: Buffer }>): string {
    const folders = new Map<string, typeof lines>();
    const rows: Buffer[] = [];
    for (const line of lines) {
      const slash = line.parts.indexOf('/');
      if (slash < 0) {
        const type = line.mode === '160000' ? 'commit' : 'blob';
        rows.push(
          Buffer.concat([
            Buffer.from(`${line.mode} ${type} ${line.id}\t`),
            line.parts,
            Buffer.from([0]),
          ]),
        );
        continue;
      }
      const name = line.parts.subarray(0, slash).toString('latin1');
      const inside = { ...line, parts: line.parts.subarray(slash + 1) };
      folders.set(name, [...(folders.get(name) ?? []), inside]);
    }
    for (const [name, inside] of folders) {
      rows.push(
        Buffer.concat([
          Buffer.from(`040000 tree ${this.#nest(inside)}\t`),
          Buffer.from(name, 'latin1'),
          Buffer.from([0]),
        ]),
      );
    }
    return this.git(['mktree', '-z', '--missing'], Buffer.concat(rows))
      .toString()
      .trim();
  }
}
