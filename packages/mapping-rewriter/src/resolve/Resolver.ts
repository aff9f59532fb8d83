import {
  CteScope,
  ColumnRef,
  Item,
  NamePart,
  Query,
  Scope,
  Source,
  Star,
  TableRef,
} from '../sql/ast';
import { findCte, nameKey } from '../sql/cteNames';
import { SqlDialect } from '../types';
import { Binding, Has } from './Binding';

/** A column that a query of a text computes or names. */
export interface ItemTarget {
  kind: 'item';
  item: Item;
  scope: Scope;
  /** What the name means in the other branches of a Jinja `if`; undefined where it leads elsewhere. */
  others?: (ItemTarget | undefined)[];
  /** A set operation takes it by place, together with columns of other queries. */
  mixed?: boolean;
}

/** Where a name leads. */
export type Target =
  /** A column of a stored table. */
  | { kind: 'column'; table: TableRef; path: string[] }
  /** A column that a query of this text computes or names. */
  | ItemTarget
  /** Something that cannot be seen through. */
  | { kind: 'opaque' };

export interface Lookup {
  has: Has;
  target: Target;
}

export type Resolution =
  | {
      kind: 'column';
      table: TableRef;
      /** Whole path in the table, as far as it is known. */
      path: string[];
      /** Parts of the reference that spell the last part of the path; the rest comes from an UNNEST. */
      own: NamePart[];
      /** Parts in front of the column: an alias or table name. */
      qualifier: NamePart[];
      source: Source;
      sure: boolean;
      /** Of an enclosing query. */
      outer: boolean;
      /** Merged by USING. */
      merged: boolean;
    }
  | {
      kind: 'item';
      item: Item;
      scope: Scope;
      others?: ItemTarget['others'];
      mixed?: boolean;
      own: NamePart[];
      qualifier: NamePart[];
      source?: Source;
    }
  /** May be a column of one of these tables. */
  | {
      kind: 'ambiguous';
      tables: { table: TableRef; path: string[] }[];
      /** Columns of queries of this text that it may mean as well. */
      items?: { item: Item; scope: Scope }[];
    }
  /** All columns of these sources at once. */
  | { kind: 'row'; sources: Source[] }
  | { kind: 'none' };

const NOTHING: Lookup = { has: 'no', target: { kind: 'opaque' } };
const OPAQUE: Lookup = { has: 'maybe', target: { kind: 'opaque' } };
const SEEN: Lookup = { has: 'yes', target: { kind: 'opaque' } };

const MAX_DEPTH = 60;

const lower = (part: NamePart | undefined) => part?.value?.toLowerCase();

export interface ResolverOptions {
  dialect: SqlDialect;
  bindingOf(table: TableRef): Binding | undefined;
  /** Tables whose stars are written out as a list, so that nothing flows through them. */
  expanded: Set<TableRef>;
}

/** Decides what names belong to. Knows no mapping; asks bindings what columns tables have. */
export class Resolver {
  private readonly lookups = new Map<Query, Map<string, Lookup>>();
  private readonly scopeAliases = new Map<Scope, Map<string, Source>>();
  private depth = 0;
  /** Sources whose array is being resolved: they do not see their own columns. */
  private readonly unnesting = new Set<Source>();

  constructor(private readonly options: ResolverOptions) {}

  /** The CTE that a source names, if it is one. */
  static cteOf(source: Source, ctes: CteScope) {
    const { table } = source;
    if (!table || table.call || table.parts.length !== 1) {
      return undefined;
    }
    return findCte(ctes, table.parts[0]);
  }

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

  /** The query whose output a source shows, where it is in view. */
  queryOf(source: Source, scope: Scope): Query | undefined {
    if (source.query) {
      return source.query;
    }
    const cte = Resolver.cteOf(source, scope.ctes);
    if (cte) {
      return cte.query;
    }
    return source.table
      ? this.options.bindingOf(source.table)?.model
      : undefined;
  }

  /** Looks a top-level column name up in a source. */
  lookup(source: Source, scope: Scope, name: string): Lookup {
    if (source.columnAliases.length > 0) {
      return source.columnAliases.some(part => lower(part) === name)
        ? SEEN
        : NOTHING;
    }
    if (source.reshaped) {
      return OPAQUE;
    }
    if (source.kind === 'unnest') {
      return this.lookupUnnest(source, name);
    }
    const cte = Resolver.cteOf(source, scope.ctes);
    if (cte && cte.columns.length > 0) {
      return cte.columns.some(part => lower(part) === name) ? SEEN : NOTHING;
    }
    if (cte && (!cte.query || cte.recursive)) {
      return OPAQUE;
    }
    const query = this.queryOf(source, scope);
    if (query) {
      return this.lookupQuery(query, name);
    }
    if (source.table) {
      const binding = this.options.bindingOf(source.table);
      const path = this.correlatedPath(source, scope);
      if (path) {
        return path.kind === 'column'
          ? this.lookupField(path.table, [...path.path, name])
          : OPAQUE;
      }
      return binding
        ? {
            has: binding.has(name),
            target: { kind: 'column', table: source.table, path: [name] },
          }
        : OPAQUE;
    }
    return OPAQUE;
  }

  private lookupField(table: TableRef, path: string[]): Lookup {
    return { has: 'maybe', target: { kind: 'column', table, path } };
  }

  private lookupUnnest(source: Source, name: string): Lookup {
    if (lower(source.alias) === name) {
      return SEEN;
    }
    if (!source.path) {
      return OPAQUE;
    }
    if (this.unnesting.has(source)) {
      return NOTHING;
    }
    this.unnesting.add(source);
    const array = this.resolve(source.path);
    this.unnesting.delete(source);
    return array.kind === 'column'
      ? this.lookupField(array.table, [...array.path, name])
      : OPAQUE;
  }

  /** `FROM t, t.items`: the second is no table but an array of the first. */
  correlatedPath(source: Source, scope: Scope): Resolution | undefined {
    const { table } = source;
    if (
      !table ||
      table.call ||
      table.parts.length < 2 ||
      this.depth > MAX_DEPTH
    ) {
      return undefined;
    }
    const first = lower(table.parts[0]);
    for (let s: Scope | undefined = scope; s; s = s.parent) {
      for (const other of s.sources) {
        if (other === source) {
          break;
        }
        if (other.alias && lower(other.alias) === first) {
          this.depth += 1;
          try {
            return this.inSource(
              other,
              s,
              table.parts.slice(1),
              table.parts.slice(0, 1),
              s !== scope,
            );
          } finally {
            this.depth -= 1;
          }
        }
      }
    }
    return undefined;
  }

  /** Looks a name up among the output columns of a query. */
  lookupQuery(query: Query, name: string): Lookup {
    let names = this.lookups.get(query);
    if (!names) {
      names = new Map();
      this.lookups.set(query, names);
    }
    const known = names.get(name);
    if (known) {
      return known;
    }
    names.set(name, OPAQUE); // where a query names itself
    if (this.depth > MAX_DEPTH) {
      return OPAQUE;
    }
    this.depth += 1;
    const found = this.computeLookup(query, name);
    this.depth -= 1;
    names.set(name, found);
    return found;
  }

  private computeLookup(query: Query, name: string): Lookup {
    const [scope, ...rest] = query.scopes;
    if (!scope) {
      return OPAQUE;
    }
    const found = this.lookupItems(scope, name);
    const { target } = found;
    if (!query.combined || found.has === 'no') {
      return found;
    }
    if (target.kind !== 'item') {
      // what a set operation passes on comes from several places
      return { has: found.has, target: { kind: 'opaque' } };
    }
    if (!query.branched) {
      return { ...found, target: { ...target, mixed: true } };
    }
    const others = rest.map(other => {
      const lookup = this.lookupItems(other, name).target;
      return lookup.kind === 'item' ? lookup : undefined;
    });
    return { ...found, target: { ...target, others } };
  }

  private lookupItems(scope: Scope, name: string): Lookup {
    let found: Lookup = NOTHING;
    for (const item of scope.items) {
      let lookup = NOTHING;
      if (item.star) {
        lookup = this.lookupStar(item.star, scope, name);
      } else if (this.outputName(item) === name) {
        return { has: 'yes', target: { kind: 'item', item, scope } };
      } else if (item.dynamic && !item.alias) {
        lookup = OPAQUE;
      }
      found = this.better(found, lookup);
    }
    return found;
  }

  private better(a: Lookup, b: Lookup): Lookup {
    if (a.has === 'yes' || b.has === 'no') {
      return a;
    }
    if (b.has === 'yes' || a.has === 'no') {
      return b;
    }
    return OPAQUE;
  }

  private lookupStar(star: Star, scope: Scope, name: string): Lookup {
    if (star.renames) {
      return OPAQUE;
    }
    if (star.except?.names.some(part => lower(part) === name)) {
      return NOTHING;
    }
    if (star.replace.some(entry => lower(entry.name) === name)) {
      return SEEN;
    }
    let found = NOTHING;
    for (const source of this.starSources(star, scope)) {
      const lookup = this.lookup(source, scope, name);
      const expanded =
        lookup.target.kind === 'column' &&
        source.table === lookup.target.table &&
        this.options.expanded.has(lookup.target.table);
      found = this.better(
        found,
        expanded ? { has: lookup.has, target: { kind: 'opaque' } } : lookup,
      );
    }
    return found;
  }

  /** The sources whose columns a star stands for. */
  starSources(star: Star, scope: Scope): Source[] {
    const qualifier = star.qualifier.filter(part => part.value !== '*');
    if (qualifier.length === 0) {
      return scope.sources;
    }
    const found = this.findSource(scope, qualifier);
    return found && found.parts === qualifier.length ? [found.source] : [];
  }

  /** The name an item gives its column, lower case. */
  outputName(item: Item): string | undefined {
    if (item.alias) {
      return lower(item.alias);
    }
    const parts = item.bare?.parts;
    return parts ? lower(parts[parts.length - 1]) : undefined;
  }

  /** The sources of a query by the names that qualify their columns; the first wins. */
  private aliases(scope: Scope): Map<string, Source> {
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
  private findSource(
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
  private spelledSize(source: Source, parts: NamePart[]): number {
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

  /** Decides what a column reference belongs to. */
  resolve(ref: ColumnRef): Resolution {
    const { scope, parts } = ref;
    const last = parts[parts.length - 1];
    if (last.value === '*' && !last.quoted) {
      return this.resolveStar(ref);
    }
    if (
      ref.clause === 'window' &&
      scope.windows.includes(lower(parts[0]) ?? '')
    ) {
      return { kind: 'none' };
    }
    const byAlias = this.byOutputName(ref);
    if (byAlias) {
      return byAlias;
    }
    if (parts.length > 1) {
      if (parts[0].value === undefined) {
        return this.byComputedQualifier(ref);
      }
      const found = this.findSource(scope, parts);
      if (found && found.parts < parts.length) {
        return this.inSource(
          found.source,
          found.scope,
          parts.slice(found.parts),
          parts.slice(0, found.parts),
          found.scope !== scope,
        );
      }
    }
    return this.unqualified(ref);
  }

  private resolveStar(ref: ColumnRef): Resolution {
    const qualifier = ref.parts.slice(0, -1);
    if (qualifier.length === 0) {
      return { kind: 'row', sources: ref.scope.sources };
    }
    const found = this.findSource(ref.scope, qualifier);
    return found ? { kind: 'row', sources: [found.source] } : { kind: 'none' };
  }

  private byComputedQualifier(ref: ColumnRef): Resolution {
    const { scope, parts } = ref;
    const name = lower(parts[1]);
    if (name === undefined) {
      return { kind: 'none' };
    }
    if (scope.sources.length === 1) {
      return this.inSource(
        scope.sources[0],
        scope,
        parts.slice(1),
        parts.slice(0, 1),
        false,
        false,
      );
    }
    const tables = scope.sources
      .map(source => this.lookup(source, scope, name))
      .filter(lookup => lookup.has === 'yes')
      .flatMap(({ target }) => (target.kind === 'column' ? [target] : []));
    return tables.length > 0 ? { kind: 'ambiguous', tables } : { kind: 'none' };
  }

  /** Names of select items that a clause behind the select list may mean. */
  private byOutputName(ref: ColumnRef): Resolution | undefined {
    const { scope, parts, clause } = ref;
    if (
      clause !== 'group' &&
      clause !== 'having' &&
      clause !== 'order' &&
      clause !== 'qualify'
    ) {
      return undefined;
    }
    const name = lower(parts[0]);
    if (
      clause === 'order' &&
      scope.query?.combined &&
      scope === scope.query.scopes[scope.query.scopes.length - 1]
    ) {
      const [first] = scope.query.scopes;
      const named = first.items.find(
        i => !i.star && name !== undefined && this.outputName(i) === name,
      );
      return named && !ref.nested
        ? { kind: 'item', item: named, scope: first, own: parts, qualifier: [] }
        : { kind: 'none' };
    }
    const item = scope.items.find(
      i => !i.star && name !== undefined && this.outputName(i) === name,
    );
    if (!item) {
      return undefined;
    }
    const asItem: Resolution = {
      kind: 'item',
      item,
      scope,
      own: parts,
      qualifier: [],
    };
    const column = this.unqualified(ref);
    const same =
      item.bare !== undefined &&
      column.kind === 'column' &&
      this.sameColumn(this.resolve(item.bare), column);
    const bigquery = this.options.dialect === 'bigquery';
    if (clause === 'order' && (bigquery || !ref.nested)) {
      if (same || !ref.nested || column.kind !== 'column') {
        return asItem;
      }
      return {
        kind: 'ambiguous',
        tables: [{ table: column.table, path: column.path }],
      };
    }
    if (same) {
      return column;
    }
    if (bigquery) {
      if (ref.nested && clause !== 'group' && column.kind === 'column') {
        return {
          kind: 'ambiguous',
          tables: [{ table: column.table, path: column.path }],
        };
      }
      return asItem;
    }
    return column.kind === 'none' ? asItem : column;
  }

  private sameColumn(a: Resolution, b: Resolution): boolean {
    return (
      a.kind === 'column' &&
      b.kind === 'column' &&
      a.table === b.table &&
      a.path.join('.') === b.path.join('.')
    );
  }

  private unqualified(ref: ColumnRef): Resolution {
    const { parts } = ref;
    const name = lower(parts[0]);
    if (name === undefined) {
      return this.byPattern(ref);
    }
    let maybe: { lookup: Lookup; source: Source; scope: Scope }[] = [];
    for (
      let scope: Scope | undefined = ref.scope;
      scope;
      scope = scope.parent
    ) {
      const here = scope.sources.map(source => ({
        lookup: this.lookup(source, scope!, name),
        source,
        scope: scope!,
      }));
      const found = here.filter(({ lookup }) => lookup.has === 'yes');
      if (found.length > 0) {
        if (maybe.length > 0) {
          // an inner table may have the column too, and would win
          const tables = found.flatMap(({ lookup: { target } }) =>
            target.kind === 'column' ? [target] : [],
          );
          const items = found.flatMap(({ lookup: { target } }) =>
            target.kind === 'item' ? [target] : [],
          );
          return tables.length + items.length > 0
            ? { kind: 'ambiguous', tables, items }
            : { kind: 'none' };
        }
        const merged = scope.sources.some(s =>
          s.using?.names.some(part => lower(part) === name),
        );
        if (found.length > 1 && !merged) {
          const tables = found.flatMap(({ lookup: { target } }) =>
            target.kind === 'column' ? [target] : [],
          );
          const items = found.flatMap(({ lookup: { target } }) =>
            target.kind === 'item' ? [target] : [],
          );
          return { kind: 'ambiguous', tables, items };
        }
        const sure = here.every(
          ({ lookup }) => lookup.has !== 'maybe' || lookup === found[0].lookup,
        );
        return this.reached(
          found[0].lookup,
          found[0].source,
          parts,
          [],
          scope !== ref.scope,
          sure,
          merged,
        );
      }
      if (
        scope.sources.some(source => this.aliasOf(source) === name) &&
        parts.length === 1
      ) {
        const source = scope.sources.find(s => this.aliasOf(s) === name)!;
        if (source.kind !== 'unnest') {
          return { kind: 'row', sources: [source] };
        }
      }
      maybe = [
        ...maybe,
        ...here.filter(({ lookup }) => lookup.has === 'maybe'),
      ];
    }
    if (maybe.length === 1) {
      const [{ lookup, source, scope }] = maybe;
      return this.reached(
        lookup,
        source,
        parts,
        [],
        scope !== ref.scope,
        true,
        false,
      );
    }
    const tables = maybe.flatMap(({ lookup: { target } }) =>
      target.kind === 'column' ? [target] : [],
    );
    return tables.length > 0 ? { kind: 'ambiguous', tables } : { kind: 'none' };
  }

  /** `user_{{ kind }}`: the tables that the name may be a column of are the caller's to judge. */
  private byPattern(ref: ColumnRef): Resolution {
    const tables = ref.scope.sources.flatMap(source => {
      const { target } = this.lookup(source, ref.scope, '');
      return target.kind === 'column'
        ? [{ table: target.table, path: [] }]
        : [];
    });
    return tables.length > 0 ? { kind: 'ambiguous', tables } : { kind: 'none' };
  }

  private reached(
    lookup: Lookup,
    source: Source,
    own: NamePart[],
    qualifier: NamePart[],
    outer: boolean,
    sure: boolean,
    merged: boolean,
  ): Resolution {
    const { target } = lookup;
    if (target.kind === 'column') {
      const fields = own.slice(1).map(part => part.value ?? '?');
      return {
        kind: 'column',
        table: target.table,
        path: [...target.path, ...fields],
        own,
        qualifier,
        source,
        sure,
        outer,
        merged,
      };
    }
    if (target.kind === 'item') {
      return {
        ...target,
        own,
        qualifier,
        source,
      };
    }
    return { kind: 'none' };
  }

  private inSource(
    source: Source,
    scope: Scope,
    own: NamePart[],
    qualifier: NamePart[],
    outer: boolean,
    sure = true,
  ): Resolution {
    const name = lower(own[0]);
    if (name === undefined) {
      const { target } = this.lookup(source, scope, '');
      return target.kind === 'column'
        ? { kind: 'ambiguous', tables: [{ table: target.table, path: [] }] }
        : { kind: 'none' };
    }
    if (source.kind === 'unnest' && !source.path) {
      return { kind: 'none' };
    }
    const lookup = this.lookup(source, scope, name);
    return lookup.has === 'no'
      ? { kind: 'none' }
      : this.reached(lookup, source, own, qualifier, outer, sure, false);
  }
}
