import type { GitRepository } from './GitRepository';
import { TreeEntry } from './parse';

/** A change below a tree; without an id the path is taken away. */
export interface TreeEdit {
  path: string;
  mode: string;
  type: TreeEntry['type'];
  sha?: string;
}

/**
 * Writes the tree that a base tree becomes with some paths changed.
 *
 * @param base - id of the tree to start from; undefined is the empty one
 * @returns id of the new tree
 */
export async function editTree(
  git: GitRepository,
  base: string | undefined,
  edits: TreeEdit[],
): Promise<string> {
  const entries = new Map(
    ((base && (await git.tree(base))) || []).map(entry => [entry.path, entry]),
  );
  const deeper = new Map<string, TreeEdit[]>();
  for (const edit of edits) {
    const slash = edit.path.indexOf('/');
    if (slash >= 0) {
      const name = edit.path.slice(0, slash);
      const below = { ...edit, path: edit.path.slice(slash + 1) };
      deeper.set(name, [...(deeper.get(name) ?? []), below]);
    } else if (edit.sha === undefined) {
      entries.delete(edit.path);
    } else {
      entries.set(edit.path, { ...edit, sha: edit.sha });
    }
  }
  for (const [name, below] of deeper) {
    const old = entries.get(name);
    const sha = await editTree(
      git,
      old?.type === 'tree' ? old.sha : undefined,
      below,
    );
    const rest = await git.tree(sha);
    if (rest && rest.length > 0) {
      entries.set(name, { path: name, mode: '040000', type: 'tree', sha });
    } else {
      entries.delete(name);
    }
  }
  return git.writeTree([...entries.values()]);
}
