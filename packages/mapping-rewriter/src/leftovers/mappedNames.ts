import { CompiledTable } from '../mapping/CompiledTable';

/** Names that a mapping changes, as words of a text, each with the mapping that does. */
export interface MappedNames {
  /** Of tables, models, sources, macros, variables and functions: as they are spelled. */
  tables: Map<string, string>;
  /** Beginnings of the names of sharded tables. */
  prefixes: Map<string, string>;
  /** Of columns: lower case. */
  columns: Map<string, string>;
}

const last = (name: string) => name.split(/[.:]/).pop()!;

export function mappedNames(mappings: CompiledTable[]): MappedNames {
  const names: MappedNames = {
    tables: new Map(),
    prefixes: new Map(),
    columns: new Map(),
  };
  for (const mapping of mappings) {
    const { table } = mapping;
    const cause = table.from;
    const add = (name: string) => {
      if (/^\w[\w-]*$/.test(name)) names.tables.set(name, cause);
    };
    const own = last(table.from);
    if (/^\w[\w-]*\*$/.test(own)) {
      names.prefixes.set(own.slice(0, -1), cause);
    } else if (own === '*') {
      add(mapping.from[mapping.from.length - 2] ?? '');
    } else {
      add(own);
    }
    for (const { from, to } of [
      ...(table.models ?? []),
      ...(table.sources ?? []),
      ...(table.functions ?? []),
      ...(table.macros ?? []),
      ...(table.variables ?? []),
    ]) {
      if (last(from) !== last(to)) add(last(from));
    }
    for (const { from } of table.columns) {
      const path = from.replace(/`/g, '').toLowerCase().split('.');
      if (mapping.change(path).kind !== 'keep') {
        names.columns.set(path[path.length - 1], cause);
      }
    }
  }
  return names;
}

/** A word of a text that a mapping changes. */
export interface NamedPlace {
  start: number;
  end: number;
  cause: string;
  kind: 'table' | 'column';
}

/** Where the mapped names stand in a text. @param columns - whether those of columns count too */
export function* findNames(
  content: string,
  names: MappedNames,
  columns: boolean,
): Generator<NamedPlace> {
  const prefixes = [...names.prefixes];
  // A name with a dash is one word for BigQuery, and several for others.
  for (const match of content.matchAll(/[A-Za-z_][\w-]*/g)) {
    const words = names.tables.has(match[0])
      ? [match]
      : [...match[0].matchAll(/\w+/g)];
    for (const word of words) {
      const start = match.index! + (word === match ? 0 : word.index!);
      const place = { start, end: start + word[0].length };
      const cause =
        names.tables.get(word[0]) ??
        prefixes.find(([prefix]) => word[0].startsWith(prefix))?.[1];
      const column = columns
        ? names.columns.get(word[0].toLowerCase())
        : undefined;
      if (cause !== undefined) {
        yield { ...place, cause, kind: 'table' };
      } else if (column !== undefined) {
        yield { ...place, cause: column, kind: 'column' };
      }
    }
  }
}
