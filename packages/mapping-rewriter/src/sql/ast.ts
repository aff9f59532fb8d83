import { JinjaCall } from '../jinja/parseJinja';

/**
 * The tolerant parse tree: only what name resolution needs. All offsets are
 * UTF-16 offsets into the file.
 */

/** One dotted part of a name. `value` is undefined where it is wholly computed. */
export interface NamePart {
  value: string | undefined;
  /** Literal pieces and holes where a part is only partly literal. */
  pieces?: (string | undefined)[];
  start: number;
  end: number;
  /** Text of a part that is wholly computed, as it stands in the code. */
  written?: string;
  /** In quotes of its own. */
  quoted: boolean;
  /** Where Jinja takes the text from, if it makes the part of constants; `fixed` where that place cannot change. */
  constant?: { start: number; end: number } | 'fixed';
}

export type Clause =
  | 'select'
  | 'from'
  | 'where'
  | 'group'
  | 'having'
  | 'qualify'
  | 'window'
  | 'order'
  | 'other';

/** A column reference, or what looks like one. */
export interface ColumnRef {
  parts: NamePart[];
  scope: Scope;
  clause: Clause;
  start: number;
  end: number;
  /** Set where the reference is the whole expression of a select item. */
  item?: Item;
  /** The whole of an argument whose field name comes from it: `STRUCT(user_id)`. */
  namesField: boolean;
  /** Stands alone as argument, item or operand of a comma list. */
  alone: boolean;
  /** Inside the arguments of a function. */
  nested: boolean;
  /** End of a cast behind it: `user_id::int`. Equal to `end` where there is none. */
  tail: number;
  /** Array access stands between parts, so the path cannot be rewritten as one text. */
  indexed: boolean;
}

export interface Item {
  start: number;
  end: number;
  alias?: NamePart;
  /** The reference that is the whole expression. */
  bare?: ColumnRef;
  star?: Star;
  /** What the item is called is not known: Jinja or a macro makes it. */
  dynamic: boolean;
}

export interface Star {
  /** Span of `*` or `u.*`. */
  start: number;
  end: number;
  qualifier: NamePart[];
  except: { names: NamePart[]; start: number; end: number } | undefined;
  replace: { name: NamePart }[];
  renames: boolean;
}

export type JoinKind = 'inner' | 'left' | 'right' | 'full' | 'cross';

export interface Using {
  names: NamePart[];
  /** From the word USING to the closing parenthesis. */
  start: number;
  end: number;
}

export interface Source {
  kind: 'table' | 'query' | 'unnest' | 'opaque';
  start: number;
  end: number;
  /** Where an alias can be added: behind the name. */
  nameEnd: number;
  alias?: NamePart;
  columnAliases: NamePart[];
  table?: TableRef;
  query?: Query;
  /** The array path of an UNNEST, where it is a plain path. */
  path?: ColumnRef;
  /** A path that may be a table or, after `,`, an array of an earlier source. */
  join?: JoinKind;
  using?: Using;
  /** Joined by the names that both sides have. */
  natural?: boolean;
  /** PIVOT, UNPIVOT or MATCH_RECOGNIZE: every column of the source takes part. */
  reshaped: boolean;
}

/** An occurrence of a table name. */
export interface TableRef {
  parts: NamePart[];
  start: number;
  end: number;
  access: 'read' | 'write';
  /** `ref` or `source` call that names it. */
  call?: JinjaCall;
  /** A macro makes the `ref` call of a name that it is given. */
  made?: boolean;
  /** What stands here is each of several tables in turn, this one among them. */
  oneOf?: boolean;
  /** The whole Jinja expression or placeholder, where the name is one. */
  expression?: string;
  /** `[project:dataset.table]` of BigQuery's legacy SQL. */
  legacy?: boolean;
  scope?: Scope;
  statement: Statement;
  /** Where in the text columns of the table cannot be seen: TABLE arguments, macros. */
  use: 'from' | 'argument' | 'target' | 'other';
}

export interface Cte {
  name: NamePart;
  query?: Query;
  columns: NamePart[];
  recursive: boolean;
}

/** Names that a WITH clause defines, and those around it. */
export interface CteScope {
  ctes: Map<string, Cte>;
  parent?: CteScope;
}

/**
 * How the output of a query is used: `top` is what a statement gives away,
 * `value` is a subquery whose column names nobody sees, `exists` one whose
 * columns nobody reads.
 */
export type QueryRole = 'top' | 'cte' | 'derived' | 'value' | 'exists';

export interface Query {
  role: QueryRole;
  scopes: Scope[];
  /** UNION and the like; also branches of a Jinja `if`. */
  combined: boolean;
  /** Some of its scopes are branches of a Jinja `if`, of which one runs. */
  branched: boolean;
  start: number;
  end: number;
  statement: Statement;
}

/** One SELECT, or a DML statement with its tables. */
export interface Scope {
  kind: 'select' | 'dml';
  statement: Statement;
  query?: Query;
  parent?: Scope;
  ctes: CteScope;
  sources: Source[];
  items: Item[];
  refs: ColumnRef[];
  /** Text of the SELECT keyword, whose case new keywords follow. */
  keyword: string;
  start: number;
  distinct: boolean;
  /** `SELECT AS STRUCT` and `AS VALUE`. */
  asStruct: boolean;
  /** Jinja expressions among the expressions of this scope. */
  expressions: {
    start: number;
    end: number;
    text: string;
    alone: boolean;
    item?: Item;
  }[];
  /** WINDOW names, which are no columns. */
  windows: string[];
}

export interface FunctionCall {
  parts: NamePart[];
  start: number;
  end: number;
}

export interface Statement {
  /** First keyword, upper case. */
  verb: string;
  start: number;
  end: number;
  /** The statement could not be followed; nothing in it is certain. */
  problem?: { at: number; reason: string; pipe?: boolean };
  /** Tables that it writes. */
  writes: TableRef[];
}

export interface SqlTree {
  statements: Statement[];
  scopes: Scope[];
  tables: TableRef[];
  functions: FunctionCall[];
  queries: Query[];
  ctes: Cte[];
  /** Offsets of the names that were read as such; a name that stands in none of them was passed over. */
  named: Set<number>;
}
