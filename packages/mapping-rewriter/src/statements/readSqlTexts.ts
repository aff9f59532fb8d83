import { readProject } from '../rewrite/readProject';
import { Session } from '../rewrite/Session';
import { LineIndex } from '../text/LineIndex';
import { RewriteOptions, SourceFile } from '../types';
import { SqlText } from './types';

/** The texts in SQL that a file holds and that have a query, in order. @public */
export function readSqlTexts(
  file: SourceFile,
  {
    dialect,
    defaultProject,
  }: Pick<RewriteOptions, 'dialect' | 'defaultProject'>,
): SqlText[] {
  const session = new Session([file], [], { dialect, defaultProject });
  readProject(session, true);
  const lines = new LineIndex(file.content);
  return session.regions
    .filter(({ tree, whole }) => whole || tree.queries.length > 0)
    .map(({ start, end, whole }) => ({
      line: lines.lineAt(start),
      content: file.content.slice(start, end),
      whole,
    }));
}
