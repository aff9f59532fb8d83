import { RepositoryRef } from './repository';

/** What a search found in the repositories that the caller may read. @public */
export interface CodeSearchReport {
  /** Repositories that the caller may read and that the query looks into. */
  searchedRepositories: number;
  /** Of all that was found, shown here or not. */
  totals: { repositories: number; files: number; lines: number };
  /** Most lines first. */
  owners: CodeSearchOwner[];
  /** Most lines first; at most 200, and of each the first files and lines. */
  repositories: CodeSearchRepository[];
  providers: CodeSearchAnswer[];
}

/** What was found in code of one owner. @public */
export interface CodeSearchOwner {
  /** Undefined for code whose owner the catalog does not know. */
  ownerRef?: string;
  repositories: number;
  files: number;
  lines: number;
}

/** What was found in one repository. @public */
export interface CodeSearchRepository {
  repository: RepositoryRef;
  ownerRefs: string[];
  files: number;
  lines: number;
  /** In order of their paths; there may be more than these. */
  results: CodeSearchFile[];
}

/** What was found in one file. @public */
export interface CodeSearchFile {
  path: string;
  ownerRef?: string;
  /** All lines that match; `matches` may be fewer. */
  lines: number;
  matches: CodeSearchLine[];
}

/** A line that matches. @public */
export interface CodeSearchLine {
  /** 1-based; undefined where the provider does not say and the file could not be looked at. */
  line?: number;
  /** The line, or a part of it around the match where it is long. */
  text: string;
  /** What matches: `[start, end)` in UTF-16 units of `text`. */
  ranges: Array<[number, number]>;
  /** Ids of those that found it. */
  providers: string[];
}

/** What one provider had to say. @public */
export interface CodeSearchAnswer {
  id: string;
  title: string;
  /** Lines that it found, those that others found too among them. */
  lines: number;
  milliseconds: number;
  /** Why there may be more, for people. */
  incomplete?: string;
  /** Why it gave no answer, for people. */
  error?: string;
}
