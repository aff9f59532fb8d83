import { isDeleted } from './isDeleted';

const ref = /^(?:(team|group|user):)(?:([\w.-]+)\/)?([\w.-]+)$/i;

/**
 * The owner of a job or dataset as an entity ref: the first of the facet
 * `ownership` that is written as `team:…`, `group:…` or `user:…`. A person's
 * name says nothing to the catalog.
 */
export function readOwner(facet: unknown): string | undefined {
  if (!facet || isDeleted(facet)) return undefined;
  const { owners = [] } = facet as { owners?: Array<{ name: string }> };
  for (const { name } of owners) {
    const match = ref.exec(name.trim());
    if (!match) continue;
    const [, kind, namespace = 'default', id] = match;
    const entityKind = kind.toLowerCase() === 'user' ? 'user' : 'group';
    return `${entityKind}:${namespace}/${id}`.toLowerCase();
  }
  return undefined;
}
