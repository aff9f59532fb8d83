import fs from 'node:fs';

/** What a runner counted. */
export const noResults = { passed: 0, failed: 0, skipped: 0 };

/** Reads the file that Jest writes with `--json --outputFile`. */
export function readJestResults(file) {
  if (!fs.existsSync(file)) return { ...noResults, failed: 1 };
  const results = JSON.parse(fs.readFileSync(file, 'utf8'));
  return {
    passed: results.numPassedTests,
    // A file that cannot even be loaded has no tests to fail.
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

/** Names of the tests that Jest skipped. */
export function skippedJestTests(file) {
  if (!fs.existsSync(file)) return [];
  const { testResults } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return testResults
    .flatMap(it => it.assertionResults)
    .filter(it => ['pending', 'skipped', 'todo'].includes(it.status))
    .map(it => it.fullName);
}

/** Reads the summary of node's own runner as its TAP reporter writes it. */
export function readTapResults(file) {
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  const count = name =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? NaN);
  const results = {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  };
  return Object.values(results).some(Number.isNaN)
    ? { ...noResults, failed: 1 }
    : results;
}

export function addResults(all) {
  return all.reduce(
    (sum, it) => ({
      passed: sum.passed + it.passed,
      failed: sum.failed + it.failed,
      skipped: sum.skipped + it.skipped,
    }),
    noResults,
  );
}
