import { NodeMetadata } from '../mergeNodeMetadata';

/** What a source of events says of a node, each word with when it was said. */
export type DatedMetadata = NodeMetadata & {
  /** Epoch milliseconds by field; repository and path go together. */
  at: Partial<Record<keyof NodeMetadata, number>>;
};

const fields = [
  'title',
  'entityRef',
  'ownerRef',
  'framework',
  'repository',
] as const;

type Field = (typeof fields)[number];

/** All that one event says of a node. */
export function dateMetadata(
  metadata: NodeMetadata,
  at: number,
): DatedMetadata {
  const said = fields.filter(field => metadata[field] !== undefined);
  return {
    ...metadata,
    at: Object.fromEntries(said.map(field => [field, at])),
  };
}

/**
 * What two lots of events say together: the later word on each field. In any
 * order, and however often, the same events give the same.
 */
export function mergeDated(a: DatedMetadata, b: DatedMetadata): DatedMetadata {
  const merged: DatedMetadata = { at: {} };
  for (const field of fields) {
    const from = later(a, b, field);
    if (from.at[field] === undefined) continue;
    Object.assign(merged, { [field]: from[field] });
    merged.at[field] = from.at[field];
    if (field === 'repository') merged.path = from.path;
  }
  return merged;
}

/** What is said of a node under a name that is not its main one: not how it is called, nor, of a job, where. */
export function underAlias(
  metadata: DatedMetadata,
  kind: 'dataset' | 'job',
): DatedMetadata {
  const hidden: Field[] =
    kind === 'dataset' ? ['title'] : ['title', 'repository'];
  const at = { ...metadata.at };
  for (const field of hidden) delete at[field];
  return mergeDated({ ...metadata, at }, { at: {} });
}

/** When anything was said last. */
export function lastSaid({ at }: DatedMetadata): number {
  return Math.max(0, ...Object.values(at));
}

function later(a: DatedMetadata, b: DatedMetadata, field: Field) {
  const difference = (a.at[field] ?? -1) - (b.at[field] ?? -1);
  if (difference !== 0) return difference > 0 ? a : b;
  // Two words at one time: either will do, always the same one.
  return textOf(a, field) > textOf(b, field) ? a : b;
}

function textOf(metadata: DatedMetadata, field: Field): string {
  return JSON.stringify([
    metadata[field],
    field === 'repository' ? metadata.path : undefined,
  ]);
}
