import path from 'node:path';
import { readClaims } from '../claims.mjs';
import { UserError } from '../UserError.mjs';

/** The document whose rows are the attacks, each with the tests that try it. */
export const ATTACKS_FILE = 'docs/security.md';

/**
 * @returns {Array<{ attack: string, tests: Array<{ name: string, file: string }> }>}
 *   files are relative to the checkout
 */
export function readAttacks(markdown) {
  const folder = path.posix.dirname(ATTACKS_FILE);
  return readClaims(markdown, 'Threats').map(({ claim, tests }) => ({
    attack: claim.replaceAll('\\|', '|').replaceAll('`', ''),
    tests: tests.map(({ name, path: link }) => ({
      name,
      file: path.posix.normalize(path.posix.join(folder, link)),
    })),
  }));
}

/**
 * The attacks in whose text or tests all of the words stand.
 *
 * @throws UserError where there is none
 */
export function selectAttacks(attacks, words) {
  const selected = attacks.filter(({ attack, tests }) => {
    const texts = [attack, ...tests.flatMap(it => [it.name, it.file])];
    const all = texts.join('\n').toLowerCase();
    return words.every(word => all.includes(word.toLowerCase()));
  });
  if (selected.length === 0) {
    throw new UserError(
      `No attack of ${ATTACKS_FILE} has all of these words: ${words.join(
        ', ',
      )}`,
    );
  }
  return selected;
}

/** What stands for a value in the name of a test that is run for many. */
const PLACEHOLDER = /%[#$a-zA-Z]|\\\$[\w.]+/g;

/** @returns the source of an expression for the names that a test has when it runs */
export function patternOf(name) {
  return name
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace(PLACEHOLDER, '[^]*');
}
