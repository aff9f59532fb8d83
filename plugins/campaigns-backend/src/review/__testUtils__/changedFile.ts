import { ReviewedFile } from '../gates/Gate';

/** For tests: a file with the lines that differ, each line taken as a whole. */
export function changedFile(
  path: string,
  before: string | undefined,
  after: string | undefined,
): ReviewedFile {
  const [old, now] = [before, after].map(text => text?.split('\n') ?? []);
  const modified = after === undefined ? 'deleted' : 'modified';
  return {
    path,
    change: before === undefined ? 'added' : modified,
    executable: false,
    modeChanged: false,
    before,
    after,
    removed: missingFrom(now, old),
    added: missingFrom(old, now),
  };
}

/** Lines of `text` that `others` has not, or has less often. */
function missingFrom(others: string[], text: string[]) {
  const left = [...others];
  return text.flatMap((line, index) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at >= 0 ? [] : [{ line: index + 1, text: line }];
  });
}
