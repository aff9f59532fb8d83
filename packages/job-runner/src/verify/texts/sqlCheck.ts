import { checkSql, SourceFile } from '@skein/mapping-rewriter';
import { TextCheck } from '../types';

/** SQL and what may hold it. */
const HOLDS_SQL = /\.(?:sql|sqlx|bq|ddl|ya?ml|py|scala|sh|lkml)$/i;

/** Characters of changed texts that are resolved; more would take minutes. */
const MAX_CHARACTERS = 4 * 1024 ** 2;

/**
 * Name resolution against the real schemas: statements still parse, every
 * column and table is known, and what a query gives keeps its names and types.
 * It only looks at what changed, and only tells what was not so before.
 */
export const sqlCheck: TextCheck = {
  name: 'SQL resolves against the schemas',
  verifies: true,
  applies: (files, { options }) =>
    Object.keys(options.schemas ?? {}).length > 0 && holdsSql(files),
  problems(files, { mappings, options, original }) {
    if (charactersOf(changed(original, files)) > MAX_CHARACTERS) return [];
    return checkSql(original, files, { ...options, mappings }).map(
      ({ file, line, message }) => ({ file, line, message }),
    );
  },
};

/** Whether there is any SQL among files, or what may hold it. */
export function holdsSql(files: SourceFile[]): boolean {
  return files.some(file => HOLDS_SQL.test(file.path));
}

function changed(before: SourceFile[], after: SourceFile[]): SourceFile[] {
  const contents = new Map(before.map(file => [file.path, file.content]));
  return after.filter(file => contents.get(file.path) !== file.content);
}

function charactersOf(files: SourceFile[]): number {
  return files.reduce((sum, file) => sum + file.content.length, 0);
}
