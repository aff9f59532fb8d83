import { evidenceOf, Finding, Gate } from './Gate';

/** A longer line was made by a program, or hides something. */
const LINE_LENGTH = 5_000;

/** Finds changes that nobody can review, or that are no text of people. */
export const size: Gate = {
  name: 'size',
  check({ files, spec }) {
    const { maxFiles, maxLines } = spec;
    const lines = files.reduce(
      (sum, file) => sum + file.added.length + file.removed.length,
      0,
    );
    const findings: Finding[] = [];
    if (files.length > maxFiles) {
      findings.push({
        message: `The change has ${files.length} files; the campaign allows ${maxFiles}`,
      });
    }
    if (lines > maxLines) {
      findings.push({
        message: `The change has ${lines} lines; the campaign allows ${maxLines}`,
      });
    }
    for (const file of files) {
      const long = file.added.find(({ text }) => text.length > LINE_LENGTH);
      if (long) {
        findings.push({
          file: file.path,
          line: long.line,
          message: `The change writes a line of ${long.text.length} characters`,
          evidence: evidenceOf(long.text),
        });
      }
      if (isOnlyMode(file)) {
        findings.push({
          file: file.path,
          message: 'The change alters whether the file can be executed',
        });
      }
    }
    return findings;
  },
};

function isOnlyMode({
  change,
  added,
  removed,
}: {
  change: string;
  added: unknown[];
  removed: unknown[];
}): boolean {
  return change === 'modified' && added.length + removed.length === 0;
}
