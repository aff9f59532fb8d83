import { renameOwnName } from './renameQualifier';
import { Query, Scope, Source, Star } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { starFlows } from './flows';
import { handedOn } from './macroShapes';
import { isTakenByPlace } from './outputs';
import { refuseChangedTypes } from './refuseChangedTypes';
import { refuseStar } from './refuseStar';
import { rewriteExcept } from './rewriteExcept';
import { canWriteOut, whyNot, writeOut } from './writeOut';

/** Queries whose columns are taken by place, so that no name can be followed through them. */
function takenByPlace(region: Region): Set<Query> {
  const queries = new Set<Query>();
  for (const cte of region.tree.ctes) {
    if (cte.query && (cte.columns.length > 0 || cte.recursive)) {
      queries.add(cte.query);
    }
  }
  for (const scope of region.tree.scopes) {
    for (const source of scope.sources) {
      if (source.query && source.columnAliases.length > 0) {
        queries.add(source.query);
      }
    }
  }
  return queries;
}

/** Whether what a star passes on here must have its old names. */
function mustKeepNames(
  analysis: Analysis,
  scope: Scope,
  byPlace: Set<Query>,
  given: Set<Query>,
): boolean {
  const { query } = scope;
  if (!query || query.role === 'exists') {
    return false;
  }
  if (
    query.combined ||
    scope.asStruct ||
    byPlace.has(query) ||
    query.role === 'value'
  ) {
    return true;
  }
  return (
    (query.role === 'top' || given.has(query)) &&
    !analysis.session.renamesIn(query.statement)
  );
}

/** Rewrites the names in EXCEPT, and refuses or writes out stars that would pass changed columns on. */
export function analyzeStars(analysis: Analysis, region: Region): void {
  const byPlace = takenByPlace(region);
  const given = handedOn(region);
  for (const scope of region.tree.scopes) {
    for (const item of scope.items) {
      if (item.star) {
        analyzeStar(
          analysis,
          region,
          scope,
          item.star,
          mustKeepNames(analysis, scope, byPlace, given),
        );
      }
    }
    for (const source of scope.sources) {
      if (source.reshaped) {
        refuseReshaped(analysis, region, scope, source);
      }
    }
  }
}

function refuseReshaped(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  source: Source,
): void {
  const plain = { ...source, reshaped: false };
  const star: Star = {
    start: 0,
    end: 0,
    qualifier: [],
    except: undefined,
    replace: [],
    renames: false,
  };
  for (const [table] of starFlows(analysis, star, {
    ...scope,
    sources: [plain],
  })) {
    const use = analysis.old(table)!;
    analysis.refuse(region, {
      start: source.start,
      end: source.end,
      kind: 'dataset',
      code: 'star-output',
      reason: `PIVOT and the like take every column of ${use.mapping.table.from}, and some of them change`,
      cause: use.mapping.cause(),
      tables: [table],
    });
  }
}

function analyzeStar(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  star: Star,
  mustKeep: boolean,
): void {
  const sources = analysis.resolver.starSources(star, scope);
  const expanded = sources.find(
    source => source.table && analysis.session.expanded.has(source.table),
  );
  if (expanded) {
    writeOut(analysis, region, scope, star, expanded);
    return;
  }
  const handled = rewriteExcept(analysis, region, scope, star, sources);
  for (const { name } of star.replace) {
    for (const source of sources) {
      const { target } = analysis.resolver.lookup(
        source,
        scope,
        name.value?.toLowerCase() ?? '',
      );
      const use =
        target.kind === 'column' ? analysis.old(target.table) : undefined;
      const change =
        use && target.kind === 'column'
          ? use.mapping.change(target.path)
          : undefined;
      const renamed =
        change &&
        change.kind !== 'keep' &&
        !(
          change.kind === 'convert' &&
          change.to?.join('.').toLowerCase() === name.value?.toLowerCase()
        );
      if (renamed && target.kind === 'column') {
        refuseStar(
          analysis,
          region,
          star,
          target.table,
          `REPLACE names ${name.value}, which changes`,
        );
      }
    }
  }
  renameStarQualifier(analysis, region, star, sources);
  if (isTakenByPlace(scope)) {
    refuseChangedTypes(analysis, region, scope, star);
  }
  if (!mustKeep) {
    return;
  }
  for (const [table] of starFlows(analysis, star, scope)) {
    if (handled.has(table)) {
      continue;
    }
    if (canWriteOut(analysis, table)) {
      analysis.findings.expansions.add(table);
    } else {
      const { mapping } = analysis.old(table)!;
      refuseStar(
        analysis,
        region,
        star,
        table,
        `the star passes on columns of ${
          mapping.table.from
        } that change, and ${whyNot(analysis, table)}`,
      );
    }
  }
}

function renameStarQualifier(
  analysis: Analysis,
  region: Region,
  star: Star,
  sources: Source[],
): void {
  const [part] = star.qualifier;
  const [source] = sources;
  if (
    part &&
    part.value !== '*' &&
    source?.table &&
    star.qualifier.filter(p => p.value !== '*').length === 1 &&
    analysis.renamesAlias(source)
  ) {
    const use = analysis.old(source.table)!;
    renameOwnName(analysis, region, part, use, use.sure ? 'certain' : 'likely');
  }
}
