/** A line of a CODEOWNERS file. */
export interface CodeownersRule {
  matches(path: string): boolean;
  owners: string[];
}

/** Where GitHub looks, in its order; the first that exists counts. */
export const codeownersPaths = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
];

/** Longer lines and more of them than any team writes are not read. */
const MOST_LINES = 10_000;
const LINE_CHARACTERS = 1_000;
/** Of a pattern; each is another way in which a path could match. */
const MOST_WILDCARDS = 10;
/** Longer paths can be checked out nowhere. */
const PATH_CHARACTERS = 4_096;

/**
 * Reads a CODEOWNERS file by GitHub's rules. Lines that GitHub would refuse
 * (negation, character ranges) are left out, as it does.
 *
 * @see https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function parseCodeowners(text: string): CodeownersRule[] {
  const rules: CodeownersRule[] = [];
  for (const line of text.split(/\r?\n/).slice(0, MOST_LINES)) {
    if (line.length > LINE_CHARACTERS) continue;
    const words: string[] =
      line
        .replace(/(^|\s)#.*$/, '')
        .trim()
        .match(/(?:\\ |\S)+/g) ?? [];
    const [pattern, ...owners] = words;
    if (!pattern || /^!|[[\]]|^\\#/.test(pattern)) continue;
    if (pattern.split(/[*?]/).length > MOST_WILDCARDS + 1) continue;
    rules.push({
      matches: compile(pattern.replace(/\\ /g, ' ')),
      owners,
    });
  }
  return rules;
}

/** Owners of a path: the last line that matches decides, even where it names nobody. */
export function codeownersOf(rules: CodeownersRule[], path: string): string[] {
  if (path.length > PATH_CHARACTERS) return [];
  for (let index = rules.length - 1; index >= 0; index--) {
    if (rules[index].matches(path)) return rules[index].owners;
  }
  return [];
}

/**
 * Compiles a pattern. Segments are compared one by one rather than by a regular
 * expression: a hostile pattern could keep one of those busy for minutes.
 */
function compile(pattern: string): (path: string) => boolean {
  const folder = pattern.endsWith('/');
  const parts = pattern.replace(/^\/+|(?<!\/)\/+$/g, '').split('/');
  // A slash before the end ties the pattern to the root of the repository.
  if (!/\/./.test(pattern)) parts.unshift('**');
  const last = parts[parts.length - 1];
  // `docs/*` means the files in docs and not those below its folders.
  const flat = last === '*' && parts.length > 1 && parts[0] !== '**' && !folder;
  if (last === '**') parts.push('*');
  const first = /[*?]/.test(parts[0]) ? '' : parts[0];
  const literal = longest(parts.flatMap(part => part.split(/[*?]+/)));
  return path => {
    // What most rules fail on, and takes no time.
    if (!path.startsWith(first) || !path.includes(literal)) return false;
    const segments = path.split('/');
    const ends = endsOf(parts, segments);
    return ends.some(end =>
      end === segments.length ? !folder : !flat && end > 0,
    );
  };
}

function longest(texts: string[]): string {
  return texts.reduce((best, text) =>
    text.length > best.length ? text : best,
  );
}

/** How many segments of the path the whole pattern can account for. */
function endsOf(parts: string[], segments: string[]): number[] {
  let reached = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    if (part === '**') {
      const first = Math.min(...reached, segments.length + 1);
      for (let end = first; end <= segments.length; end++) next.add(end);
    } else {
      for (const position of reached) {
        if (
          position < segments.length &&
          matchesSegment(part, segments[position])
        ) {
          next.add(position + 1);
        }
      }
    }
    reached = next;
  }
  return [...reached];
}

/** `*` and `?` within one segment; in time of their product at the worst. */
function matchesSegment(part: string, segment: string): boolean {
  let [at, star, resume] = [0, -1, 0];
  for (let index = 0; index < segment.length; ) {
    if (part[at] === '*') {
      star = at;
      at += 1;
      resume = index;
    } else if (part[at] === '?' || part[at] === segment[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      resume += 1;
      index = resume;
      at = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(part.slice(at));
}
