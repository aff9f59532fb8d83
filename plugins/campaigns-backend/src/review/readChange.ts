import { ConflictError } from '@backstage/errors';
import { SourceFile } from '@skein/mapping-rewriter';
import { RepositoryHead } from '@skein/plugin-campaigns-node';
import { PatchedFile } from '../jobs/patch/parsePatch';
import {
  borrowRepository,
  GitError,
  runGit,
  runGitText,
} from '../repositories/git';
import { listTree, readEntries } from '../repositories/readTree';
import { ReviewedFile } from './gates/Gate';
import { TargetTexts } from './mapping/analyzeMapping';

/** A change with the texts that it is made of. */
export interface ReadChange {
  files: ReviewedFile[];
  /** Unified, with more lines around each change than a patch has. */
  diff: string;
  target: TargetTexts;
}

/** A change to read. */
export interface ChangeToRead {
  /** The commit that the patch was made for, in its mirror. */
  base: RepositoryHead;
  /** Folder of the target; empty for the whole repository. */
  path: string;
  patch: string;
  /** What `parsePatch` found in the patch. */
  files: PatchedFile[];
  /** Words that stand for the datasets; at least one. */
  names: string[];
  /** Where the repository of this operation alone may lie. */
  temporaryDirectory: string;
}

/**
 * Applies a patch as the publisher will, without a work tree, and reads the
 * target's texts on both sides.
 *
 * @throws ConflictError where the patch does not apply to its own base
 */
export async function readChange(change: ChangeToRead): Promise<ReadChange> {
  const { base, patch } = change;
  const repository = await borrowRepository(
    change.temporaryDirectory,
    base.gitDir,
  );
  try {
    const { gitDir } = repository;
    await runGit(['read-tree', base.commit], { gitDir });
    await apply(gitDir, patch);
    const tree = await runGitText(['write-tree'], { gitDir });
    const [before, after] = await Promise.all([
      readTarget(base, change),
      readTarget({ ...base, gitDir, commit: tree }, change),
    ]);
    const diff = await runGit(
      ['diff-tree', '-p', '-U15', '--no-renames', base.commit, tree],
      { gitDir },
    );
    return {
      diff: diff.toString('utf8'),
      files: change.files.map(file => ({
        ...file,
        before: before.get(file.path),
        after: after.get(file.path),
      })),
      target: {
        before: toSources(before),
        after: toSources(after),
        changed: new Set(change.files.map(file => file.path)),
      },
    };
  } finally {
    await repository.remove();
  }
}

async function apply(gitDir: string, patch: string): Promise<void> {
  try {
    await runGit(['apply', '--cached', '--whitespace=nowarn', '-'], {
      gitDir,
      input: patch,
    });
  } catch (error) {
    if (!(error instanceof GitError) || error.exitCode === undefined) {
      throw error;
    }
    throw new ConflictError(
      `The patch does not apply to the commit that it was made for: ${error.message}`,
      error,
    );
  }
}

/**
 * The texts of a target that can say anything of a mapping: those that the
 * patch changes, those that name one of its tables, and the YAML that tells
 * what names stand for.
 */
async function readTarget(
  head: RepositoryHead,
  change: ChangeToRead,
): Promise<Map<string, string>> {
  const named = await filesNaming(head, change);
  const changed = new Set(change.files.map(file => file.path));
  const entries = await listTree(head, change.path);
  return readEntries(
    head,
    entries.filter(
      ({ path }) =>
        changed.has(path) || named.has(path) || /\.ya?ml$/i.test(path),
    ),
  );
}

async function filesNaming(
  head: RepositoryHead,
  { path, names }: ChangeToRead,
): Promise<Set<string>> {
  try {
    const output = await runGit(
      [
        ...['grep', '-l', '-z', '-i', '-I', '-F'],
        ...names.flatMap(name => ['-e', name]),
        head.commit,
        ...(path ? ['--', path] : []),
      ],
      { gitDir: head.gitDir },
    );
    const prefix = `${head.commit}:`.length;
    return new Set(
      output
        .toString('utf8')
        .split('\0')
        .filter(Boolean)
        .map(line => line.slice(prefix)),
    );
  } catch (error) {
    // Nothing found is an exit code of its own.
    if (error instanceof GitError && error.exitCode === 1) return new Set();
    throw error;
  }
}

function toSources(texts: Map<string, string>): SourceFile[] {
  return [...texts].map(([file, content]) => ({ path: file, content }));
}
