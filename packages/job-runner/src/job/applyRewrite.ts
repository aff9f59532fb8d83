import { RewriteResult } from '@skein/mapping-rewriter';
import { Checkout } from '../checkout/Checkout';
import { TextFile } from '../checkout/readSources';

/** A rewrite as git has it. */
export interface AppliedRewrite {
  tree: string;
  patch: Buffer;
  /** The target's files after it. */
  files: TextFile[];
}

/** Makes a tree and a patch of a rewrite. */
export async function applyRewrite(
  checkout: Checkout,
  files: TextFile[],
  result: RewriteResult,
): Promise<AppliedRewrite> {
  const outputs = new Map(result.files.map(file => [file.path, file.output]));
  const after = files.map(file => ({
    ...file,
    content: outputs.get(file.path) ?? file.content,
  }));
  const changed = after.filter(
    (file, at) => file.content !== files[at].content,
  );
  if (changed.length === 0) {
    return { tree: checkout.sourceCommit, patch: Buffer.alloc(0), files };
  }
  const tree = await checkout.writeTree(
    changed.map(file => ({
      file: file.tree,
      content: Buffer.from(file.content, 'utf8'),
    })),
  );
  return { tree, patch: await checkout.diff(tree), files: after };
}
