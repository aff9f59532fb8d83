const fs = require('node:fs');

/**
 * Says just before Jest's summary how the other steps of `npm test` went, and
 * what was skipped and why.
 */
class NotesReporter {
  onRunComplete(_contexts, results) {
    const notes = JSON.parse(fs.readFileSync(process.env.SKEIN_TEST_NOTES));
    const skippedHere = results.testResults
      .flatMap(it => it.testResults)
      .filter(it => ['pending', 'skipped', 'todo'].includes(it.status))
      .map(it => it.fullName);
    const lines = [
      '',
      ...notes.steps,
      '',
      ...listOf('Could not be had here:', notes.missing),
      ...listOf('Skipped tests:', [...notes.skipped, ...skippedHere]),
    ];
    process.stderr.write(`${lines.join('\n')}\n`);
  }
}

function listOf(title, items) {
  return items.length ? [title, ...items.map(it => `  ${it}`), ''] : [];
}

module.exports = NotesReporter;
