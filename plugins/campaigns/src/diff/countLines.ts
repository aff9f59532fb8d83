import type { FileData } from 'react-diff-view';

export interface LineCount {
  inserted: number;
  deleted: number;
  /** Lines shown, with those that stay. */
  total: number;
}

export function countLines(file: Pick<FileData, 'hunks'>): LineCount {
  const count: LineCount = { inserted: 0, deleted: 0, total: 0 };
  for (const { changes } of file.hunks) {
    for (const { type } of changes) {
      count.total += 1;
      if (type === 'insert') count.inserted += 1;
      if (type === 'delete') count.deleted += 1;
    }
  }
  return count;
}
