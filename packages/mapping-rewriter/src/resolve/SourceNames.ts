import { NamePart, Scope, Source, TableRef } from '../sql/ast';
import { nameKey } from '../sql/cteNames';
import { SqlDialect } from '../types';
import { Binding } from './Binding';

export const lower = (part: NamePart | undefined) => part?.value?.toLowerCase();

export interface ResolverOptions {
  dialect: SqlDialect;
  bindingOf(table: TableRef): Binding | undefined;
  /** Tables whose stars are written out as a list, so that nothing flows through them. */
  expanded: Set<TableRef>;
}

/** The names that columns of the sources of a query are qualified with. */
export class SourceNames {
  protected readonly scopeAliases = new Map<Scope, Map<string, Source>>();

  constructor(protected readonly options: ResolverOptions) {}

  /** The name that columns of a source are qualified with, lower case. */
  aliasOf(source: Source): string | undefined {
    if (source.alias) {
      return lower(source.alias);
    }
    if (!source.table) {
      return undefined;
    }
    const binding = this.options.bindingOf(source.table);
    return (
      binding?.implicitAlias?.toLowerCase() ??
      nameKey(source.table.parts[source.table.parts.length - 1])
    );
  }

  /** The sources of a query by the names that qualify their columns; the first wins. */
  protected aliases(scope: Scope): Map<string, Source> {
    let names = this.scopeAliases.get(scope);
    if (!names) {
      names = new Map();
      for (const source of scope.sources) {
        const alias = this.aliasOf(source);
        if (alias !== undefined && !names.has(alias)) {
          names.set(alias, source);
        }
      }
      this.scopeAliases.set(scope, names);
    }
    return names;
  }

  /** The source that the first parts of a name stand for, in this query or around it. */
  protected findSource(
    scope: Scope,
    parts: NamePart[],
  ): { source: Source; scope: Scope; parts: number } | undefined {
    for (let s: Scope | undefined = scope; s; s = s.parent) {
      const named = this.aliases(s).get(lower(parts[0]) ?? '');
      if (named) {
        return { source: named, scope: s, parts: 1 };
      }
      for (const source of s.sources) {
        const size = source.alias ? 0 : this.spelledSize(source, parts);
        if (size > 0) {
          return { source, scope: s, parts: size };
        }
      }
    }
    return undefined;
  }

  /** How many parts spell the whole name of a table: `dataset.table.column`. */
  protected spelledSize(source: Source, parts: NamePart[]): number {
    const names = source.table?.parts;
    if (!names || source.table?.call || names.length < 2) {
      return 0;
    }
    for (
      let size = 2;
      size <= Math.min(names.length, parts.length - 1);
      size++
    ) {
      const tail = names.slice(-size);
      if (
        tail.every(
          (part, i) =>
            part.value !== undefined && lower(part) === lower(parts[i]),
        )
      ) {
        return size;
      }
    }
    return 0;
  }
}
