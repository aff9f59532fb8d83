/** What the code of a repository reads and writes, as it is kept for a commit. */
export interface RepositoryScan {
  /** Folders of frameworks. */
  folders: Array<{ path: string; framework: string }>;
  references: ScannedReference[];
  /** Files that could not be looked through, one line each. */
  problems: string[];
}

/** A dataset that some file of a folder names. */
export interface ScannedReference {
  folder: string;
  /** Dotted, in two parts or more, lower case. */
  dataset: string;
  access: 'read' | 'write';
  confidence: 'certain' | 'likely';
  /** Columns of it that are read, lower case, a part of a struct with its dots. */
  columns?: string[];
}
