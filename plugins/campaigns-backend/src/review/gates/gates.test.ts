import { defaultGates, GateName } from '@skein/plugin-campaigns-common';
import { directYaml } from '../../__testUtils__/directYaml';
import { changedFile } from '../__testUtils__/changedFile';
import { ReviewedFile } from './Gate';
import { renamesOf } from './renamedOnly';
import { runGates } from './runGates';

type Case = [
  name: string,
  path: string,
  before: string | undefined,
  after: string | undefined,
];

const renames = renamesOf([
  { from: 'p.d.users_v1', to: 'p.d.users_v2', columns: [] },
]);

const found = async (files: ReviewedFile[], spec = defaultGates) =>
  runGates({ files, spec, renames, yaml: directYaml, mapping: [] });

const gatesOf = async ([, ...file]: Case) => {
  const findings = await found([changedFile(...file)]);
  return [...new Set(findings.map(({ gate }) => gate))];
};

/** A credential of a shape that scanners know, put together so that this file holds none. */
const credential = (prefix: string, length: number) =>
  `${prefix}${'a1B2c3D4e5F6g7H8'.repeat(8).slice(0, length)}`;

const caught: Record<
  Exclude<GateName, 'allowedFiles' | 'oldDataset' | 'mapping'>,
  Case[]
> = {
  tests: [
    ['a deleted test', 'src/a.test.ts', "it('x', () => {});", undefined],
    [
      'a removed test case',
      'src/a.test.ts',
      "it('x', () => {});\nit('y', () => {});",
      "it('x', () => {});",
    ],
    [
      'a test case that is commented out',
      'src/a.test.ts',
      "it('x', () => {});",
      "// it('x', () => {});",
    ],
    [
      'a removed assertion',
      'test_a.py',
      'def test_a():\n    assert f() == 1\n    assert g()',
      'def test_a():\n    assert f() == 1',
    ],
    [
      'an assertion that cannot fail',
      'src/a.test.ts',
      "it('x', () => { expect(f()).toBe(1); });",
      "it('x', () => { expect(true).toBe(true); });",
    ],
    [
      'a skipped test of Jest',
      'src/a.spec.js',
      "it('x', () => {});",
      "it.skip('x', () => {});",
    ],
    [
      'a test that hides others',
      'src/a.spec.js',
      "it('x', () => {});\nit('y', () => {});",
      "it.only('x', () => {});\nit('y', () => {});",
    ],
    [
      'a skipped test of pytest',
      'tests/test_a.py',
      'def test_a():\n    assert f()',
      '@pytest.mark.skip\ndef test_a():\n    assert f()',
    ],
    [
      'a disabled test of JUnit',
      'src/test/java/ATest.java',
      '@Test\nvoid a() { assertEquals(1, f()); }',
      '@Test\n@Disabled\nvoid a() { assertEquals(1, f()); }',
    ],
    [
      'an ignored test of ScalaTest',
      'src/test/scala/ASpec.scala',
      'it should "x" in {\n  f shouldBe 1\n}',
      'ignore should "x" in {\n  f shouldBe 1\n}',
    ],
    [
      'a skipped test of Go',
      'a_test.go',
      'func TestA(t *testing.T) {\n\tassert.Equal(t, 1, f())\n}',
      'func TestA(t *testing.T) {\n\tt.Skip()\n\tassert.Equal(t, 1, f())\n}',
    ],
    [
      'an ignored test of Rust',
      'src/lib.rs',
      '#[test]\nfn a() { assert_eq!(1, f()); }',
      '#[test]\n#[ignore]\nfn a() { assert_eq!(1, f()); }',
    ],
    [
      'a removed test of a dbt column',
      'models/schema.yml',
      'models:\n  - name: a\n    columns:\n      - name: id\n        tests: [unique, not_null]\n',
      'models:\n  - name: a\n    columns:\n      - name: id\n        tests: [unique]\n',
    ],
    [
      'a dbt test that only warns',
      'models/schema.yml',
      'models:\n  - name: a\n    data_tests:\n      - unique:\n          column_name: id\n',
      'models:\n  - name: a\n    data_tests:\n      - unique:\n          column_name: id\n          severity: warn\n',
    ],
    [
      'a SQL test that finds nothing',
      'tests/no_orphans.sql',
      'select * from a where b is null',
      'select * from a where b is null and 1 = 0',
    ],
    [
      'another test command',
      'package.json',
      '{"scripts": {"test": "jest"}}',
      '{"scripts": {"test": "jest || true"}}',
    ],
    [
      'a test script that always passes',
      'test.sh',
      '#!/bin/sh\ndbt test\n',
      '#!/bin/sh\ntrue\n',
    ],
    [
      'a check that may fail',
      'scripts/run-checks.sh',
      'pytest\n',
      'pytest || true\n',
    ],
    [
      'a test script with less in it',
      'ci/test_all.sh',
      'pytest\nsqlfluff lint\n',
      'pytest\n',
    ],
    [
      'another recipe of make test',
      'Makefile',
      'test:\n\tpytest\n\nrun:\n\tpython a.py\n',
      'test:\n\ttrue\n\nrun:\n\tpython a.py\n',
    ],
  ],
  lintRules: [
    ['eslint-disable', 'a.ts', 'f()', '// eslint-disable-next-line\nf()'],
    ['ts-ignore', 'a.ts', 'f()', '// @ts-ignore\nf()'],
    ['noqa in SQL', 'a.sql', 'select 1', 'select 1 -- noqa'],
    ['SuppressWarnings', 'A.java', 'x();', '@SuppressWarnings("all")\nx();'],
    ['allow of Rust', 'a.rs', 'fn f() {}', '#[allow(dead_code)]\nfn f() {}'],
    ['a linter switched to less', '.sqlfluff', 'rules = all', 'rules = L001'],
  ],
  versions: [
    [
      'a lower Java',
      'pom.xml',
      '<java.version>17</java.version>',
      '<java.version>11</java.version>',
    ],
    [
      'a lower dependency',
      'package.json',
      '{"dependencies": {"x": "^2.10.0"}}',
      '{"dependencies": {"x": "^2.9.0"}}',
    ],
    [
      'a lower coverage threshold',
      'pyproject.toml',
      'fail_under = 90',
      'fail_under = 50',
    ],
    [
      'no coverage threshold',
      'jest.config.js',
      'coverageThreshold: { global: { lines: 80 } },\nroots: []',
      'roots: []',
    ],
    ['a lower Python', '.python-version', '3.11.4', '3.9'],
    ['no build file', 'build.sbt', 'scalaVersion := "2.13.12"', undefined],
  ],
  protectedFiles: [
    ['a workflow', '.github/workflows/ci.yml', 'on: push', 'on: []'],
    ['owners', 'docs/CODEOWNERS', '* @a', '* @b'],
    ['a pipeline', '.gitlab-ci.yml', 'a: 1', 'a: 2'],
    ['git attributes', 'a/.gitattributes', '', '* -diff'],
    ['declared checks', 'skein.yaml', 'checks: [a]', 'checks: []'],
  ],
  secrets: [
    ['a GitHub token', 'a.py', 'x = 1', `x = "${credential('ghp_', 36)}"`],
    [
      'one beside a comment that switches the scanner off',
      'a.py',
      'x = 1',
      `# secretlint-disable\nx = "${credential('ghp_', 36)}"`,
    ],
    [
      'a private key',
      'key.txt',
      undefined,
      `${'-'.repeat(5)}BEGIN RSA PRIVATE KEY${'-'.repeat(5)}\n${credential(
        'MIIEpAIBAAKCAQEA',
        120,
      )}\n${'-'.repeat(5)}END RSA PRIVATE KEY${'-'.repeat(5)}`,
    ],
  ],
  size: [
    [
      'more lines than the campaign allows',
      'a.sql',
      '',
      Array.from({ length: 5_001 }, (_, n) => `select ${n};`).join('\n'),
    ],
    ['a line no person wrote', 'a.js', '', `x="${'A'.repeat(6_000)}"`],
  ],
};

const harmless: Case[] = [
  [
    'a column renamed in a query',
    'models/a.sql',
    'select user_id from users_v1',
    'select user_identifier as user_id from users_v2',
  ],
  [
    'a column renamed in a dbt test that stays',
    'models/schema.yml',
    'sources:\n  - name: s\n    tables:\n      - name: users_v1\n        columns:\n          - name: user_id\n            tests: [unique]\n',
    'sources:\n  - name: s\n    tables:\n      - name: users_v2\n        columns:\n          - name: user_identifier\n            tests: [unique]\n',
  ],
  [
    'a fixture of a test',
    'src/test/scala/ASpec.scala',
    'it should "x" in {\n  run(Row(userId = 1)) shouldBe 1\n}',
    'it should "x" in {\n  run(Row(userIdentifier = "1")) shouldBe 1\n}',
  ],
  [
    'a test more',
    'a_test.go',
    'func TestA(t *testing.T) {}',
    'func TestA(t *testing.T) {}\nfunc TestB(t *testing.T) {}',
  ],
  [
    'a suppression that was there',
    'a.sql',
    'select user_id from users_v1 -- noqa: L010',
    'select user_identifier from users_v2 -- noqa: L010',
  ],
  [
    'a raised version',
    'package.json',
    '{"dependencies": {"x": "^2.9.0"}}',
    '{"dependencies": {"x": "^2.10.0"}}',
  ],
  [
    'a dataset named in a recipe that checks nothing',
    'Makefile',
    'test:\n\tpytest\n\nload:\n\tbq load d.users_v1\n',
    'test:\n\tpytest\n\nload:\n\tbq load d.users_v2\n',
  ],
  [
    'a dataset named in a test script',
    'test.sh',
    'bq query "select 1 from d.users_v1"\n',
    'bq query "select 1 from d.users_v2"\n',
  ],
  ['a number in a query', 'a.sql', 'limit 20', 'limit 10'],
  ['a word that ends in test', 'latest.sql', 'select 1', undefined],
];

describe('gates', () => {
  describe.each(Object.entries(caught))('%s', (gate, cases) => {
    it.each(cases)('finds %s', async (...each) => {
      expect(await gatesOf(each)).toContain(gate);
    });
  });

  it.each(harmless)('lets %s pass', async (...each) => {
    expect(await gatesOf(each)).toEqual([]);
  });

  it('never shows the secret that it found', async () => {
    const token = credential('ghp_', 36);
    const findings = await found([changedFile('a.py', '', `x = "${token}"`)]);
    expect(findings).toMatchObject([{ gate: 'secrets', line: 1 }]);
    expect(JSON.stringify(findings)).not.toContain(token);
  });

  it('keeps a change among the files that the campaign allows', async () => {
    const files = ['models/a.sql', 'models/b.py', 'a.sql'].map(path =>
      changedFile(path, 'a', 'b'),
    );
    const findings = await found(files, {
      ...defaultGates,
      allowedFiles: ['/models/*.sql'],
    });
    expect(findings.map(({ file }) => file)).toEqual(['models/b.py', 'a.sql']);
  });

  it('names file, line and evidence, and puts what blocks first', async () => {
    const findings = await found(
      [
        changedFile('a.sql', '', `select '${'x'.repeat(6_000)}'`),
        changedFile(
          'b.sql',
          'select 1\nselect 2',
          'select 1\nselect 2 -- noqa',
        ),
      ],
      {
        ...defaultGates,
        policy: { ...defaultGates.policy, size: 'warn', lintRules: 'ask' },
      },
    );
    expect(findings).toMatchObject([
      {
        gate: 'lintRules',
        action: 'ask',
        file: 'b.sql',
        line: 2,
        evidence: 'select 2 -- noqa',
      },
      { gate: 'size', action: 'warn', file: 'a.sql', line: 1 },
    ]);
  });
});
