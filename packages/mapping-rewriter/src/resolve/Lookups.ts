import {
  ColumnRef,
  CteScope,
  Item,
  NamePart,
  Query,
  Scope,
  Source,
  Star,
  TableRef,
} from '../sql/ast';
import { findCte } from '../sql/cteNames';
import { Lookup, Resolution } from './Resolution';
import { lower, SourceNames } from './SourceNames';

const NOTHING: Lookup = { has: 'no', target: { kind: 'opaque' } };
const OPAQUE: Lookup = { has: 'maybe', target: { kind: 'opaque' } };
const SEEN: Lookup = { has: 'yes', target: { kind: 'opaque' } };

const MAX_DEPTH = 60;

/** Looks names up among the columns that sources and queries have. */
export abstract class Lookups extends SourceNames {
  private readonly lookups = new Map<Query, Map<string, Lookup>>();

  private depth = 0;

  /** Sources whose array is being resolved: they do not see their own columns. */
  private readonly unnesting = new Set<Source>();

  /** Decides what a column reference belongs to. */
  abstract resolve(ref: ColumnRef): Resolution;

  /** What the parts of a name mean in one source. */
  protected abstract inSource(
    source: Source,
    scope: Scope,
    own: NamePart[],
    qualifier: NamePart[],
    outer: boolean,
    sure?: boolean,
  ): Resolution;

  /** The CTE that a source names, if it is one. */
  static cteOf(source: Source, ctes: CteScope) {
    const { table } = source;
    if (!table || table.call || table.parts.length !== 1) {
      return undefined;
    }
    return findCte(ctes, table.parts[0]);
  }

  /** The query whose output a source shows, where it is in view. */
  queryOf(source: Source, scope: Scope): Query | undefined {
    if (source.query) {
      return source.query;
    }
    const cte = Lookups.cteOf(source, scope.ctes);
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
    const cte = Lookups.cteOf(source, scope.ctes);
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
}
