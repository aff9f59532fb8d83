/** A literal with the line it stands on, whatever language it was written in. */
export type LiteralNode =
  | {
      kind: 'map';
      line: number;
      entries: { key: string; line: number; value: LiteralNode }[];
    }
  | { kind: 'list'; line: number; items: LiteralNode[] }
  | { kind: 'scalar'; line: number; value: string | undefined };

export const scalar = (node: LiteralNode | undefined): string | undefined =>
  node?.kind === 'scalar' ? node.value : undefined;

/** The value of the first of these keys that is there. */
export function entry(
  node: LiteralNode,
  ...keys: string[]
): LiteralNode | undefined {
  if (node.kind !== 'map') {
    return undefined;
  }
  for (const key of keys) {
    const found = node.entries.find(e => e.key.toLowerCase() === key);
    if (found) {
      return found.value;
    }
  }
  return undefined;
}
