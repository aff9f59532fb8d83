import { ExtractedError } from '../protocol';

/**
 * - `cause`: what a person repairs: a compiler's error, a rule that is broken
 * - `test`: a test that fails, often because of a cause
 * - `consequence`: a tool that says that another one failed
 */
export type Rank = 'cause' | 'test' | 'consequence';

/** One error as a tool tells it. */
export interface FoundError extends ExtractedError {
  rank: Rank;
}

/** An error, what makes it the same one in another run, and how often it was found. */
export interface Failure {
  error: FoundError;
  /** Without places, times and numbers that change from run to run. */
  fingerprint: string;
  count: number;
}

/** What an extractor read: errors, and how many lines they took, at least 1. */
export interface Reading {
  errors: FoundError[];
  lines: number;
}

/**
 * Knows the errors of one tool. It reads forward from a line, and no further
 * than `MAX_BLOCK` lines, so that all of an output is read in linear time.
 */
export interface ErrorExtractor {
  readonly tool: string;
  /**
   * @param lines - clean lines: no colours, times or progress bars
   * @returns undefined where no error of this tool starts in line `at`
   */
  read(lines: readonly string[], at: number): Reading | undefined;
}

/** Lines that one error may take. */
export const MAX_BLOCK = 200;
