import { InputError } from '@backstage/errors';
import { Signature } from './parse';
import { runGit } from './runGit';

export interface FileWrite {
  path: string;
  /** Undefined deletes the file. */
  content?: Buffer;
  mode?: '100644' | '100755' | '120000';
}

export interface CommitWrite {
  message: string;
  author: Signature;
  committer?: Signature;
  files: FileWrite[];
}

/**
 * Writes commits in a single `git fast-import`, which also moves the ref.
 *
 * @param ref - full name of the ref that ends up at the last commit
 * @param parent - commit the first one is built on; undefined starts a history
 * @returns the ids of the commits, in order
 * @throws InputError when a path cannot be in a git tree
 */
export async function importHistory(
  gitDirectory: string,
  ref: string,
  commits: CommitWrite[],
  parent?: string,
): Promise<string[]> {
  const parts: Array<string | Buffer> = ['feature done\n'];
  commits.forEach((commit, position) => {
    parts.push(`commit ${ref}\nmark :${position + 1}\n`);
    parts.push(`author ${signatureLine(commit.author)}\n`);
    parts.push(
      `committer ${signatureLine(commit.committer ?? commit.author)}\n`,
    );
    parts.push(...data(Buffer.from(commit.message)));
    if (position === 0 && parent) {
      parts.push(`from ${parent}\n`);
    }
    for (const file of commit.files) {
      const path = quotePath(file.path);
      if (file.content === undefined) {
        parts.push(`D ${path}\n`);
      } else {
        parts.push(`M ${file.mode ?? '100644'} inline ${path}\n`);
        parts.push(...data(file.content));
      }
    }
    parts.push('\n');
  });
  commits.forEach((_, position) => parts.push(`get-mark :${position + 1}\n`));
  parts.push('done\n');
  const { stdout } = await runGit(
    gitDirectory,
    [
      '-c',
      // Keeping the pack saves a second process per import.
      'fastimport.unpackLimit=1',
      'fast-import',
      '--quiet',
      '--date-format=raw',
    ],
    {
      input: Buffer.concat(
        parts.map(part =>
          typeof part === 'string' ? Buffer.from(part) : part,
        ),
      ),
    },
  );
  return stdout.toString().trim().split('\n');
}

function data(content: Buffer): Array<string | Buffer> {
  return [`data ${content.length}\n`, content, '\n'];
}

/** `Name <address> seconds +0000` with what git forbids in a name taken out. */
export function signatureLine(signature: Signature): string {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, '').trim();
  const seconds = Math.floor(new Date(signature.date).getTime() / 1000);
  if (!Number.isFinite(seconds)) {
    throw new InputError(`"${signature.date}" is not a date`);
  }
  return `${clean(signature.name)} <${clean(
    signature.email,
  )}> ${seconds} +0000`;
}

/** Whether a path may stand in a git tree: relative, no `.`, `..` or `.git` part. */
export function isTreePath(path: string): boolean {
  return (
    path !== '' &&
    !path.includes('\0') &&
    path
      .split('/')
      .every(part => !['', '.', '..'].includes(part) && !/^\.git$/i.test(part))
  );
}

function quotePath(path: string): string {
  if (!isTreePath(path)) {
    throw new InputError(`"${path}" cannot be a path in a repository`);
  }
  return `"${path.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}
