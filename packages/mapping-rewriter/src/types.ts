/**
 * One deprecated dataset and everything that is known of its successor.
 *
 * Dataset names are dotted, `project.dataset.table` or `dataset.table`; a
 * wildcard table ends in `*` (`project.dataset.events_*`).
 *
 * @public
 */
export interface MappingTable {
  /** The deprecated dataset, for example `acme.user_data.users_v1`. */
  from: string;
  /** Its successor, for example `acme.user_data.users_v2`. */
  to: string;
  /** dbt models renamed along with the dataset: `ref('from')` becomes `ref('to')`. */
  models?: NameMapping[];
  /** dbt sources renamed along with the dataset, each as `source_name.table_name`. */
  sources?: NameMapping[];
  /** One line per old column. A column that no line names keeps its name unless `unmappedColumns` says otherwise. */
  columns: ColumnMapping[];
  /** What to do with an old column that no line names. Default: `keep` where no schema says that it is gone. */
  unmappedColumns?: 'keep' | 'refuse';
  /** SQL functions renamed, for example a persistent UDF. */
  functions?: NameMapping[];
  /** dbt macros renamed. */
  macros?: NameMapping[];
  /** dbt variables renamed, `var('from')` and the entries under `vars`. */
  variables?: NameMapping[];
}

/** @public */
export interface NameMapping {
  from: string;
  to: string;
  /** 1-based line in the mapping file, where it is known. */
  line?: number;
}

/**
 * One line of a mapping table.
 *
 * @public
 */
export interface ColumnMapping {
  /** The old column; a nested field is a dotted path (`address.country`). */
  from: string;
  /** The new column or field path; undefined where the column is dropped or a person decides. */
  to?: string;
  /**
   * A SQL expression. If it reads the new column it gives the old value back
   * (`CAST(user_identifier AS INT64)`); if it reads the old column it defines
   * the new one from the old. Undefined means a plain rename.
   */
  transform?: string;
  /** `person`: never rewritten, always refused with the note. */
  decision?: 'person';
  /** Why, or what to consider; shown to the person who decides. */
  note?: string;
  /** 1-based line in the mapping file, where it is known. */
  line?: number;
}

/**
 * The columns of a dataset, by dotted name: lower-case field path to type
 * (BigQuery type names; a path is listed for each nested field).
 *
 * @public
 */
export type Schemas = Record<string, Record<string, string>>;

/** @public */
export type SqlDialect =
  | 'bigquery'
  | 'snowflake'
  | 'postgres'
  | 'spark'
  | 'trino';

/** @public */
export interface RewriteOptions {
  /**
   * `preserve` (default): a consumer keeps the names and types of its own
   * output, `SELECT user_id` becomes
   * `SELECT CAST(user_identifier AS INT64) AS user_id`. `rename`: the output
   * takes the new name and type.
   */
  outputs?: 'preserve' | 'rename';
  /** `leave` (default): comments that mention an old name stay. `rename`: names in comments change too. */
  comments?: 'leave' | 'rename';
  /**
   * `leave` (default): descriptions in YAML, docs blocks and Markdown stay.
   * `datasets`: names of datasets, models, sources, macros and variables in
   * them change too; `rename`: those of columns as well. A name that is an
   * ordinary word changes only where it is set as code, in backticks.
   */
  documentation?: 'leave' | 'datasets' | 'rename';
  /**
   * `leave` (default): rows written out as data stay. `rename`: old columns in
   * header lines of CSV (files, strings of tests) and in keys of JSON rows
   * change too.
   */
  data?: 'leave' | 'rename';
  /**
   * `leave` (default): shell commands stay. `rename`: old names of tables,
   * models and sources in them change too, as in `dbt run --select`.
   */
  commands?: 'leave' | 'rename';
  /**
   * `leave` (default): aliases and WITH names that are like the old table's
   * name stay. `follow`: they take its new name.
   */
  localNames?: 'leave' | 'follow';
  /**
   * `leave` (default): white space stays. `keep`: where the `AS` of a select
   * list stand in one column, those of changed lines stay in it.
   */
  alignment?: 'leave' | 'keep';
  /**
   * `leave` (default): what this project itself defines under an old name
   * (models in YAML, macros, variables) stays, since its files keep their
   * names. `rename`: the definitions take the new names too.
   * `move`: so do the tables that statements and jobs write, as where a whole
   * dataset gets another name.
   */
  definitions?: 'leave' | 'rename' | 'move';
  /**
   * What datasets are built from, where that is known beyond the files: dotted
   * names, each with those of the datasets that its producers read.
   */
  lineage?: Record<string, string[]>;
  /** Leave a note in the code beside each refusal. Default: true. */
  leaveNotes?: boolean;
  /** Link that the notes carry. */
  guideUrl?: string;
  /** Column types of known datasets, to decide what a name belongs to. */
  schemas?: Schemas;
  /** Default: `bigquery`. */
  dialect?: SqlDialect;
  /** The project that an unqualified `dataset.table` belongs to. */
  defaultProject?: string;
}

/** A text file of a project, path relative to the project with `/`. @public */
export interface SourceFile {
  path: string;
  content: string;
}

/** Half-open range in UTF-16 code units of the original text, and the 1-based place of its start. @public */
export interface Span {
  start: number;
  end: number;
  line: number;
  column: number;
}

/** How sure the rewriter is: `certain` by name resolution, `likely` where a part of the resolution was assumed. @public */
export type Confidence = 'certain' | 'likely';

/** @public */
export interface Edit {
  file: string;
  span: Span;
  oldText: string;
  newText: string;
  /** What was rewritten; `note` is a comment left beside a refusal. */
  kind:
    | 'dataset'
    | 'column'
    | 'model'
    | 'source'
    | 'function'
    | 'macro'
    | 'note';
  /** The mapping line that caused it, as `table:line` or `table:column`. */
  cause: string;
  reason: string;
  confidence: Confidence;
}

/** A reference that was found and left alone, and why. @public */
export interface Refusal {
  file: string;
  span: Span;
  /** The text that stays. */
  text: string;
  kind: 'dataset' | 'column' | 'model' | 'source' | 'function' | 'macro';
  code: RefusalCode;
  /** One sentence for a person, without the guide's link. */
  reason: string;
  /** The mapping line that caused it, as `table:line` or `table:column`; undefined where no line did. */
  cause?: string;
  /** The comment to leave in the code, in the comment syntax of the file; undefined where the file has none. */
  note?: string;
}

/**
 * - `person-decides`: the mapping says so
 * - `no-inverse`: only the forward transform is known and the old value is needed
 * - `ambiguous`: the name may belong to another table
 * - `dynamic-name`: the name is built at run time
 * - `star-output`: `SELECT *` passes changed columns on and the list cannot be written out
 * - `dropped-column`: the column has no successor
 * - `type-change`: the new type does not fit the way the value is used
 * - `unparsable`: the statement could not be resolved far enough to be sure
 * - `writes-dataset`: the statement writes to the deprecated dataset
 * - `builds-dataset`: what reads it builds the deprecated dataset itself, its
 *   successor, or something that the successor is built from
 * - `unmapped-column`: no mapping line names the column
 *
 * @public
 */
export type RefusalCode =
  | 'person-decides'
  | 'no-inverse'
  | 'ambiguous'
  | 'dynamic-name'
  | 'star-output'
  | 'dropped-column'
  | 'type-change'
  | 'unparsable'
  | 'writes-dataset'
  | 'builds-dataset'
  | 'unmapped-column';

/** @public */
export interface FileRewrite {
  path: string;
  edits: Edit[];
  refusals: Refusal[];
  /** The whole text after the edits; equal to the input where there are none. */
  output: string;
}

/** @public */
export interface RewriteResult {
  /** Files with edits or refusals, in path order. */
  files: FileRewrite[];
  /** References to the old datasets in the result that no refusal accounts for; not empty means that the rewrite must not be trusted. */
  unproven: Reference[];
  /** Every mapped name that is neither changed nor refused. */
  leftovers: Leftovers;
}

/**
 * Why a mapped name stays that is neither changed nor refused:
 *
 * - `same-name`: it is the name of another table, or of another column
 * - `own-name`: the text itself gives the name, to an alias or a WITH query
 * - `definition`: the project defines something under the name
 * - `stays`: it belongs to a reference that was refused
 * - `comment`, `documentation`, `data`, `command`: no option asks for these
 * - `history`: it tells what once was
 * - `text`: it stands in a string that is no SQL
 * - `code`: it is a word of a program
 * - `not-followed`: it stands in SQL where no rule reads a name
 * - `not-read`: the file is in no language that is read
 *
 * @public
 */
export type LeftoverReason =
  | 'same-name'
  | 'own-name'
  | 'definition'
  | 'stays'
  | 'comment'
  | 'documentation'
  | 'data'
  | 'command'
  | 'history'
  | 'text'
  | 'code'
  | 'not-followed'
  | 'not-read';

/** A mapped name that stays, and why. @public */
export interface Leftover {
  file: string;
  span: Span;
  text: string;
  /** The deprecated dataset whose mapping has the name. */
  cause: string;
  reason: LeftoverReason;
}

/** The mapped names that stay in a project. @public */
export interface Leftovers {
  total: number;
  byReason: Partial<Record<LeftoverReason, number>>;
  /** Up to 1,000 of them, those that may hide a use of the old dataset first. */
  places: Leftover[];
}

/** A dataset, or a column of one, that a file reads or writes. @public */
export interface Reference {
  file: string;
  span: Span;
  /** Dotted dataset name as resolved; `ref:name` for a dbt model, `source:a.b` for a dbt source that no YAML file resolves. */
  dataset: string;
  /** Undefined for a reference to the dataset as a whole. */
  column?: string;
  access: 'read' | 'write';
  confidence: Confidence;
}

/** A mistake in a mapping table. @public */
export interface MappingProblem {
  severity: 'error' | 'warning';
  message: string;
  /** 1-based line in the mapping file, where it is known. */
  line?: number;
  /** The column or name concerned. */
  subject?: string;
}

/** What a mapping line does, for the preview. @public */
export interface MappingPreviewLine {
  from: string;
  to?: string;
  action:
    | 'rename'
    | 'convert'
    | 'forward-only'
    | 'drop'
    | 'person-decides'
    | 'keep';
  /** `SELECT from FROM old` before and after, where it can be rewritten. */
  example?: { before: string; after: string };
  description: string;
  line?: number;
}
