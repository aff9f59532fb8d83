import fs from 'node:fs';
import path from 'node:path';
import { patternOf } from './attackList.mjs';

/**
 * What became of tests.
 *
 * @typedef {object} TestOutcome
 * @property {string} file - relative to the checkout
 * @property {string[]} names - of the test and of the groups that it is in
 * @property {'passed' | 'failed' | 'skipped'} state
 * @property {string} [message] - why it failed
 */

/** Reads the file that Jest writes with `--json --outputFile`. @returns {TestOutcome[]} */
export function readJestOutcomes(file, checkout) {
  if (!fs.existsSync(file)) return [];
  const { testResults } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const relative = path.relative(checkout, name);
    // A file that cannot even be loaded has no tests to fail.
    if (assertionResults.length === 0 && message) {
      return [{ file: relative, names: [], state: 'failed', message }];
    }
    return assertionResults.map(it => ({
      file: relative,
      names: [it.title, ...it.ancestorTitles],
      state: stateOf(it.status),
      message: it.failureMessages?.join('\n'),
    }));
  });
}

function stateOf(status) {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}

/** Reads what node's own runner prints with `--test-reporter=tap`. @returns {TestOutcome[]} */
export function readTapOutcomes(text, file) {
  const lines = text.matchAll(
    /^ *(not )?ok \d+ - (.*?)( # (?:SKIP|TODO).*)?$/gm,
  );
  return [...lines].map(([, failed, name, skipped]) => ({
    file,
    names: [name.replace(/\\([#\\])/g, '$1')],
    state: skipped ? 'skipped' : failed ? 'failed' : 'passed',
  }));
}

/**
 * Whether an attack was stopped, in all of its tests.
 *
 * @param {TestOutcome[]} outcomes
 * @returns {{ state: 'stopped' | 'FAILED' | 'not tried', reasons: string[] }}
 */
export function concludeAttack({ tests }, outcomes) {
  const failed = [];
  const absent = [];
  if (tests.length === 0) absent.push('no test tries it');
  for (const { name, file } of tests) {
    const pattern = new RegExp(`^${patternOf(name)}$`);
    const broken = outcomes.find(
      it => it.file === file && it.names.length === 0,
    );
    const runs = outcomes.filter(
      it => it.file === file && it.names.some(each => pattern.test(each)),
    );
    const failure = broken ?? runs.find(it => it.state === 'failed');
    if (failure) {
      failed.push(
        [`${name} (${file})`, failure.message].filter(Boolean).join('\n'),
      );
    } else if (!runs.some(it => it.state === 'passed')) {
      absent.push(`${name} (${file}) did not run`);
    }
  }
  if (failed.length > 0) return { state: 'FAILED', reasons: failed };
  if (absent.length > 0) return { state: 'not tried', reasons: absent };
  return { state: 'stopped', reasons: [] };
}

/** A line for each attack, with more beneath where it was not stopped. */
export function renderAttack(attack, { state, reasons }) {
  const more = reasons.flatMap(reason =>
    reason
      .split('\n')
      .slice(0, 12)
      .map(line => `             ${line}`),
  );
  return [`${state.padEnd(10)} ${attack}`, ...more].join('\n');
}
