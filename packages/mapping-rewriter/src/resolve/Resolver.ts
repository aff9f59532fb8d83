import { ColumnRef, NamePart, Scope, Source } from '../sql/ast';
import { Lookups } from './Lookups';
import { Lookup, Resolution } from './Resolution';
import { lower } from './SourceNames';

/** Decides what names belong to. Knows no mapping; asks bindings what columns tables have. */
export class Resolver extends Lookups {
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

  protected inSource(
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
