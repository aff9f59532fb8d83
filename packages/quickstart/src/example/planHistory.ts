/** One line of `examples/history.yaml`. */
export interface HistoryEntry {
  message: string;
  author: string;
  date: string;
  /** Paths, and folders with a slash at their end; all that is left where it is absent. */
  files?: string[];
}

export interface PlannedCommit {
  message: string;
  author: string;
  date: string;
  paths: string[];
}

/**
 * Deals a repository's files out to the commits of its history. Every file
 * comes in exactly one commit; commits that bring nothing are left out.
 */
export function planHistory(
  files: string[],
  history: HistoryEntry[],
): PlannedCommit[] {
  const left = new Set(files);
  return history
    .map(({ message, author, date, files: wanted }) => {
      const paths = [...left].filter(
        file => !wanted || wanted.some(it => brings(it, file)),
      );
      paths.forEach(it => left.delete(it));
      return { message, author, date, paths };
    })
    .filter(commit => commit.paths.length > 0);
}

function brings(entry: string, file: string): boolean {
  return entry.endsWith('/') ? file.startsWith(entry) : file === entry;
}
