import { createRequire } from 'node:module';
import { changedPaths, listFiles, readFiles } from './git.mjs';
import { allPairs, substitute } from './substitute.mjs';

const require = createRequire(import.meta.url);
const {
  rewrite,
} = require('../../packages/mapping-rewriter/dist/mapping-rewriter.cjs');

const TEXT = /\.(sql|ya?ml|py|md|json)$/;

/** A text without its white space. */
const tight = text => text.replace(/\s+/g, '');

/** Lines of one text that the other does not have, counted both ways. */
function lineDistance(a, b) {
  const count = new Map();
  a.split('\n').forEach(line => count.set(line, (count.get(line) ?? 0) + 1));
  b.split('\n').forEach(line => count.set(line, (count.get(line) ?? 0) - 1));
  return [...count.values()].reduce((sum, n) => sum + Math.abs(n), 0);
}

export const newTally = () => ({ exact: 0, spaced: 0, extra: 0, lines: 0 });

function tallyFile(tally, output, goal) {
  tally.exact += output === goal;
  tally.spaced += tight(output) === tight(goal);
  tally.lines += lineDistance(output, goal);
}

/** How often each reason to refuse holds, by files. */
function countCodes(refused) {
  const codes = {};
  for (const file of refused) {
    for (const code of new Set(file.refusals.map(refusal => refusal.code))) {
      codes[code] = (codes[code] ?? 0) + 1;
    }
  }
  return codes;
}

/** Runs the rewriter and word substitution over the parent of one migration and compares both with its commit. */
export function compareCase(dir, given, mapping) {
  const paths = listFiles(dir, given.parent).filter(path => TEXT.test(path));
  const before = readFiles(dir, given.parent, paths);
  const changed = changedPaths(dir, given.parent, given.commit);
  const newPaths = [...changed.values()].filter(path => path !== undefined);
  const after = readFiles(dir, given.commit, newPaths);
  const files = [...before]
    .filter(([path]) => path.startsWith(mapping.root))
    .map(([path, content]) => ({ path, content }));

  // the processor's time, not the clock's: the machine may be shared
  const start = process.cpuUsage();
  const result = rewrite(files, mapping.tables, {
    leaveNotes: false,
    ...mapping.options,
  });
  const { user, system } = process.cpuUsage(start);
  const ms = (user + system) / 1000;
  const ours = new Map(result.files.map(file => [file.path, file]));

  const row = {
    given,
    touched: 0,
    both: 0,
    words: newTally(),
    ours: newTally(),
    allWords: newTally(),
    differences: [],
    files: files.length,
    ms,
    unproven: result.unproven.length,
  };
  const everyName = allPairs(given.mapping, mapping.tables);
  for (const [path, text] of before) {
    const byAllWords = substitute(text, everyName);
    const byWords = substitute(text, given.mapping);
    const byUs = ours.get(path)?.output ?? text;
    const goal = changed.has(path) ? after.get(changed.get(path)) : text;
    const differ = kind =>
      row.differences.push({
        path,
        kind,
        text,
        goal,
        byUs,
        refusals: ours.get(path)?.refusals ?? [],
        wordsExact: byWords === goal,
        ...mapping.differences.get(path),
      });
    if (byWords !== text && goal !== undefined && goal !== text) {
      row.touched += 1;
      row.both += byWords === goal && byUs === goal;
      tallyFile(row.words, byWords, goal);
      tallyFile(row.ours, byUs, goal);
      tallyFile(row.allWords, byAllWords, goal);
      if (byUs !== goal) {
        differ('not reproduced');
      }
    } else if (goal === text) {
      row.words.extra += byWords !== text;
      row.ours.extra += byUs !== text;
      row.allWords.extra += byAllWords !== text;
      if (byUs !== text) {
        differ('not theirs');
      }
    }
  }
  const differing = new Set(row.differences.map(({ path }) => path));
  row.stale = [...mapping.differences.keys()].filter(
    path => !differing.has(path),
  );
  const refused = result.files.filter(file => file.refusals.length > 0);
  row.refused = refused.length;
  row.codes = countCodes(refused);
  return row;
}
