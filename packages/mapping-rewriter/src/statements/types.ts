/** A text in SQL that a file holds: all of it, or a string of another language. @public */
export interface SqlText {
  /** 1-based line of the file on which it begins. */
  line: number;
  content: string;
  /** The whole file is SQL. */
  whole: boolean;
}

/** A statement of a text in SQL. @public */
export interface SqlStatement {
  /** First keyword, upper case. */
  verb: string;
  /** 1-based line of the text. */
  line: number;
  /** The table that it writes, dotted as resolved; undefined where it writes none, or one of a computed name. */
  writes?: string;
  /** Why it cannot be followed; then it has no query. */
  problem?: string;
  /** What it gives away: the query itself, that behind `CREATE … AS` and `INSERT`, the one that a `MERGE` uses. */
  query?: SqlQuery;
}

/** The query of a statement; offsets are UTF-16 offsets into its text. @public */
export interface SqlQuery {
  text: string;
  /** Its words alone: texts that differ in white space and comments have the same. */
  words: string;
  /** Where it begins in the text that was read. */
  start: number;
  /** Its outermost part has an ORDER BY. */
  ordered: boolean;
  /** Stored tables that it reads. */
  tables: TableUse[];
  /** Where it asks for the current time, with what is in parentheses. */
  moments: Array<{ name: string; start: number; end: number }>;
  /** Words whose value is another each time: `RAND`, `GENERATE_UUID`. */
  random: string[];
  /** Parameters and placeholders that somebody else fills in, as written: `@day`. */
  parameters: Array<{ name: string; start: number; end: number }>;
}

/** An occurrence of a stored table in a query. @public */
export interface TableUse {
  /** Dotted, as resolved; empty where it is computed. */
  dataset: string;
  start: number;
  end: number;
  /** The name that columns are qualified with, where it has no alias. */
  unaliased?: string;
}
