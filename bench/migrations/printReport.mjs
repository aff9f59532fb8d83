import { CAUSES } from './mappings.mjs';
import { newTally } from './compareCase.mjs';

const list = counts =>
  Object.entries(counts)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ');

const line = cells => process.stdout.write(`| ${cells.join(' | ')} |\n`);

function head(names) {
  line(names);
  line(names.map((name, i) => (i === 0 ? '---' : '---:')));
}

function countCauses(rows) {
  const counts = {};
  for (const { cause = 'not looked at' } of rows.flatMap(
    row => row.differences,
  )) {
    counts[cause] = (counts[cause] ?? 0) + 1;
  }
  return counts;
}

function sum(rows) {
  const total = {
    touched: 0,
    both: 0,
    refused: 0,
    files: 0,
    ms: 0,
    words: newTally(),
    ours: newTally(),
    allWords: newTally(),
  };
  for (const row of rows) {
    for (const key of ['touched', 'both', 'refused', 'files', 'ms']) {
      total[key] += row[key];
    }
    for (const key of Object.keys(total.words)) {
      total.words[key] += row.words[key];
      total.ours[key] += row.ours[key];
      total.allWords[key] += row.allWords[key];
    }
  }
  return total;
}

const figures = row => [
  row.touched,
  row.words.exact,
  row.ours.exact,
  row.words.spaced,
  row.ours.spaced,
  row.words.extra,
  row.ours.extra,
  row.words.lines,
  row.ours.lines,
];

function printCases(rows) {
  head([
    'case',
    'kind',
    'repository',
    'files they changed',
    'words: exact',
    'ours: exact',
    'words: exact but for white space',
    'ours: exact but for white space',
    'words: files they did not',
    'ours: files they did not',
    'words: lines off',
    'ours: lines off',
    'refused',
    'files/s',
    'differences',
  ]);
  for (const row of rows) {
    const codes = row.refused ? ` (${list(row.codes)})` : '';
    const unproven = row.unproven ? ` unproven ${row.unproven}` : '';
    line([
      row.index,
      row.given.kind,
      `${row.given.repository}@${row.given.commit.slice(0, 7)}`,
      ...figures(row),
      `${row.refused}${codes}${unproven}`,
      Math.round((row.files / row.ms) * 1000),
      list(countCauses([row])),
    ]);
  }
  const total = sum(rows);
  line([
    'all',
    '',
    '',
    ...figures(total),
    total.refused,
    Math.round((total.files / total.ms) * 1000),
    '',
  ]);
}

function printKinds(rows) {
  head([
    'kind',
    'cases',
    'files they changed',
    'words: exact',
    'ours: exact',
    'exact by both',
    'words: files they did not',
    'ours: files they did not',
  ]);
  const kinds = [...new Set(rows.map(row => row.given.kind))].sort();
  for (const kind of kinds) {
    const own = rows.filter(row => row.given.kind === kind);
    const total = sum(own);
    line([
      kind,
      own.length,
      total.touched,
      total.words.exact,
      total.ours.exact,
      total.both,
      total.words.extra,
      total.ours.extra,
    ]);
  }
}

function printCauses(rows) {
  const counts = countCauses(rows);
  head(['why a file differs', 'files']);
  [...CAUSES, 'not looked at'].forEach(cause =>
    line([cause, counts[cause] ?? 0]),
  );
}

function printAllWords(rows) {
  const { allWords } = sum(rows);
  process.stdout.write(
    `Word substitution of every name in the mapping tables, not only of the pairs of the cases: ${allWords.exact} files exact, ${allWords.extra} files edited that the maintainers did not.\n`,
  );
}

/** Prints the results as Markdown: per case, per kind, against a substitution of all names, and the differences by cause. */
export function printReport(rows) {
  printCases(rows);
  process.stdout.write('\n');
  printKinds(rows);
  process.stdout.write('\n');
  printAllWords(rows);
  process.stdout.write('\n');
  printCauses(rows);
}
