import { getChangeKey } from 'react-diff-view';
import { countLines } from './countLines';
import { Refusal, notesByChange } from './notesByChange';
import { filePath, parsePatch } from './parsePatch';

const patch = `diff --git a/jobs/daily.sql b/jobs/daily.sql
index 2b1f0aa..9c31d02 100644
--- a/jobs/daily.sql
+++ b/jobs/daily.sql
@@ -1,3 +1,6 @@
 SELECT
+  -- SKEIN: gender has no mapping.
+  -- Guide: https://guides.example/users
   u.gender,
+  -- SKEIN: gender has no mapping.
   u.gender AS again
`;

function refusal(overrides: Partial<Refusal>): Refusal {
  return {
    file: 'daily.sql',
    span: { start: 0, end: 1, line: 2, column: 3 },
    text: 'u.gender',
    kind: 'column',
    code: 'person-decides',
    reason: 'Ask first.',
    ...overrides,
  };
}

describe('notesByChange', () => {
  const [file] = parsePatch(patch)!;
  const inserted = file.hunks[0].changes.filter(
    ({ type }) => type === 'insert',
  );

  it('finds each note once, with its reason at its last line', () => {
    const first = refusal({
      note: '-- SKEIN: gender has no mapping.\n-- Guide: https://guides.example/users\n',
    });
    const second = refusal({
      reason: 'Here too.',
      note: '-- SKEIN: gender has no mapping.',
    });

    const notes = notesByChange(file, 'jobs', [first, second]);

    expect([...notes.noteLines]).toEqual(inserted.map(getChangeKey));
    expect([...notes.refusals]).toEqual([
      [getChangeKey(inserted[1]), [first]],
      [getChangeKey(inserted[2]), [second]],
    ]);
  });

  it('leaves other files, missing notes and empty notes alone', () => {
    const notes = notesByChange(file, 'jobs', [
      refusal({ file: 'other.sql', note: '-- SKEIN: gender has no mapping.' }),
      refusal({ note: undefined }),
      refusal({ note: '\n' }),
      refusal({ note: '-- nowhere' }),
    ]);
    expect(notes.noteLines.size).toBe(0);
    expect(notes.refusals.size).toBe(0);
  });

  it('counts and names what a patch holds', () => {
    expect(countLines(file)).toEqual({ inserted: 3, deleted: 0, total: 6 });
    expect(filePath(file)).toBe('jobs/daily.sql');
    expect(filePath({ oldPath: 'gone.sql', newPath: '/dev/null' })).toBe(
      'gone.sql',
    );
    expect(parsePatch('not a patch')).toBeUndefined();
  });
});
