import { CompiledTable } from '../mapping/CompiledTable';
import { TableRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { PlannedEdit } from './Findings';
import { Region } from './Region';

interface Rename {
  newText: string;
  cause: string;
  kind: PlannedEdit['kind'];
}

/** Old local names to new: what a table, model or source was called and is called now. */
function tableRenames(mapping: CompiledTable): Map<string, Rename> {
  const renames = new Map<string, Rename>();
  const add = (
    from: string,
    to: string,
    kind: PlannedEdit['kind'],
    cause: string,
  ) => {
    if (
      from !== to &&
      from !== '' &&
      !from.includes('*') &&
      !to.includes('*')
    ) {
      renames.set(from.toLowerCase(), { newText: to, kind, cause });
    }
  };
  const { from, to, table } = mapping;
  add(from[from.length - 1], to[to.length - 1], 'dataset', mapping.cause());
  for (const line of table.models ?? []) {
    add(line.from, line.to, 'model', `${table.from}:${line.line ?? line.from}`);
  }
  for (const line of table.sources ?? []) {
    add(
      line.from.split('.').pop()!,
      line.to.split('.').pop()!,
      'source',
      `${table.from}:${line.line ?? line.from}`,
    );
  }
  return renames;
}

/** The mappings of which a text reads a table that moves. */
function movedIn(analysis: Analysis, region: Region): Set<CompiledTable> {
  const tables: TableRef[] = [...region.tree.tables, ...region.looseTables];
  return new Set(tables.flatMap(table => analysis.old(table)?.mapping ?? []));
}

/** Renames what comments say of the tables that the text reads, where asked. */
export function analyzeComments(analysis: Analysis, region: Region): void {
  if (analysis.session.options.comments !== 'rename') {
    return;
  }
  const renames = new Map<string, Rename>();
  for (const mapping of region.prose.length > 0
    ? analysis.session.mappings
    : movedIn(analysis, region)) {
    tableRenames(mapping).forEach((rename, name) => renames.set(name, rename));
    if (region.prose.length > 0) {
      // prose names tables; whose column a word is cannot be told there
      continue;
    }
    for (const column of mapping.table.columns) {
      const change = mapping.change(column.from.split('.'));
      if (
        (change.kind === 'rename' || change.kind === 'convert') &&
        change.to &&
        !column.from.includes('.')
      ) {
        renames.set(column.from.toLowerCase(), {
          newText: change.to.join('.'),
          kind: 'column',
          cause: change.cause,
        });
      }
    }
  }
  if (renames.size === 0) {
    return;
  }
  const code = region.jinja.filter(part => part.kind === 'comment');
  const outside = region.prose.map(({ start, end }) => ({
    start,
    text: region.content.slice(start, end),
  }));
  for (const comment of [...region.comments, ...outside]) {
    for (const match of comment.text.matchAll(/[A-Za-z_][\w-]*/g)) {
      const rename = renames.get(match[0].toLowerCase());
      const start = comment.start + match.index!;
      const end = start + match[0].length;
      if (
        rename &&
        !code.some(part => part.start <= start && end <= part.end)
      ) {
        analysis.edit(region, {
          start,
          end,
          ...rename,
          reason: 'names in comments follow',
          confidence: 'likely',
        });
      }
    }
  }
}

/** Gives aliases and WITH names that are like the old table's name its new name, where asked. */
export function analyzeLocalNames(analysis: Analysis, region: Region): void {
  if (analysis.session.options.localNames !== 'follow') {
    return;
  }
  const renames = new Map<string, Rename>();
  if (movedIn(analysis, region).size === 0) {
    return;
  }
  for (const mapping of analysis.session.mappings) {
    tableRenames(mapping).forEach((rename, name) => renames.set(name, rename));
  }
  if (renames.size === 0) {
    return;
  }
  const names = localNames(region);
  const taken = new Set([...names.values()].map(name => name.toLowerCase()));
  const { tokens } = region;
  tokens.forEach((token, i) => {
    const rename =
      token.kind === 'word' ? renames.get(token.text.toLowerCase()) : undefined;
    if (
      !rename ||
      taken.has(rename.newText.toLowerCase()) ||
      !taken.has(token.text.toLowerCase())
    ) {
      return;
    }
    const qualifies =
      tokens[i + 1]?.text === '.' && tokens[i - 1]?.text !== '.';
    if (names.has(token.start) || qualifies) {
      analysis.edit(region, {
        start: token.start,
        end: token.end,
        ...rename,
        reason: 'the name inside the query follows the table',
        confidence: 'likely',
      });
    }
  });
}

/** Where WITH names and aliases stand, and where they are read as tables. */
function localNames(region: Region): Map<number, string> {
  const names = new Map<number, string>();
  for (const cte of region.tree.ctes) {
    names.set(cte.name.start, cte.name.value ?? '');
  }
  const ctes = new Set([...names.values()].map(name => name.toLowerCase()));
  for (const scope of region.tree.scopes) {
    for (const source of scope.sources) {
      if (source.alias) {
        names.set(source.alias.start, source.alias.value ?? '');
      }
      const part =
        source.table?.parts.length === 1 ? source.table.parts[0] : undefined;
      if (part?.value !== undefined && ctes.has(part.value.toLowerCase())) {
        names.set(part.start, part.value);
      }
    }
  }
  return names;
}
