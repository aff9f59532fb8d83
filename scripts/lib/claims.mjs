// Reads what a document claims of its tests: rows of tables whose last cell
// links to tests as [name of the test](path/of/the.test.ts).

const TEST_LINK =
  /\[((?:[^\]\\]|\\.)+)\]\(([^)\s]+\.(?:test|e2e)\.(?:mjs|tsx?))\)/g;

/** @returns the rows of the tables of one part and its subparts, each with the tests in its last cell */
export function readClaims(markdown, part) {
  const claims = [];
  let level = Infinity; // Of the heading of the part, while within it.
  for (const line of markdown.split('\n')) {
    const [, marks, title] = /^(#+) (.*)$/.exec(line) ?? [];
    if (title === part) level = marks.length;
    else if (marks && marks.length <= level) level = Infinity;
    const within = level !== Infinity;
    if (!within || !line.startsWith('|')) continue;
    const cells = line.split(/(?<!\\)\|/).slice(1, -1);
    if (cells.every(cell => /^\s*:?-+:?\s*$/.test(cell))) {
      claims.pop(); // What came before was the head of a table.
      continue;
    }
    const tests = [...cells.at(-1).matchAll(TEST_LINK)].map(
      ([, name, path]) => ({ name: name.replace(/\\(.)/g, '$1'), path }),
    );
    claims.push({ claim: cells[0].trim(), tests });
  }
  return claims;
}

/** Whether a test file has a test, or a group of tests, of exactly this name that is not skipped. */
export function hasTest(source, name) {
  const quoted = name
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/['"`]/g, '\\\\?$&');
  return new RegExp(
    `(?<!\\.skip|\\.todo|\\bx(?:it|test|describe))\\(\\s*(['"\`])${quoted}\\1,`,
  ).test(source);
}
