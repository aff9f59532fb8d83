// Mutates real files and rewrites them: nothing may throw, take long or touch
// a byte outside its edits.
//
//   node bench/migrations/fuzz.mjs CHECKOUTS CASES.json [SECONDS] [SEED]
//
// The texts that fail are written to the file that KEEP names.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { findRepository, listFiles, readFiles } from './git.mjs';

const require = createRequire(import.meta.url);
const {
  applyEdits,
  references,
  rewrite,
} = require('../../packages/mapping-rewriter/dist/mapping-rewriter.cjs');

const [folder, casesFile, seconds = '120', seedText = '1'] =
  process.argv.slice(2);
const cases = JSON.parse(readFileSync(casesFile, 'utf8'));
const TEXT = /\.(sql|ya?ml|py|json)$/;
const MARKS = [
  "'",
  '"',
  '`',
  '(',
  ')',
  '{{',
  '}}',
  '{%',
  '%}',
  '--',
  '/*',
  '*/',
  ';',
  ',',
  ' FROM ',
  ' SELECT ',
  ' WITH ',
  ' AS ',
  '\\',
  '"""',
  '\n',
  '\u0000',
  '😀',
];
const LIMIT_MS_PER_MB = 2000;

let seed = Number(seedText);
const random = n => {
  // xorshift: the run can be repeated by its seed
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return Math.abs(seed) % n;
};

function mutate(text, other) {
  let out = text;
  for (let i = random(6) + 1; i > 0; i--) {
    const at = random(out.length + 1);
    const size = random(40);
    switch (random(5)) {
      case 0:
        out = out.slice(0, at) + out.slice(at + size);
        break;
      case 1:
        out = out.slice(0, at) + MARKS[random(MARKS.length)] + out.slice(at);
        break;
      case 2:
        out =
          out.slice(0, at) +
          other.slice(random(other.length + 1)).slice(0, 200) +
          out.slice(at);
        break;
      case 3:
        out = out.slice(0, at);
        break;
      default:
        out =
          out.slice(0, at) +
          out.slice(at, at + size).repeat(3) +
          out.slice(at + size);
    }
  }
  return out.slice(0, 2_000_000);
}

const corpus = [];
const names = new Map();
for (const given of cases) {
  const dir = findRepository(folder, given.repository);
  const paths = dir
    ? listFiles(dir, given.parent).filter(path => TEXT.test(path))
    : [];
  for (const [path, content] of readFiles(
    dir,
    given.parent,
    paths.filter((_, i) => i % 7 === 0),
  )) {
    corpus.push({ path, content });
    for (const [, name] of content.matchAll(/\bref\(\s*['"](\w+)['"]\s*\)/g)) {
      names.set(name, (names.get(name) ?? 0) + 1);
    }
  }
}
// the names most often read are the ones to retire, so that most files have work in them
const models = [...names]
  .sort((a, b) => b[1] - a[1])
  .slice(0, 60)
  .map(([name]) => name);
const tables = models.map(name => ({
  from: `p.ds.${name}`,
  to: `p.ds.${name}_v2`,
  models: [{ from: name, to: `${name}_v2` }],
  columns: [
    { from: 'id', to: 'identifier', transform: 'CAST(identifier AS INT64)' },
    { from: 'name', to: 'title' },
    { from: 'created_at', decision: 'person' },
    { from: 'account_id', to: 'account.id' },
  ],
}));

function keep(failure) {
  if (process.env.KEEP) {
    writeFileSync(process.env.KEEP, JSON.stringify(failure));
  }
}

const end = Date.now() + Number(seconds) * 1000;
let runs = 0;
let edits = 0;
let refusals = 0;
let unproven = 0;
let slowest = { ms: 0, path: '', size: 0 };
while (Date.now() < end) {
  const { path, content } = corpus[random(corpus.length)];
  const text = mutate(content, corpus[random(corpus.length)].content);
  // the processor's time, not the clock's: the machine may be shared
  const options = {
    outputs: random(2) ? 'preserve' : 'rename',
    comments: random(2) ? 'leave' : 'rename',
    localNames: random(2) ? 'leave' : 'follow',
    documentation: ['leave', 'datasets', 'rename'][random(3)],
    data: random(2) ? 'leave' : 'rename',
    commands: random(2) ? 'leave' : 'rename',
    definitions: random(2) ? 'leave' : 'rename',
    alignment: random(2) ? 'leave' : 'keep',
  };
  const started = process.cpuUsage();
  const result = rewrite([{ path, content: text }], tables, options);
  const used = process.cpuUsage(started);
  const ms = (used.user + used.system) / 1000;
  references([{ path, content: text }]);
  for (const file of result.files) {
    if (applyEdits(text, file.edits) !== file.output) {
      throw new Error(
        `${path}: the output is not the sum of the edits (seed ${seed})`,
      );
    }
    edits += file.edits.length;
    refusals += file.refusals.length;
  }
  unproven += result.unproven.length;
  if (result.unproven.length > 0) {
    keep({ path, text, tables, options });
  }
  runs += 1;
  if (ms > slowest.ms) {
    slowest = { ms, path, size: text.length };
  }
  if (ms > 500 && ms / (text.length / 1e6) > LIMIT_MS_PER_MB) {
    keep({ path, text, tables, options });
    throw new Error(
      `${path}: ${Math.round(ms)} ms for ${
        text.length
      } characters (seed ${seed})`,
    );
  }
}
process.stdout.write(
  `${runs} mutated files of ${
    corpus.length
  }, ${edits} edits, ${refusals} refusals, ${unproven} unproven, slowest ${Math.round(
    slowest.ms,
  )} ms (${slowest.size} characters)\n`,
);
