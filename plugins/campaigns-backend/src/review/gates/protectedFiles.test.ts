import { defaultGates } from '@skein/plugin-campaigns-common';
import fc from 'fast-check';
import { directYaml } from '../../__testUtils__/directYaml';
import { changedFile } from '../__testUtils__/changedFile';
import { executedBy, executedFiles } from './executedFiles';
import { ReviewedFile } from './Gate';
import { protectedFiles } from './protectedFiles';
import { isRenamedOnly, renamesOf } from './renamedOnly';

const renames = renamesOf([
  {
    from: 'acme.d.users_v1',
    to: 'acme.d.users_v2',
    columns: [
      { from: 'user_id', to: 'user_identifier' },
      { from: 'age', to: 'age_band', transform: 'CAST(age_band AS INT64)' },
    ],
  },
]);

const problems = (file: ReviewedFile, allowedProtectedFiles?: string[]) =>
  protectedFiles.check({
    files: [file],
    spec: { ...defaultGates, allowedProtectedFiles },
    renames,
    yaml: directYaml,
    mapping: [],
  });

describe('what CI or a machine of a developer executes', () => {
  it.each(
    [
      [
        '.github/workflows/ci.yml',
        '.github/dependabot.yml',
        'tools/action.yml',
      ],
      ['.azure-pipelines/build.yml', 'azure-pipelines.yml', '.woodpecker.yml'],
      ['.woodpecker/test.yaml', 'buildspec.yml', 'buildspec-prod.yaml'],
      ['.gitlab-ci.yml', 'ci/sub.gitlab-ci.yml', '.circleci/config.yml'],
      ['Jenkinsfile', 'Jenkinsfile.release', '.drone.star', '.travis.yml'],
      ['.cirrus.yml', 'bitbucket-pipelines.yml', 'cloudbuild.yaml'],
      ['.npmrc', 'web/.npmrc', '.yarnrc.yml', '.pnpmfile.cjs', 'yarn.lock'],
      ['jest.config.ts', '.eslintrc.js', 'setup.py', 'a/setup.cfg'],
      ['pyproject.toml', 'tests/conftest.py', 'noxfile.py', 'tox.ini'],
      ['sitecustomize.py', 'x.pth', 'requirements-dev.txt', 'Pipfile'],
      ['Makefile', 'sub/GNUmakefile', 'rules.mk', 'justfile', 'BUILD.bazel'],
      ['Dockerfile', 'docker/Dockerfile.dev', 'api.dockerfile', 'compose.yaml'],
      [
        'docker-compose.override.yml',
        '.envrc',
        '.devcontainer/devcontainer.json',
      ],
      [
        '.vscode/tasks.json',
        '.idea/runConfigurations/a.xml',
        '.husky/pre-push',
      ],
      ['.pre-commit-config.yaml', 'lefthook.yml', '.mise.toml', 'Vagrantfile'],
      ['build.sbt', 'project/plugins.sbt', 'project/Build.scala', '.jvmopts'],
      [
        'pom.xml',
        'app/build.gradle.kts',
        'gradle/wrapper/gradle-wrapper.properties',
      ],
      [
        '.mvn/jvm.config',
        'mvnw',
        'Cargo.toml',
        '.cargo/config.toml',
        'build.rs',
      ],
      ['go.mod', 'packages.yml', 'CLAUDE.md', 'AGENTS.md', '.mcp.json'],
      ['run.sh', 'bin/load.ps1', 'renovate.json5', 'MAKEFILE', '.GitHub/x.yml'],
    ].flat(),
  )('is not changed: %s', async path => {
    expect(await problems(changedFile(path, 'a\n', 'b\n'))).toMatchObject([
      { file: path, message: expect.stringMatching(/executed by/) },
    ]);
    expect(await problems(changedFile(path, undefined, 'b\n'))).toHaveLength(1);
    expect(await problems(changedFile(path, 'a\n', undefined))).toHaveLength(1);
  });

  it.each(
    [
      ['models/users.sql', 'models/schema.yml', 'dbt_project.yml', 'job.yaml'],
      ['src/main/scala/Project.scala', 'dags/tasks.py', 'seeds/ci.csv'],
      ['models/ci/a.sql', 'models/make.sql', 'composer_dag.yaml', 'README.md'],
      ['macros/dockerfile_stats.sql', 'src/github/models.py', 'build/a.sql'],
    ].flat(),
  )('is not %s', async path => {
    expect(await problems(changedFile(path, 'a\n', 'b\n'))).toEqual([]);
  });

  it('is found below any folder and in any case', () => {
    const examples = ['Makefile', '.github/a', 'setup.py', '.npmrc', 'x.sh'];
    fc.assert(
      fc.property(
        fc.constantFrom(...examples),
        fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { maxLength: 3 }),
        fc.boolean(),
        (name, folders, upper) => {
          const path = [...folders, name].join('/');
          expect(executedBy(upper ? path.toUpperCase() : path)).toBeDefined();
        },
      ),
    );
  });

  it('names who runs each, and where that is documented', () => {
    for (const { by, source } of executedFiles) {
      expect(by).not.toBe('');
      expect(source).not.toBe('');
    }
  });

  it('is changed where the campaign allows it by name, and there alone', async () => {
    const file = changedFile('Makefile', 'a\n', 'b\n');
    expect(await problems(file, ['/Makefile'])).toEqual([]);
    expect(await problems(file, ['/other/Makefile'])).toHaveLength(1);
  });

  it('is a file that is marked as a program, or becomes one', async () => {
    const file = changedFile('bin/tool', 'a\n', 'b\n');
    expect(await problems(file)).toEqual([]);
    expect(await problems({ ...file, executable: true })).toHaveLength(1);
    const query = changedFile('a.sql', 'a\n', 'b\n');
    expect(await problems({ ...query, executable: true })).toEqual([]);
    expect(
      await problems({ ...query, executable: true, modeChanged: true }),
    ).toHaveLength(1);
    expect(
      await problems({ ...query, change: 'added', executable: true }),
    ).toHaveLength(1);
    expect(
      await problems({
        ...changedFile('a.sql', '#!/usr/bin/bq\na', '#!/usr/bin/bq\nb'),
        executable: true,
      }),
    ).toHaveLength(1);
  });

  it.each([
    ['scripts', '{}', '{"scripts":{"postinstall":"x"}}'],
    ['bin', '{"bin":"a"}', '{"bin":"b"}'],
    ['dependencies', '{}', '{"dependencies":{"evil":"1.0.0"}}'],
    [
      'devDependencies',
      '{"devDependencies":{"x":"^1.0.0"}}',
      '{"devDependencies":{"x":"git+ssh://evil.example/x"}}',
    ],
    ['what cannot be read', '{}', '{'],
  ])('is %s of a package.json', async (what, before, after) => {
    expect(
      await problems(changedFile('web/package.json', before, after)),
    ).toEqual([
      {
        file: 'web/package.json',
        message: expect.stringContaining(what),
      },
    ]);
  });

  it('is not the description of a package, nor a known package in another version', async () => {
    expect(
      await problems(
        changedFile(
          'package.json',
          '{"version":"1.0.0","dependencies":{"x":"^2.9.0"}}',
          '{"version":"1.0.1","dependencies":{"x":"^2.10.0"}}',
        ),
      ),
    ).toEqual([]);
  });
});

describe('a name that moves in an executed file', () => {
  const passes = (before: string, after: string) =>
    isRenamedOnly(changedFile('Makefile', before, after), renames);

  it.each([
    ['bq load d.users_v1', 'bq load d.users_v2'],
    ['bq load acme:d.users_v1', 'bq load acme:d.users_v2'],
    ['x `acme.d.users_v1` y', 'x `acme.d.users_v2` y'],
    [
      '"select user_id from users_v1"',
      '"select user_identifier from users_v2"',
    ],
  ])('passes as the mapping says: %s', (before, after) => {
    expect(passes(before, after)).toBe(true);
  });

  it.each([
    ['another word too', 'pytest d.users_v1', 'true d.users_v2'],
    ['a character more', 'load d.users_v1', 'load d.users_v2;'],
    ['a column with a transform', 'select age', 'select age_band'],
    ['a line more', 'load d.users_v1', 'load d.users_v2\nevil'],
    ['back to the old', 'load d.users_v2', 'load d.users_v1'],
    ['a host', 'curl users_v1.example', 'curl evil.example'],
  ])('does not with %s', (_what, before, after) => {
    expect(passes(before, after)).toBe(false);
  });
});
