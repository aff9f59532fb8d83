import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { exitCodeOf } from '../processes.mjs';
import { withProgress } from '../terminal.mjs';
import { patternOf } from './attackList.mjs';
import {
  concludeAttack,
  readJestOutcomes,
  readTapOutcomes,
  renderAttack,
} from './outcomes.mjs';

/**
 * Tries attacks as a user, and prints a line for each.
 *
 * @returns how many ended in which state
 */
export async function runAttacks(attacks, user, stream = process.stdout) {
  const counts = { stopped: 0, FAILED: 0, 'not tried': 0 };
  stream.write(`\n== As ${user.title}\n`);
  if (user.missing) {
    stream.write(`not tried: ${user.missing}\n`);
    return { ...counts, 'not tried': attacks.length };
  }
  const outcomes = await withProgress(
    `Trying ${countOf(attacks.length)} as ${user.title}`,
    () => runTests(attacks, user),
    stream,
  );
  for (const attack of attacks) {
    const conclusion = concludeAttack(attack, outcomes);
    counts[conclusion.state]++;
    stream.write(`${renderAttack(attack.attack, conclusion)}\n`);
  }
  return counts;
}

async function runTests(attacks, user) {
  const tests = attacks.flatMap(each => each.tests);
  const files = [...new Set(tests.map(each => each.file))].sort();
  const scripts = files.filter(file => file.endsWith('.mjs'));
  const outcomes = scripts.flatMap(file => runScript(file, user));
  const endToEnd = files.filter(isEndToEnd);
  const others = files.filter(
    file => !scripts.includes(file) && !isEndToEnd(file),
  );
  for (const group of [others, endToEnd].filter(each => each.length > 0)) {
    const names = tests
      .filter(each => group.includes(each.file))
      .map(each => patternOf(each.name));
    outcomes.push(...(await runJest(group, [...new Set(names)], user)));
  }
  return outcomes;
}

/** Whether a test starts the whole portal, and a browser. */
export function isEndToEnd(file) {
  return file.endsWith('.e2e.ts');
}

function runScript(file, user) {
  const [program, args] = user.command('.', [
    ...[process.execPath, '--test', '--test-reporter=tap', file],
  ]);
  // Set where this runs within a test: node's runner then reports to that one.
  const { NODE_TEST_CONTEXT: _, ...env } = user.env;
  const { stdout } = spawnSync(program, args, {
    env,
    cwd: '/',
    encoding: 'utf8',
  });
  return readTapOutcomes(stdout ?? '', file);
}

async function runJest(files, names, user) {
  const endToEnd = files.every(isEndToEnd);
  const name = endToEnd ? 'end-to-end.json' : 'attacks.json';
  const results = path.join(user.folder, name);
  const modules = path.join(user.checkout, 'node_modules');
  const words = endToEnd
    ? [
        path.join(modules, 'jest/bin/jest.js'),
        ...['--config', 'jest.e2e.config.js', '--runInBand'],
      ]
    : [
        path.join(modules, '@backstage/cli/bin/backstage-cli'),
        ...['repo', 'test', '--maxWorkers=2', '--silent'],
      ];
  const [program, args] = user.command(endToEnd ? 'packages/quickstart' : '.', [
    process.execPath,
    ...words,
    ...['--json', `--outputFile=${results}`],
    `--testNamePattern=(^| )(${names.join('|')})( |$)`,
    ...['--runTestsByPath'],
    ...files.map(file => path.join(user.checkout, file)),
  ]);
  const log = fs.openSync(`${results}.log`, 'w');
  const code = await exitCodeOf(program, args, {
    cwd: '/',
    env: user.env,
    stdio: ['ignore', log, log],
  }).finally(() => fs.closeSync(log));
  const outcomes = readJestOutcomes(results, user.checkout);
  if (outcomes.length > 0) return outcomes;
  const end = fs.readFileSync(`${results}.log`, 'utf8').slice(-2_000);
  const message = `Jest ended with ${code}:\n${end}`;
  return files.map(file => ({ file, names: [], state: 'failed', message }));
}

function countOf(attacks) {
  return attacks === 1 ? '1 attack' : `${attacks} attacks`;
}
