import { Item, NamePart, Scope, Source, TableRef } from '../sql/ast';
import { Has } from './Binding';

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
