import { PatchedLine } from '../../jobs/patch/parsePatch';
import { evidenceOf, Finding, Gate, ReviewedFile } from './Gate';

/** Files that name versions of tools and libraries, or thresholds. */
const files =
  /(?:^|\/)(?:package\.json|pom\.xml|[^/]+\.gradle(?:\.kts)?|gradle\.properties|gradle-wrapper\.properties|libs\.versions\.toml|build\.sbt|build\.properties|Dependencies\.scala|plugins\.sbt|pyproject\.toml|setup\.(?:cfg|py)|Pipfile|requirements[^/]*\.(?:txt|in)|constraints[^/]*\.txt|tox\.ini|pytest\.ini|\.coveragerc|go\.mod|Cargo\.toml|rust-toolchain(?:\.toml)?|packages\.yml|dependencies\.yml|dbt_project\.yml|\.nvmrc|\.node-version|\.java-version|\.python-version|\.tool-versions|\.sdkmanrc|Dockerfile[^/]*|jest\.config\.[^/]+|vitest\.config\.[^/]+|\.nycrc[^/]*|\.c8rc[^/]*|sonar-project\.properties|tsconfig[^/]*\.json)$/i;

const version = /\d+(?:\.\d+)*/g;
const operator = /[\^~<>=!]+(?=\s*v?\d)/g;
const threshold =
  /coverage|threshold|fail.?under|minimum|branches|functions|statements/i;

/** Finds versions and thresholds that a change lowers to get green. */
export const versions: Gate = {
  name: 'versions',
  check(input) {
    return input.files
      .filter(file => files.test(file.path))
      .flatMap(file => [...lowered(file), ...removedThresholds(file)]);
  },
};

/** Pairs lines that differ in their numbers alone. */
function lowered(file: ReviewedFile): Finding[] {
  const before = new Map<string, PatchedLine[]>();
  for (const line of file.removed) {
    const key = skeleton(line.text);
    before.set(key, [...(before.get(key) ?? []), line]);
  }
  return file.added.flatMap(({ line, text }) => {
    const old = before.get(skeleton(text))?.shift();
    return old && isLower(text, old.text)
      ? [
          {
            file: file.path,
            line,
            message: `The change lowers '${evidenceOf(old.text)}'`,
            evidence: evidenceOf(text),
          },
        ]
      : [];
  });
}

function removedThresholds(file: ReviewedFile): Finding[] {
  if (file.change === 'deleted') {
    return [{ file: file.path, message: 'The change deletes a build file' }];
  }
  const kept = new Set(file.added.map(({ text }) => skeleton(text)));
  return file.removed
    .filter(
      ({ text }) =>
        threshold.test(text) &&
        text.match(version) !== null &&
        !kept.has(skeleton(text)),
    )
    .map(({ line, text }) => ({
      file: file.path,
      line,
      message: 'The change takes a threshold away',
      evidence: evidenceOf(text),
    }));
}

/** A line without its numbers and the operators before them. */
function skeleton(text: string): string {
  return text
    .replace(operator, '')
    .replace(version, '#')
    .replace(/[\s,;]+/g, '');
}

function isLower(text: string, than: string): boolean {
  const now = text.match(version) ?? [];
  const then = than.match(version) ?? [];
  return now.some((each, at) => compare(each, then[at] ?? '0') < 0);
}

/** Below zero where the first is the lower version; missing parts count as zero. */
function compare(first: string, second: string): number {
  const [one, two] = [first, second].map(each => each.split('.').map(Number));
  const length = Math.max(one.length, two.length);
  for (let at = 0; at < length; at += 1) {
    const difference = (one[at] ?? 0) - (two[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
