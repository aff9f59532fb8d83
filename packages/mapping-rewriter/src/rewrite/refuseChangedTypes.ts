import { Item, Scope, Star } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { renamedOutput } from './outputs';

/** Columns that take another type on the way must not reach a set operation through a star. */
export function refuseChangedTypes(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  star: Star,
): void {
  for (const target of starItems(analysis, star, scope)) {
    const renamed = renamedOutput(analysis, target);
    if (renamed && renamed.change.kind !== 'rename') {
      analysis.refuse(region, {
        start: star.start,
        end: star.end,
        kind: 'column',
        code: 'type-change',
        reason: `the star passes ${renamed.newName} to a set operation, and its type changes`,
        cause: renamed.change.cause,
        tables: [renamed.table],
      });
    }
  }
}

/** The columns that the queries behind a star compute or name. */
function* starItems(
  analysis: Analysis,
  star: Star,
  scope: Scope,
  seen = new Set<Scope>(),
): Generator<{ item: Item; scope: Scope }> {
  for (const source of analysis.resolver.starSources(star, scope)) {
    const inner = analysis.resolver.queryOf(source, scope)?.scopes[0];
    if (!inner || seen.has(inner)) {
      continue;
    }
    seen.add(inner);
    for (const item of inner.items) {
      if (item.star) {
        yield* starItems(analysis, item.star, inner, seen);
      } else {
        yield { item, scope: inner };
      }
    }
  }
}
