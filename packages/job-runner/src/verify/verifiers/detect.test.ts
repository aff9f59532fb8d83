import { folderView } from '../__testUtils__/folderView';
import { selectChecks } from '../findChecks';
import { verifiers } from '.';

type Files = Record<string, string>;

/** What would be run, with the reason where it cannot be. */
function checksOf(
  files: Files,
  options: {
    programs?: string[];
    workTree?: string[];
    executable?: string[];
  } = {},
) {
  return selectChecks(verifiers, [folderView({ files, ...options })]).map(
    ({ name, role, unavailable }) =>
      `${role === 'lint' ? '(form) ' : ''}${name}${
        unavailable ? `: ${unavailable}` : ''
      }`,
  );
}

const manifest = (content: object) => JSON.stringify(content);
const dependencies = { devDependencies: { jest: '30' } };
const noModules =
  'its dependencies are not installed (there is no node_modules), and jobs have no network to install them';

describe('verifiers switch themselves on by content', () => {
  it.each<[string, Files, Parameters<typeof checksOf>[1], string[]]>([
    ['nothing', { 'README.md': '', 'a.sql': '' }, {}, []],
    [
      'Make',
      { Makefile: 'test:\n\ttrue\n' },
      { programs: ['make'] },
      ['make test'],
    ],
    [
      'Make where it is not installed',
      { Makefile: 'test:\n\ttrue\n' },
      {},
      ['make test: make is not on this machine'],
    ],
    ['a script', { 'test.sh': '' }, {}, ['test.sh']],
    [
      'npm scripts',
      {
        'package.json': manifest({
          scripts: { lint: 'eslint .', 'type-check': 'tsc', test: 'jest' },
          ...dependencies,
        }),
      },
      { programs: ['npm'], workTree: ['node_modules'] },
      ['(form) npm run lint', 'npm run type-check', 'npm run test'],
    ],
    [
      'npm scripts without what they need',
      {
        'package.json': manifest({
          scripts: { test: 'jest' },
          ...dependencies,
        }),
      },
      { programs: ['npm'] },
      [`npm run test: ${noModules}`],
    ],
    [
      'npm scripts that need nothing',
      { 'package.json': manifest({ scripts: { test: 'node --test' } }) },
      { programs: ['npm'] },
      ['npm run test'],
    ],
    [
      'yarn, by its lock file',
      {
        'package.json': manifest({ scripts: { test: 'jest' } }),
        'yarn.lock': '',
      },
      { programs: ['yarn', 'npm'] },
      ['yarn run test'],
    ],
    [
      'pnpm, by name',
      {
        'package.json': manifest({
          scripts: { test: 'vitest run' },
          packageManager: 'pnpm@9.1.0',
        }),
      },
      {},
      ['pnpm run test: pnpm is not on this machine'],
    ],
    [
      'no script that npm made up',
      {
        'package.json': manifest({
          scripts: { test: 'echo "Error: no test specified" && exit 1' },
        }),
      },
      { programs: ['npm'] },
      [],
    ],
    ['a package.json that is none', { 'package.json': '{' }, {}, []],
    [
      'ESLint and Prettier where they are configured and installed',
      {
        'package.json': manifest({ ...dependencies, prettier: {} }),
        'eslint.config.mjs': '',
      },
      {
        workTree: [
          'node_modules',
          'node_modules/.bin/eslint',
          'node_modules/.bin/prettier',
        ],
      },
      ['(form) prettier --check', '(form) eslint'],
    ],
    [
      'no ESLint of its own where a script runs it',
      {
        'package.json': manifest({ scripts: { lint: 'eslint src' } }),
        '.eslintrc.json': '{}',
      },
      { programs: ['npm'] },
      ['(form) npm run lint'],
    ],
    [
      'Maven with its plugins',
      {
        'pom.xml':
          '<artifactId>maven-checkstyle-plugin</artifactId><artifactId>spotless-maven-plugin</artifactId>',
      },
      { programs: ['mvn'] },
      ['(form) mvn checkstyle:check', '(form) mvn spotless:check', 'mvn test'],
    ],
    [
      'Gradle with its plugins',
      { 'build.gradle.kts': 'plugins { id("checkstyle") }' },
      { programs: ['gradle'] },
      ['(form) gradle checkstyleMain', 'gradle test'],
    ],
    [
      "Gradle's wrapper where there is no Gradle",
      { 'build.gradle': '', gradlew: '' },
      { executable: ['gradlew'] },
      ['gradle test'],
    ],
    [
      'sbt and scalafmt',
      { 'build.sbt': '', '.scalafmt.conf': '' },
      { programs: ['sbt', 'scalafmt'] },
      ['(form) scalafmt --test', 'sbt test'],
    ],
    [
      'pytest by its configuration',
      { 'pyproject.toml': '[tool.pytest.ini_options]\n' },
      { programs: ['pytest'] },
      ['pytest'],
    ],
    [
      'pytest by files of tests',
      { 'test_jobs.py': '' },
      {},
      ['pytest: pytest is not on this machine'],
    ],
    [
      'pytest of a virtual environment',
      { 'pytest.ini': '' },
      { workTree: ['.venv/bin/pytest'] },
      ['pytest'],
    ],
    [
      'pytest by uv',
      { 'pyproject.toml': '[tool.pytest]\n', 'uv.lock': '' },
      { programs: ['uv', 'pytest'] },
      ['uv run pytest'],
    ],
    [
      'tox that has nothing to run in',
      { 'tox.ini': '[tox]\nenvlist = py311\n' },
      { programs: ['tox'] },
      [
        'tox: its environments are not made (there is no .tox), and jobs have no network to make them',
      ],
    ],
    [
      'Ruff, Black and flake8',
      {
        'pyproject.toml':
          '[tool.ruff]\n[tool.ruff.format]\nx = 1\n[tool.black]\n',
        '.flake8': '',
      },
      { programs: ['ruff', 'black'] },
      [
        '(form) ruff check --output-format=concise .',
        '(form) ruff format --check .',
        '(form) black --check .',
        '(form) flake8 .: flake8 is not on this machine',
      ],
    ],
    [
      'sqlfluff',
      { '.sqlfluff': '[sqlfluff]\ndialect = bigquery\n' },
      { programs: ['sqlfluff'] },
      ['(form) sqlfluff lint'],
    ],
    [
      'sqlfluff that reads through dbt',
      { '.sqlfluff': '[sqlfluff]\ntemplater = dbt\n' },
      { programs: ['sqlfluff'] },
      [
        '(form) sqlfluff lint: it is configured to read SQL through dbt, which is not on this machine',
      ],
    ],
    [
      'dbt',
      { 'dbt_project.yml': '', 'profiles.yml': '' },
      { programs: ['dbt'] },
      ['dbt parse'],
    ],
    [
      'dbt without its packages',
      {
        'dbt_project.yml': '',
        'profiles.yml': '',
        'packages.yml': 'packages:\n  - package: x\n',
      },
      { programs: ['dbt'] },
      [
        'dbt parse: its packages are not installed (there is no dbt_packages), and jobs have no network to install them',
      ],
    ],
    [
      'dbt where it is not installed',
      { 'dbt_project.yml': '' },
      {},
      ['dbt parse: dbt is not on this machine'],
    ],
    [
      'Go',
      { 'go.mod': 'module x\n' },
      { programs: ['go', 'gofmt'] },
      ['(form) gofmt -l .', 'go test ./...'],
    ],
    [
      'Cargo with what it configures',
      { 'Cargo.toml': '', 'rustfmt.toml': '', 'clippy.toml': '' },
      { programs: ['cargo'] },
      ['(form) cargo fmt --check', '(form) cargo clippy', 'cargo test'],
    ],
    [
      "the repository's own way to test before its tools', and their form beside it",
      {
        Makefile: 'test:\n\tpytest\n',
        'pyproject.toml': '[tool.black]\n[tool.pytest]\n',
        'go.mod': '',
      },
      { programs: ['make', 'pytest', 'go', 'gofmt', 'black'] },
      ['make test', '(form) black --check .', '(form) gofmt -l .'],
    ],
    [
      "the tools' tests where the repository's own way cannot be gone",
      { Makefile: 'test:\n\tpytest\n', 'pytest.ini': '' },
      { programs: ['pytest'] },
      ['make test: make is not on this machine', 'pytest'],
    ],
    [
      'what a repository declares, and nothing else',
      {
        '.skein.yaml': 'version: 1\nverify: [{ command: [./check] }]\n',
        Makefile: 'test:\n\ttrue\n',
        'go.mod': '',
      },
      { programs: ['make', 'go', 'gofmt'] },
      ['./check'],
    ],
  ])('%s', (_, files, options, expected) => {
    expect(checksOf(files, options)).toEqual(expected);
  });

  it('look in the target, then in the folders above it', () => {
    const checks = selectChecks(verifiers, [
      folderView({ folder: 'a/jobs', files: {}, programs: ['make', 'go'] }),
      folderView({
        folder: 'a',
        files: { 'go.mod': '' },
        programs: ['go', 'gofmt'],
      }),
      folderView({
        folder: '',
        files: { Makefile: 'test:\n', 'go.mod': '' },
        programs: ['make'],
      }),
    ]);
    // A way to test everything does not stand in for the tests nearby.
    expect(
      checks.map(({ name, folder }) => `${name} in ${folder || '/'}`),
    ).toEqual(['make test in /', 'gofmt -l . in a', 'go test ./... in a']);
  });

  it('run nothing through a shell, and no command that a file wrote but a declared one', () => {
    const hostile = '$(touch /tmp/x); `id`';
    const checks = selectChecks(verifiers, [
      folderView({
        files: {
          'package.json': manifest({
            scripts: { test: hostile },
            packageManager: `${hostile}@1`,
          }),
          'build.gradle': hostile,
        },
        programs: ['npm', 'gradle'],
      }),
    ]);
    expect(checks.flatMap(({ command }) => command).join(' ')).not.toContain(
      'touch',
    );
  });
});
