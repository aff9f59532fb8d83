import { execFileSync } from 'child_process';
import fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { checkPatchPaths } from './checkPatchPaths';
import { parsePatch } from './parsePatch';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'skein-patch-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function git(cwd: string, args: string[], input?: string): string {
  return execFileSync('git', args, {
    cwd,
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
    },
  });
}

type Files = Record<string, string>;

/** The patch that git itself makes between two sets of files. */
function diff(before: Files, after: Files): string {
  const repository = mkdtempSync(join(folder, 'repository-'));
  git(repository, ['init', '--quiet']);
  const trees = [before, after].map(files => {
    git(repository, [
      'rm',
      '-r',
      '--quiet',
      '--force',
      '--ignore-unmatch',
      '.',
    ]);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(repository, dirname(path)), { recursive: true });
      writeFileSync(join(repository, path), content);
    }
    git(repository, ['add', '--all', '--force']);
    return git(repository, ['write-tree']).trim();
  });
  return git(repository, [
    ...['diff-tree', '-p', '--binary', '--full-index', '--no-renames'],
    ...trees,
  ]);
}

/** What git would do with a patch: lines and path of each file, or undefined where it refuses. */
function gitSees(patch: string): string[] | undefined {
  try {
    return git(folder, ['apply', '--numstat', '-z', '-'], patch)
      .split('\0')
      .filter(Boolean)
      .sort();
  } catch {
    return undefined;
  }
}

function weSee(patch: string): string[] {
  return parsePatch(patch)
    .map(file => `${file.added.length}\t${file.removed.length}\t${file.path}`)
    .sort();
}

function trySee(patch: string): { ours?: string[]; error?: Error } {
  try {
    return { ours: weSee(patch) };
  } catch (error) {
    return { error: error as Error };
  }
}

const name = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        'models',
        ' b',
        'x y',
        'é',
        '"q"',
        '\t',
        '\n',
        '\\',
        '日本',
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map(parts => parts.join(''));
const path = fc
  .array(name, { minLength: 1, maxLength: 2 })
  .map(parts => `dir/${parts.join('-/')}.sql`);
const content = fc
  .array(
    fc.constantFrom(
      'select 1',
      '',
      '-- x',
      '--- a/x',
      '+++ b/x',
      '@@ -1 +1 @@',
      'x\r',
      '\\ No',
      'diff --git a/b b/b',
    ),
    { maxLength: 8 },
  )
  .chain(lines => fc.constantFrom('\n', '').map(end => lines.join('\n') + end));
const files = fc.dictionary(path, content, {
  maxKeys: 4,
  noNullPrototype: true,
});

describe('parsePatch', () => {
  it('sees in any patch of git what git sees', () => {
    fc.assert(
      fc.property(files, files, (before, after) => {
        const patch = diff(before, after);
        expect(weSee(patch)).toEqual(patch ? gitSees(patch) : []);
      }),
      { numRuns: 60 },
    );
  });

  it('gives each line the number that it has in its file', () => {
    const lineOf = (text: string | undefined, line: number) =>
      text?.split('\n')[line - 1];
    fc.assert(
      fc.property(files, files, (before, after) => {
        for (const file of parsePatch(diff(before, after))) {
          for (const { line, text } of file.added) {
            expect(lineOf(after[file.path], line)).toBe(text);
          }
          for (const { line, text } of file.removed) {
            expect(lineOf(before[file.path], line)).toBe(text);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('accepts no altered patch in which git sees something else', () => {
    const patch = diff(
      { 'a.sql': 'select 1\nfrom x\n', 'b/c.sql': 'select 2\n', 'd.sql': '' },
      {
        'a.sql': 'select 3\nfrom x\n',
        'b/c.sql': 'select 2\nfrom y',
        'e.sql': 'new\n',
      },
    );
    const lines = patch.split('\n');
    const spare = fc.constantFrom(
      ...lines,
      'rename from a.sql',
      'rename to ../x',
      'copy from a.sql',
      'old mode 100644',
      'new mode 120000',
      'new file mode 160000',
      'deleted file mode 100644',
      'similarity index 100%',
      '--- a/../x',
      '+++ b/.git/config',
      '--- /dev/null',
      '+++ /dev/null',
      'GIT binary patch',
      'diff --git a/x b/../y',
      'diff --git "a/\\056git/x" "b/\\056git/x"',
      '@@ -0,0 +1 @@',
      '@@ -1,0 +1,0 @@',
      '+x',
      '',
    );
    const alteration = fc.record({
      at: fc.nat(lines.length - 1),
      kind: fc.constantFrom('replace', 'insert', 'remove'),
      line: spare,
    });
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.array(alteration, { minLength: 1, maxLength: 3 }),
        alterations => {
          const altered = [...lines];
          for (const { at, kind, line } of alterations) {
            if (kind === 'replace') altered[at] = line;
            else
              altered.splice(
                at,
                kind === 'remove' ? 1 : 0,
                ...(kind === 'insert' ? [line] : []),
              );
          }
          const { ours, error } = trySee(altered.join('\n'));
          expect(error?.name ?? 'InputError').toBe('InputError');
          const theirs = ours && gitSees(altered.join('\n'));
          // Where git refuses what we accept, nothing can go wrong.
          expect(ours ?? theirs).toEqual(theirs ?? ours);
          if (ours) accepted += 1;
        },
      ),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it.each([
    [
      'a link',
      'diff --git a/x b/x\nnew file mode 120000\nindex 0..1\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n',
    ],
    [
      'a file made a link',
      'diff --git a/x b/x\nold mode 100644\nnew mode 120000\n',
    ],
    [
      'a change to a link',
      'diff --git a/x b/x\nindex 1..2 120000\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n',
    ],
    [
      'a submodule',
      'diff --git a/x b/x\nindex 1..2 160000\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-Subproject commit 1\n+Subproject commit 2\n',
    ],
    [
      'a rename',
      'diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n',
    ],
    [
      'a binary file',
      'diff --git a/x b/x\nindex 1..2 100644\nGIT binary patch\nliteral 1\nIcmZPo000310RR91\n\n',
    ],
    [
      'two names',
      'diff --git a/x b/x\n--- a/x\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n',
    ],
    [
      'the same file twice',
      'diff --git a/x b/x\nold mode 100644\nnew mode 100755\ndiff --git a/x b/x\nold mode 100755\nnew mode 100644\n',
    ],
    ['a plain patch', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n'],
    [
      'text before it',
      'From: Mallory\ndiff --git a/x b/x\nold mode 100644\nnew mode 100755\n',
    ],
    [
      'a hunk that is too long',
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n+c\n',
    ],
    [
      'a hunk that is too short',
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n-a\n+b\n',
    ],
    ['no end', 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b'],
  ])('refuses %s', (_, patch) => {
    expect(() => parsePatch(patch)).toThrow(/^The patch /);
  });
});

describe('checkPatchPaths', () => {
  const check =
    (file: string, target = '') =>
    () =>
      checkPatchPaths(
        [
          {
            path: file,
            change: 'modified',
            added: [],
            removed: [],
            executable: true,
            modeChanged: true,
          },
        ],
        target,
      );

  it.each([
    '../x',
    '/etc/passwd',
    'a/../../x',
    'a//b',
    './a',
    '.git/config',
    'a/.GIT/hooks/pre-commit',
    '.git./config',
    'GIT~1/config',
    '.g\u200cit/config',
    '.git::$INDEX_ALLOCATION/config',
    '.gitmodules',
    'a\\..\\b',
  ])('refuses %s', file => {
    expect(check(file)).toThrow(JSON.stringify(file));
  });

  it('refuses what is outside of the folder of the target', () => {
    expect(check('other/a.sql', 'dbt')).toThrow(
      "outside of the target's folder dbt",
    );
    expect(check('dbt-other/a.sql', 'dbt')).toThrow('outside');
    expect(check('dbt', 'dbt')).toThrow('outside');
    expect(check('dbt/models/a.sql', 'dbt')).not.toThrow();
  });

  it.each(['.gitignore', 'models/a b.sql', '.github/CODEOWNERS', 'a.git/x'])(
    'allows %s',
    file => {
      expect(check(file)).not.toThrow();
    },
  );
});
