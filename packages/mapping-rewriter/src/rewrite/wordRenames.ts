import { CompiledTable } from '../mapping/CompiledTable';
import { TableRef } from '../sql/ast';
import { NameMapping } from '../types';
import { Analysis } from './Analysis';
import { PlannedEdit } from './Findings';
import { Region } from './Region';

/** What takes the place of a name that is only a word, in a comment or a description. */
export interface WordRename {
  newText: string;
  cause: string;
  kind: PlannedEdit['kind'];
}

type Renames = Map<string, WordRename>;

const causeOf = (mapping: CompiledTable, line: NameMapping) =>
  `${mapping.table.from}:${line.line ?? line.from}`;

function add(renames: Renames, from: string, rename: WordRename): void {
  const isName = (name: string) => name !== '' && !/[*.(]/.test(name);
  if (from !== rename.newText && isName(from) && isName(rename.newText)) {
    renames.set(from, rename);
  }
}

/** Old local names to new: what a table, model or source was called and is called now. */
export function tableRenames(mapping: CompiledTable): Renames {
  const renames: Renames = new Map();
  const { from, to, table } = mapping;
  add(renames, from[from.length - 1], {
    newText: to[to.length - 1],
    kind: 'dataset',
    cause: mapping.cause(),
  });
  for (const line of table.models ?? []) {
    const cause = causeOf(mapping, line);
    add(renames, line.from, { newText: line.to, kind: 'model', cause });
  }
  for (const line of table.sources ?? []) {
    add(renames, line.from.split('.').pop()!, {
      newText: line.to.split('.').pop()!,
      kind: 'source',
      cause: causeOf(mapping, line),
    });
  }
  return renames;
}

/** Old columns to new, where one name takes the place of another. */
export function columnRenames(mapping: CompiledTable): Renames {
  const renames: Renames = new Map();
  for (const column of mapping.table.columns) {
    const change = mapping.change(column.from.split('.'));
    if ((change.kind === 'rename' || change.kind === 'convert') && change.to) {
      add(renames, column.from, {
        newText: change.to.join('.'),
        kind: 'column',
        cause: change.cause,
      });
    }
  }
  return renames;
}

/** Old names of variables, macros and functions to new. */
export function nameRenames(mapping: CompiledTable): Renames {
  const renames: Renames = new Map();
  const { variables = [], macros = [], functions = [] } = mapping.table;
  for (const line of [...variables, ...macros]) {
    const cause = causeOf(mapping, line);
    add(renames, line.from, { newText: line.to, kind: 'macro', cause });
  }
  for (const line of functions) {
    const cause = causeOf(mapping, line);
    add(renames, line.from, { newText: line.to, kind: 'function', cause });
  }
  return renames;
}

/**
 * Renames of several mappings as one. A name that two of them rename
 * differently, or that becomes another old name, is left out: which is meant
 * cannot be told from a word, and a second run must find nothing.
 */
export function mergeRenames(all: Renames[]): Renames {
  const merged: Renames = new Map();
  const unclear = new Set<string>();
  for (const [name, rename] of all.flatMap(renames => [...renames])) {
    const other = merged.get(name);
    if (other && other.newText !== rename.newText) {
      unclear.add(name);
    }
    merged.set(name, rename);
  }
  for (const [name, { newText }] of merged) {
    if (merged.has(newText)) {
      unclear.add(name);
    }
  }
  unclear.forEach(name => merged.delete(name));
  return merged;
}

/** The mappings of which a text reads a table that moves. */
export function movedIn(
  analysis: Analysis,
  region: Region,
): Set<CompiledTable> {
  const tables: TableRef[] = [...region.tree.tables, ...region.looseTables];
  return new Set(tables.flatMap(table => analysis.old(table)?.mapping ?? []));
}
