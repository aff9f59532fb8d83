import { Cte, CteScope, NamePart } from './ast';

/**
 * What a WITH name is looked up by: lower case, what Jinja computes as a
 * mark, so that `last_{{ a }}` is found again; undefined where all is
 * computed.
 */
export function nameKey(part: NamePart | undefined): string | undefined {
  if (part?.value !== undefined) {
    return part.value.toLowerCase();
  }
  const pieces = part?.pieces ?? [];
  return pieces.some(piece => piece !== undefined)
    ? pieces.map(piece => piece?.toLowerCase() ?? '\0').join('')
    : undefined;
}

/** The WITH query of a name, the innermost first. */
export function findCte(
  ctes: CteScope,
  part: NamePart | undefined,
): Cte | undefined {
  const key = nameKey(part);
  for (
    let scope: CteScope | undefined = ctes;
    scope && key !== undefined;
    scope = scope.parent
  ) {
    const cte = scope.ctes.get(key);
    if (cte) {
      return cte;
    }
  }
  return undefined;
}
