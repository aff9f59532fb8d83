import { Item, Query, Scope, Source, Star, TableRef } from '../sql/ast';
import { CompiledTable } from '../mapping/CompiledTable';
import { Analysis } from './Analysis';
import { starFlows } from './flows';
import { quoteName } from './columnText';
import { handedOn } from './macroShapes';
import { isTakenByPlace, renamedOutput } from './outputs';
import { Region } from './Region';

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

/** Columns that take another type on the way must not reach a set operation through a star. */
function refuseChangedTypes(
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

function refuseStar(
  analysis: Analysis,
  region: Region,
  star: Star,
  table: TableRef,
  reason: string,
): void {
  analysis.refuse(region, {
    start: star.start,
    end: star.end,
    kind: 'column',
    code: 'star-output',
    reason,
    cause: analysis.old(table)!.mapping.cause(),
    tables: [table],
  });
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
    analysis.edit(region, {
      start: part.start,
      end: part.end,
      newText: use.implicitAlias!.after,
      kind: use.kind,
      cause: use.cause,
      reason: 'the table is named by its own name',
      confidence: use.sure ? 'certain' : 'likely',
    });
  }
}

/** Gives the names in EXCEPT their new names. Returns the tables that it refused. */
function rewriteExcept(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  star: Star,
  sources: Source[],
): Set<TableRef> {
  const refused = new Set<TableRef>();
  const { except } = star;
  if (!except) {
    return refused;
  }
  const gone = new Set<string>();
  let goneCause = '';
  for (const name of except.names) {
    for (const source of sources) {
      const { target, has } = analysis.resolver.lookup(
        source,
        scope,
        name.value?.toLowerCase() ?? '',
      );
      const use =
        target.kind === 'column' && has !== 'no'
          ? analysis.old(target.table)
          : undefined;
      if (!use || target.kind !== 'column') {
        continue;
      }
      const change = use.mapping.change(target.path);
      const to = change.kind === 'keep' ? undefined : change.to;
      const onlyDropped =
        change.kind === 'refuse' && change.code === 'dropped-column';
      if (change.kind === 'keep') {
        continue;
      }
      if (
        to?.length === 1 &&
        !(change.kind === 'refuse' && change.code === 'person-decides')
      ) {
        if (to[0] !== name.value) {
          analysis.edit(region, {
            start: name.start,
            end: name.end,
            newText: name.quoted ? to[0] : quoteName(to[0], '`'),
            kind: 'column',
            cause: change.cause,
            reason: `${name.value} is now ${to[0]}`,
            confidence: use.sure ? 'certain' : 'likely',
          });
        }
      } else if (onlyDropped) {
        gone.add(name.value!);
        goneCause = change.cause;
      } else {
        refused.add(target.table);
        refuseStar(
          analysis,
          region,
          star,
          target.table,
          `EXCEPT names ${name.value}, and what takes its place is not one column`,
        );
      }
    }
  }
  if (gone.size > 0) {
    dropNames(analysis, region, star, gone, goneCause);
  }
  return refused;
}

/** Takes columns that are gone out of EXCEPT; a name that does not exist is an error there. */
function dropNames(
  analysis: Analysis,
  region: Region,
  star: Star,
  gone: Set<string>,
  cause: string,
): void {
  const except = star.except!;
  const push = (start: number, end: number) =>
    analysis.edit(region, {
      start,
      end,
      newText: '',
      kind: 'column',
      cause,
      reason: 'the column is gone, so the star need not leave it out',
      confidence: 'certain',
    });
  if (gone.size === except.names.length) {
    let { start } = except;
    while (/[ \t]/.test(region.content[start - 1] ?? '')) {
      start -= 1;
    }
    push(start, except.end);
    return;
  }
  except.names.forEach((name, i) => {
    if (gone.has(name.value!)) {
      const next = except.names[i + 1];
      const previous = except.names[i - 1];
      const start = name.quoted ? name.start - 1 : name.start;
      const end = name.quoted ? name.end + 1 : name.end;
      const lastKept = except.names
        .slice(i + 1)
        .every(other => gone.has(other.value!));
      if (!lastKept && next) {
        push(start, next.quoted ? next.start - 1 : next.start);
      } else {
        push(previous.quoted ? previous.end + 1 : previous.end, end);
      }
    }
  });
}

/** The star over a deprecated table itself, where there is exactly one. */
function ownStar(table: TableRef): { scope: Scope; star: Star } | undefined {
  const scope = table.scope;
  const stars = (scope?.items ?? []).flatMap(item =>
    item.star ? [item.star] : [],
  );
  if (!scope || table.use !== 'from' || stars.length !== 1) {
    return undefined;
  }
  const [star] = stars;
  const qualified = star.qualifier.some(part => part.value !== '*');
  return scope.sources.length === 1 || qualified ? { scope, star } : undefined;
}

function columnsToWrite(
  mapping: CompiledTable,
  star: Star,
): string[] | undefined {
  if (!mapping.oldSchema) {
    return undefined;
  }
  const excepted = new Set(
    (star.except?.names ?? []).map(part => part.value?.toLowerCase()),
  );
  const roots = [
    ...new Set(Object.keys(mapping.oldSchema).map(name => name.split('.')[0])),
  ];
  return roots.filter(name => !excepted.has(name.toLowerCase()));
}

function canWriteOut(analysis: Analysis, table: TableRef): boolean {
  return whyNot(analysis, table) === '';
}

/** Why the star over a table cannot be written out as a list; empty where it can. */
function whyNot(analysis: Analysis, table: TableRef): string {
  const { mapping } = analysis.old(table)!;
  const own = ownStar(table);
  if (!mapping.oldSchema) {
    return 'without the schema of the old dataset the list cannot be written out';
  }
  if (!own || own.star.replace.length > 0 || own.star.renames) {
    return 'the list cannot be written out here';
  }
  const bad = columnsToWrite(mapping, own.star)!
    .map(name => mapping.change([name]))
    .find(change => change.kind === 'refuse');
  return bad && bad.kind === 'refuse'
    ? `the list cannot be written out: ${bad.reason}`
    : '';
}

const MAX_LINE = 80;

/** Writes a star out as the list of the old columns, each under its old name. */
function writeOut(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  star: Star,
  source: Source,
): void {
  const use = analysis.old(source.table!)!;
  const qualifier = star.qualifier.some(part => part.value !== '*')
    ? analysis.newAlias(region, source)
    : undefined;
  const prefix = qualifier === undefined ? '' : `${qualifier}.`;
  const as = /^[a-z]/.test(scope.keyword) ? 'as' : 'AS';
  const quote = '`';
  const columns = columnsToWrite(use.mapping, star)!.map(name => {
    const change = use.mapping.change([name]);
    const old = quoteName(name, quote);
    if (change.kind === 'rename') {
      const path = change.to.map(part => quoteName(part, quote)).join('.');
      return change.to[change.to.length - 1] === name
        ? prefix + path
        : `${prefix}${path} ${as} ${old}`;
    }
    if (change.kind === 'convert') {
      let text = '';
      let at = 0;
      for (const read of [...change.transform.reads].sort(
        (a, b) => a.start - b.start,
      )) {
        text += change.transform.text.slice(at, read.start) + prefix;
        at = read.start;
      }
      return `${text}${change.transform.text.slice(at)} ${as} ${old}`;
    }
    return prefix + old;
  });
  const end = star.except ? star.except.end : star.end;
  const lineStart = region.content.lastIndexOf('\n', star.start - 1) + 1;
  const before = region.content.slice(lineStart, star.start);
  const oneLine = columns.join(', ');
  const indent = /^\s*$/.test(before) ? before : `${/^\s*/.exec(before)![0]}  `;
  const eol = region.content.includes('\r\n') ? '\r\n' : '\n';
  const short =
    !/^\s*$/.test(before) ||
    before.length + oneLine.length <= MAX_LINE ||
    (region.host && !region.host.multiline);
  analysis.edit(region, {
    start: star.start,
    end,
    newText: short ? oneLine : columns.join(`,${eol}${indent}`),
    kind: 'column',
    cause: use.mapping.cause(),
    reason: 'the star is written out, so that the output keeps its columns',
    confidence: use.sure ? 'certain' : 'likely',
  });
}
