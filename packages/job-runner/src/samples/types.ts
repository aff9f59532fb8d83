import type { SourceFile, SqlDialect } from '@skein/mapping-rewriter';
import type { Samples } from '../protocol';

/** What is asked of the process that runs SQL on sample rows. One JSON text on its standard input. */
export interface SampleRequest {
  /** Texts of the target before any change. */
  before: SourceFile[];
  /** The same as they are now; undefined for the baseline, which only tries what can be run. */
  after?: SourceFile[];
  samples: Samples;
  /** Columns of known datasets, by field path. */
  schemas: Record<string, Record<string, string>>;
  dialect: SqlDialect;
  defaultProject?: string;
  /** Deprecated datasets and their successors. */
  datasets: Array<{ from: string; to: string }>;
  /** As of the mapping step: with `rename`, output columns may take new names. */
  outputs: 'preserve' | 'rename';
  /** Keys of statements that ended a process before; they are left out. */
  skip: string[];
}

/** One line of JSON that the process writes. */
export type SampleAnswer =
  | { type: 'unavailable'; reason: string }
  /** Before each run of a statement's text; the last one is what a process was at when it was killed. */
  | { type: 'start'; statement: StatementName; side: 'old' | 'new' }
  | { type: 'verdict'; verdict: SampleVerdict }
  /** With why not all was run. */
  | { type: 'done'; incomplete?: string };

/** Which statement of which file. */
export interface StatementName {
  /** The same in all processes. */
  key: string;
  /** Relative to the target. */
  file: string;
  /** Where the text stands in the file as written. */
  line?: number;
}

/** What running one statement says. */
export interface SampleVerdict extends StatementName {
  /**
   * - `same`: old and new text give the same
   * - `ran`: the old text could be run (baseline)
   * - `different`: the change is at fault
   * - `skipped`: nothing can be said
   */
  outcome: 'same' | 'ran' | 'different' | 'skipped';
  /** What differs, one sentence each, or why nothing can be said; empty otherwise. */
  messages: string[];
}

/** Bounds of what is run. */
export const sampleLimits = {
  /** Of one run of one statement. */
  statementMilliseconds: 10_000,
  /** A process that says nothing for so long is killed. */
  silenceMilliseconds: 30_000,
  /** Of DuckDB, for each of its two databases. */
  memoryMegabytes: 256,
  /** Rows that a statement may give; more are not compared. */
  rows: 10_000,
  /** Texts that are looked at; of a larger project the first. */
  files: 1_000,
  /** Statements that are run; of more, the first. */
  statements: 300,
} as const;
