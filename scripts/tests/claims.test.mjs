import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { hasTest, readClaims } from '../lib/claims.mjs';
import { rootFolder } from '../lib/paths.mjs';

test('docs/security.md names a test for each threat, and each is there', () => {
  const file = path.join(rootFolder, 'docs', 'security.md');
  const claims = readClaims(fs.readFileSync(file, 'utf8'), 'Threats');
  assert.ok(claims.length > 0, 'docs/security.md lists no threats');
  const wrong = claims.flatMap(({ claim, tests }) => {
    if (tests.length === 0) return [`${claim}: no test`];
    return tests.flatMap(({ name, path: link }) => {
      const linked = path.resolve(path.dirname(file), link);
      if (!fs.existsSync(linked)) return [`${claim}: there is no ${link}`];
      return hasTest(fs.readFileSync(linked, 'utf8'), name)
        ? []
        : [`${claim}: ${link} has no test '${name}'`];
    });
  });
  assert.deepEqual(wrong, []);
});

test('rows are read from the tables of their part alone, without heads', () => {
  const markdown = [
    '# Other\n| a | b |\n| - | - |\n| x | y |',
    '## Threats\n### To something\n| threat | test |\n| --- | :-: |',
    '| a \\| b | [says \\[x\\]](../a.test.ts), [else](b.test.mjs) |',
    '| nothing | [a page](c.md) |',
    '# End\n| z |',
  ].join('\n');
  assert.deepEqual(readClaims(markdown, 'Threats'), [
    {
      claim: 'a \\| b',
      tests: [
        { name: 'says [x]', path: '../a.test.ts' },
        { name: 'else', path: 'b.test.mjs' },
      ],
    },
    { claim: 'nothing', tests: [] },
  ]);
});

test('a test is known by its whole name, and not where it is skipped', () => {
  const there = [
    "it('ends it', async () => {})",
    "  ])('ends it', () => {})",
    "it.each(x)(\n  'ends it',\n  () => {})",
    'describe("ends it", () => {})',
  ];
  for (const source of there) assert.ok(hasTest(source, 'ends it'), source);
  const absent = [
    "it('ends it all', () => {})",
    "it.skip('ends it', () => {})",
    "xit('ends it', () => {})",
    "it.todo('ends it')",
    '// ends it',
  ];
  for (const source of absent) assert.ok(!hasTest(source, 'ends it'), source);
  assert.ok(hasTest("it('it\\'s over', () => {})", "it's over"));
});
