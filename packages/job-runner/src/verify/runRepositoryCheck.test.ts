import { execFileSync } from 'child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { folderView } from './__testUtils__/folderView';
import { runRepositoryCheck } from './runRepositoryCheck';
import { RepositoryCheck } from './types';
import { verifiers } from './verifiers';

const LOGS = join(__dirname, '../extract/__fixtures__');

function isInstalled(...programs: string[]): boolean {
  try {
    for (const program of programs) {
      execFileSync('sh', ['-c', `command -v ${program}`]);
    }
    return true;
  } catch {
    return false;
  }
}

describe('runRepositoryCheck', () => {
  let folder: string;
  let bin: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'skein-check-'));
    bin = join(folder, 'bin');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Record<string, string>) {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  }

  /** A program by this name that prints a recorded log of the real one. */
  function standIn(program: string, log: string, code: number) {
    const output = readFileSync(join(LOGS, log), 'utf8').replaceAll(
      '/checkout',
      folder,
    );
    write({
      [`bin/${program}`]: `#!/bin/sh\ncat <<'END'\n${output}\nEND\nexit ${code}\n`,
    });
    chmodSync(join(bin, program), 0o755);
  }

  const run = (check: RepositoryCheck, path = process.env.PATH) =>
    runRepositoryCheck(
      check,
      folder,
      { PATH: path, HOME: folder, CI: 'true' },
      {
        timeoutMilliseconds: 600_000,
        outputBytes: 10_000_000,
        signal: new AbortController().signal,
      },
    );

  function detect(files: Record<string, string>, programs: string[]) {
    write(files);
    const view = folderView({ files, programs });
    return verifiers
      .flatMap(verifier => verifier.detect(view))
      .filter(check => check.role === 'test');
  }

  it.each([
    ['mvn', 'maven-test.txt', { 'pom.xml': '' }, 'UsersTest.country'],
    ['gradle', 'gradle.txt', { 'build.gradle': '' }, 'org.missing'],
    ['pytest', 'pytest.txt', { 'pytest.ini': '' }, 'users_v2'],
    ['go', 'go-test.txt', { 'go.mod': '' }, 'TestName'],
    ['cargo', 'cargo-test.txt', { 'Cargo.toml': '' }, 'tests::named'],
    [
      'npm',
      'npm-jest.txt',
      { 'package.json': '{"scripts":{"test":"jest"}}' },
      "Cannot find module './gone'",
    ],
  ])(
    'finds the errors of %s and keeps paths of this machine out of them',
    async (program, log, files, words) => {
      standIn(program, log, 1);
      const [check] = detect(files as {}, [program]);
      const { result, failures, verifies } = await run(
        check,
        `${bin}:/usr/bin:/bin`,
      );
      expect(result).toMatchObject({ outcome: 'failed', source: 'repository' });
      expect(verifies).toBe(true);
      expect(failures.length).toBeGreaterThan(0);
      expect(result.summary).toBe(result.errors![0].message);
      expect(JSON.stringify(result.errors)).toContain(words);
      expect(JSON.stringify(result.errors)).not.toContain(folder);
    },
  );

  it('calls what needs a network skipped, with the reason', async () => {
    write({
      'bin/mvn':
        '#!/bin/sh\necho "[ERROR] Failed to execute goal on project jobs: Could not resolve dependencies for project com.acme:jobs:jar:1.0: Cannot access central (https://repo.maven.apache.org/maven2) in offline mode and the artifact junit:junit:jar:4.x has not been downloaded from it before. -> [Help 1]"\nexit 1\n',
    });
    chmodSync(join(bin, 'mvn'), 0o755);
    const [check] = detect({ 'pom.xml': '' }, ['mvn']);
    const { result } = await run(check, `${bin}:/usr/bin:/bin`);
    expect(result).toMatchObject({
      outcome: 'skipped',
      summary: expect.stringContaining(
        'jobs have no network: Cannot access central',
      ),
    });
    expect(result.errors).toBeUndefined();
  });

  it('names files from the root of the repository where a check runs in a folder of it', async () => {
    write({
      'jobs/a.py': '',
      'jobs/test.sh': 'echo "a.py:1:2: E302 expected 2 blank lines"\nexit 1\n',
    });
    const { result } = await run({
      name: 'test.sh',
      command: ['sh', 'test.sh'],
      folder: 'jobs',
      declared: false,
      role: 'test',
    });
    expect(result.errors).toMatchObject([{ file: 'jobs/a.py', line: 1 }]);
  });

  it('takes a list of files for a failure where the tool only lists', async () => {
    const { result } = await run({
      name: 'gofmt -l .',
      command: ['printf', 'a.go\\nb.go\\n'],
      folder: '',
      declared: false,
      role: 'lint',
      failsOnOutput: true,
    });
    expect(result).toMatchObject({
      outcome: 'failed',
      errors: [{ file: 'a.go' }, { file: 'b.go' }],
    });
  });

  describe('with the tools of this machine', () => {
    const projects: Array<[string, string[], Record<string, string>, string]> =
      [
        [
          'go',
          ['go', 'gofmt'],
          {
            'go.mod': 'module example.com/jobs\n\ngo 1.19\n',
            'a_test.go':
              'package jobs\n\nimport "testing"\n\nfunc TestA(t *testing.T) { t.Errorf("one") }\n',
          },
          'go TestA',
        ],
        [
          'cargo',
          ['cargo', 'rustc'],
          {
            'Cargo.toml': '[package]\nname = "jobs"\nversion = "0.1.0"\n',
            'src/lib.rs': '#[test]\nfn one() { assert_eq!(1, 2); }\n',
          },
          'rust one',
        ],
        [
          'npm',
          ['npm', 'node'],
          {
            'package.json': '{"name":"jobs","scripts":{"test":"node a.js"}}',
            'a.js': 'throw new TypeError("user_id is gone");\n',
          },
          'output undefined',
        ],
        [
          'make',
          ['make'],
          { Makefile: 'test:\n\t@echo "a.sql:3: error: no user_id"; exit 2\n' },
          'compiler undefined',
        ],
        [
          'pytest',
          ['pytest'],
          {
            'pytest.ini': '[pytest]\n',
            'test_a.py': 'def test_a():\n    assert 1 == 2\n',
          },
          'pytest test_a.py::test_a',
        ],
      ];
    const environment = { RUSTUP_HOME: process.env.RUSTUP_HOME };

    it.each(projects.filter(([, programs]) => isInstalled(...programs)))(
      'reads what %s really says',
      async (_, programs, files, expected) => {
        const [check] = detect(files, programs);
        const own = {
          ...environment,
          ...check.environment,
          // Only for this test: rustup and pyenv look for what they run at home.
          HOME: process.env.HOME!,
          GOCACHE: join(folder, 'cache'),
        };
        const ran = await run({ ...check, environment: own as {} });
        expect(ran.result.outcome).toBe('failed');
        expect(
          ran.failures.map(({ error }) => `${error.tool} ${error.test}`),
        ).toContain(expected);
      },
    );
  });
});
