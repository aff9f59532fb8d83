import { CompiledTable } from '../mapping/CompiledTable';
import { Scope, Source, Star, TableRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { quoteName } from './columnText';

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

export function canWriteOut(analysis: Analysis, table: TableRef): boolean {
  return whyNot(analysis, table) === '';
}

/** Why the star over a table cannot be written out as a list; empty where it can. */
export function whyNot(analysis: Analysis, table: TableRef): string {
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
export function writeOut(
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
