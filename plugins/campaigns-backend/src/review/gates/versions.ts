import { PatchedLine } from '../../jobs/patch/parsePatch';
import { checkEach } from './checkEach';
import { evidenceOf, Finding, Gate, ReviewedFile } from './Gate';

/** Files that name versions of tools and libraries, or thresholds. */
const files =
  /(?:^|\/)(?:package\.json|pom\.xml|[^/]+\.gradle(?:\.kts)?|gradle\.properties|gradle-wrapper\.properties|libs\.versions\.toml|build\.sbt|build\.properties|Dependencies\.scala|plugins\.sbt|pyproject\.toml|setup\.(?:cfg|py)|Pipfile|requirements[^/]*\.(?:txt|in)|constraints[^/]*\.txt|tox\.ini|pytest\.ini|\.coveragerc|go\.mod|Cargo\.toml|rust-toolchain(?:\.toml)?|packages\.yml|dependencies\.yml|dbt_project\.yml|\.nvmrc|\.node-version|\.java-version|\.python-version|\.tool-versions|\.sdkmanrc|Dockerfile[^/]*|jest\.config\.[^/]+|vitest\.config\.[^/]+|\.nycrc[^/]*|\.c8rc[^/]*|sonar-project\.properties|tsconfig[^/]*\.json)$/i;

const version = /\d+(?:\.\d+)*/g;
// An operator is read from its first character on alone, or a long run would be
// read once for each. NUL, which no patch has, stands for a version.
// eslint-disable-next-line no-control-regex
const immaterial = /(?<![\^~<>=!])[\^~<>=!]+(?=\s*v?\0)|[\s,;]+/g;
const LINE_CHARACTERS = 2_000;
const threshold =
  /coverage|threshold|fail.?under|minimum|branches|functions|statements/i;

/** Finds versions and thresholds that a change lowers to get green. */
export const versions: Gate = {
  name: 'versions',
  check(input) {
    return checkEach(
      input.files.filter(file => files.test(file.path)),
      file => [...lowered(file), ...removedThresholds(file)],
    );
  },
};

/** Pairs lines that differ in their numbers alone. */
function lowered(file: ReviewedFile): Finding[] {
  const before = new Map<string, PatchedLine[]>();
  // From the end, where taking one away costs nothing, the first comes first.
  for (const line of file.removed.filter(hasVersion).reverse()) {
    const key = skeleton(line.text);
    const known = before.get(key);
    if (known) known.push(line);
    else before.set(key, [line]);
  }
  return file.added.filter(hasVersion).flatMap(({ line, text }) => {
    const old = before.get(skeleton(text))?.pop();
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
  const isThreshold = (line: PatchedLine) =>
    hasVersion(line) && threshold.test(line.text);
  const kept = new Set(
    file.added.filter(isThreshold).map(({ text }) => skeleton(text)),
  );
  return file.removed
    .filter(line => isThreshold(line) && !kept.has(skeleton(line.text)))
    .map(({ line, text }) => ({
      file: file.path,
      line,
      message: 'The change takes a threshold away',
      evidence: evidenceOf(text),
    }));
}

/** The `size` gate tells of longer lines. */
function readable(text: string): string {
  return text.slice(0, LINE_CHARACTERS);
}

function hasVersion({ text }: PatchedLine): boolean {
  return /\d/.test(text);
}

/** A line without its numbers, the operators before them, and what parts its words. */
function skeleton(text: string): string {
  return readable(text).replace(version, '\0').replace(immaterial, '');
}

function isLower(text: string, than: string): boolean {
  if (text === than) return false;
  const now = readable(text).match(version) ?? [];
  const then = readable(than).match(version) ?? [];
  return now.some((each, at) => compare(each, then[at] ?? '0') < 0);
}

/** Below zero where the first is the lower version; missing parts count as zero. */
function compare(first: string, second: string): number {
  if (first === second) return 0;
  const [one, two] = [first, second].map(each => each.split('.').map(Number));
  const length = Math.max(one.length, two.length);
  for (let at = 0; at < length; at += 1) {
    const difference = (one[at] ?? 0) - (two[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
