import { CompiledTable } from '../mapping/CompiledTable';

/** What is built and read: a table, a model of dbt, or a name within one file. */
export interface Relation {
  /** Last part of the name, lower case; may end in `*`. */
  table: string;
  dataset?: string;
  project?: string;
  /** A model of dbt goes by its name alone. */
  model?: boolean;
  /** A temporary table means something in this file alone. */
  file?: string;
  /** Only the name of the file says so, and not in which dataset. */
  guessed?: boolean;
}

const both = (a: string | undefined, b: string | undefined) =>
  a === undefined || b === undefined || a === b;

const sameTable = (a: string, b: string) =>
  a === b ||
  (a.endsWith('*') && b.startsWith(a.slice(0, -1))) ||
  (b.endsWith('*') && a.startsWith(b.slice(0, -1)));

/**
 * Whether two names may mean the same. Where one of them leaves a part open it
 * may: to leave a read alone for nothing is better than a cycle.
 */
export function sameRelation(a: Relation, b: Relation): boolean {
  return (
    sameTable(a.table, b.table) &&
    both(a.dataset, b.dataset) &&
    both(a.project, b.project) &&
    a.file === b.file &&
    Boolean(a.model) === Boolean(b.model)
  );
}

/** The relation of a dotted name, or of `ref:name`; undefined for what names none. */
export function relationOf(
  name: string,
  defaultProject?: string,
): Relation | undefined {
  const lower = name.toLowerCase();
  if (lower.startsWith('ref:')) {
    return { table: lower.slice(4), model: true };
  }
  const parts = lower.replace(/`/g, '').split(/[.:]/).slice(-3);
  const table = parts.pop()?.replace(/\$[0-9_a-z]+$/, '');
  if (!table) {
    return undefined;
  }
  const dataset = parts.pop();
  return {
    table,
    dataset,
    project:
      dataset === undefined
        ? undefined
        : parts.pop() ?? defaultProject?.toLowerCase(),
  };
}

/** The names that a reference to a deprecated dataset has before and after: `events_2024`, `events_new_2024`. */
export function successorName(mapping: CompiledTable, name: string): string {
  const old = name.split(/[.:]/);
  return mapping.to
    .map((part, i) => {
      const back = mapping.to.length - i;
      const was = old[old.length - back];
      const from = mapping.from[mapping.from.length - back];
      return part.endsWith('*') && was !== undefined && from?.endsWith('*')
        ? part.slice(0, -1) + was.slice(from.length - 1)
        : part;
    })
    .join('.');
}
