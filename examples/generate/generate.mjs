import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateOrganisation } from './generateOrganisation.mjs';

const usage =
  'Usage: node examples/generate/generate.mjs --count N --out DIR [--seed S]';

function readArguments() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string' },
      out: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [count, seed] = [values.count, values.seed].map(Number);
  if (!Number.isInteger(count) || count < 1 || count > 100_000) {
    throw new Error('--count must be a whole number from 1 to 100000');
  }
  if (!Number.isInteger(seed) || seed < 0) {
    throw new Error('--seed must be a whole number, 0 or more');
  }
  if (!values.out) throw new Error('--out must name a folder');
  return { count, seed, out: values.out };
}

try {
  const { count, seed, out } = readArguments();
  mkdirSync(out, { recursive: true });
  if (readdirSync(out).length > 0) {
    throw new Error(`${out} is not empty: name a new folder`);
  }
  const files = generateOrganisation(count, seed);
  for (const [path, text] of files) {
    const file = join(out, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  process.stdout.write(
    `${count} repositories, ${files.size} files in ${out} (seed ${seed})\n`,
  );
} catch (error) {
  process.stderr.write(`${error.message}\n${usage}\n`);
  process.exitCode = 1;
}
