import ignore from 'ignore';
import { checkEach } from './checkEach';
import { executedBy } from './executedFiles';
import { Gate, GateInput, ReviewedFile } from './Gate';
import { changedExecutedFields } from './packageManifest';
import { isRenamedOnly } from './renamedOnly';

/** Files that decide who owns code, what git sees, and what the repository is checked with. */
const guarded: Array<[RegExp, string]> = [
  [
    /(?:^|\/)(?:CODEOWNERS|OWNERS|OWNERS_ALIASES|\.mailmap)$/i,
    'decides who owns the code',
  ],
  [
    /(?:^|\/)\.git(?:modules|attributes|ignore|-blame-ignore-revs)$/i,
    'decides how git handles the repository',
  ],
  [/(?:^|\/)\.?skein\.ya?ml$/i, 'decides how the repository is checked'],
];

/**
 * Keeps a change away from what decides how it is judged and by whom, and from
 * what CI or a developer's machine executes. A campaign that needs such a file
 * allows it by name. In an executed file names may move as the mapping says.
 */
export const protectedFiles: Gate = {
  name: 'protectedFiles',
  check(input) {
    const allowed = ignore().add(input.spec.allowedProtectedFiles ?? []);
    return checkEach(input.files, file => {
      if (allowed.ignores(file.path)) return [];
      const message = problemOf(file, input);
      return message ? [{ file: file.path, message }] : [];
    });
  },
};

const HOW = "name it in the campaign's gates.allowedProtectedFiles";

function problemOf(file: ReviewedFile, { renames }: GateInput) {
  const found = guarded.find(([pattern]) => pattern.test(file.path));
  if (found) return `This file ${found[1]}`;
  if (isRenamedOnly(file, renames) && !file.modeChanged) return undefined;
  const by = executedBy(file.path);
  if (by) return `This file is executed by ${by}: where that is meant, ${HOW}`;
  if (isProgram(file)) {
    return `This file is marked as a program: where that is meant, ${HOW}`;
  }
  return /(?:^|\/)package\.json$/i.test(file.path)
    ? manifestProblem(file)
    : undefined;
}

/** Some systems mark every file: a table of data without `#!` is no program for that. */
function isProgram({
  path,
  change,
  executable,
  modeChanged,
  ...file
}: ReviewedFile) {
  if (!executable) return false;
  if (modeChanged || change === 'added') return true;
  const isScript = [file.before, file.after].some(text =>
    text?.startsWith('#!'),
  );
  return (
    isScript ||
    !/\.(?:sql|ya?ml|json|csv|tsv|md|txt|scala|java|kt|proto|avsc|html|xml)$/i.test(
      path,
    )
  );
}

function manifestProblem({ before, after }: ReviewedFile) {
  const fields = changedExecutedFields(before ?? '{}', after ?? '{}');
  if (fields?.length === 0) return undefined;
  const what = fields ? `'${fields.join("', '")}'` : 'what cannot be read';
  return `This change of a package.json decides by ${what} what npm executes: where that is meant, ${HOW}`;
}
