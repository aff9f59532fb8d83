import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Failure } from '../extract';
import { newFailures } from './compareWithBaseline';
import { decideAgent, decideBaseline } from './decideBaseline';
import { renderVerification } from './renderVerification';
import { RepositoryCheck } from './types';
import { Verification, verify, VerifyOptions } from './verify';

const test: RepositoryCheck = {
  name: 'tests',
  command: ['sh', 'test.sh'],
  folder: '',
  declared: false,
  role: 'test',
};
const lint: RepositoryCheck = { ...test, name: 'lint', role: 'lint' };

const pytest = (...names: string[]) =>
  names.length === 0
    ? 'echo "3 passed"; exit 0\n'
    : `${names
        .map(
          name =>
            `echo "___ ${name} ___"\necho "test_a.py:3: in ${name}"\necho "E   AssertionError: $$"\n`,
        )
        .join('')}exit 1\n`;

describe('verify', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'skein-verify-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const options = (
    policy: VerifyOptions['policy'],
    checks: RepositoryCheck[] = [test],
  ): VerifyOptions => ({
    checks,
    context: { mappings: [], options: {}, original: [], path: '' },
    environment: { PATH: process.env.PATH },
    timeoutSeconds: 300,
    outputBytes: 1_000_000,
    signal: new AbortController().signal,
    policy,
  });
  const run = (script: string, given: VerifyOptions) => {
    writeFileSync(join(folder, 'test.sh'), script);
    return verify({ folder, files: [] }, given);
  };

  async function compare(
    before: string,
    after: string,
    policy: VerifyOptions['policy'] = 'compare',
    check = test,
  ): Promise<Verification> {
    const given = options(policy, [check]);
    const baseline = await run(before, given);
    return run(after, { ...given, baseline });
  }

  it('blames only the tests that did not fail before', async () => {
    const { blamed, results } = await compare(
      pytest('test_old', 'test_flaky'),
      pytest('test_old', 'test_new'),
    );
    expect(blamed?.result.errors).toMatchObject([
      { tool: 'pytest', test: 'test_a.py::test_new' },
    ]);
    expect(results[0].summary).toMatch(/^test_a.py: AssertionError/);
  });

  it('blames nothing where only what failed before fails', async () => {
    const { blamed, results } = await compare(
      pytest('test_old', 'test_other'),
      pytest('test_old'),
    );
    expect(blamed).toBeUndefined();
    expect(results[0]).toMatchObject({
      outcome: 'passed',
      summary: 'no new failure; 2 were there before',
    });
  });

  it('blames a check that passed and then fails, or cannot be run any more', async () => {
    const failed = await compare(pytest(), pytest('test_new'));
    expect(failed.blamed).toBeDefined();
    const gone = await compare(
      pytest(),
      'echo "module lookup disabled by GOPROXY=off"\nexit 1\n',
    );
    expect(gone.blamed?.result.summary).toMatch(
      /^passed before the change and cannot be run any more: needs something/,
    );
  });

  it('leaves out what was red before where the policy ignores it', async () => {
    const { blamed, results } = await compare(
      pytest('test_old'),
      'echo "must not run" > ran\nexit 1\n',
      'ignore',
    );
    expect(blamed).toBeUndefined();
    expect(results[0]).toMatchObject({
      outcome: 'skipped',
      summary: expect.stringMatching(/^was broken before: AssertionError/),
    });
  });

  it('compares form failure by failure whatever the policy', async () => {
    const complain = (...files: string[]) =>
      `${files
        .map(file => `echo "would reformat ${file}"\n`)
        .join('')}exit 1\n`;
    const same = await compare(
      complain('a.py'),
      complain('a.py'),
      'required',
      lint,
    );
    expect(same.blamed).toBeUndefined();
    const worse = await compare(
      complain('a.py'),
      complain('a.py', 'b.py'),
      'required',
      lint,
    );
    expect(worse.blamed?.result.errors).toMatchObject([{ file: 'b.py' }]);
  });

  it('cannot compare with a baseline that a limit ended, and says so', async () => {
    const given = { ...options('compare'), timeoutSeconds: 0.2 };
    const baseline = await run('sleep 100\n', given);
    const after = await run(pytest('test_new'), { ...given, baseline });
    expect(after.blamed).toBeUndefined();
    expect(after.results[0]).toMatchObject({
      outcome: 'skipped',
      summary: 'was broken before: did not end within 0 s',
    });
  });

  describe('decides by the baseline', () => {
    const policy = (
      baseline: VerifyOptions['policy'],
      unverified: 'skip' | 'allow' = 'skip',
    ) => ({ baseline, unverified, timeoutSeconds: 1 });

    it('that a target which was broken before is left alone, where the campaign requires it', async () => {
      const red = await run(pytest('test_old'), options('required'));
      expect(decideBaseline(red, policy('required'))).toMatchObject({
        goOn: false,
        kind: 'baseline-failed',
        message: expect.stringMatching(
          /^Was broken before: the check "tests" fails before any change: AssertionError/,
        ),
      });
      expect(decideBaseline(red, policy('compare'))).toMatchObject({
        goOn: true,
        warning: expect.stringContaining('only what is new'),
      });
    });

    it('never to hold a target up for its form', async () => {
      const red = await run('exit 1\n', options('required', [lint]));
      expect(decideBaseline(red, policy('required'))).toEqual({ goOn: true });
    });

    it.each<[string, string, VerifyOptions['policy'], boolean]>([
      ['tests that pass', pytest(), 'required', true],
      ['tests that fail and are compared', pytest('test_old'), 'compare', true],
      ['tests that fail and are left out', pytest('test_old'), 'ignore', false],
    ])(
      'whether tokens may be spent, with %s',
      async (_, script, how, allowed) => {
        const baseline = await run(script, options(how));
        expect(decideAgent(baseline, policy(how)).allowed).toBe(allowed);
      },
    );

    it.each([
      ['no check at all', [], 'the repository has no check'],
      [
        'a check that cannot be run',
        [{ ...test, unavailable: 'mvn is not on this machine' }],
        '"tests" is not run (mvn is not on this machine)',
      ],
      ['checks of form alone', [lint], '"lint" checks only its form'],
    ])(
      'to spend none with %s, unless the campaign allows it',
      async (_, checks, why) => {
        const baseline = await run('exit 0\n', options('required', checks));
        const decision = decideAgent(baseline, policy('required'));
        expect(decision).toMatchObject({ allowed: false });
        expect(JSON.stringify(decision)).toContain(why.replaceAll('"', '\\"'));
        expect(
          decideAgent(baseline, policy('required', 'allow')),
        ).toMatchObject({ allowed: true, warning: expect.any(String) });
      },
    );
  });

  describe('tells an agent', () => {
    it('shortly that all is well', async () => {
      const state = await run(pytest(), options('required', [test, lint]));
      expect(renderVerification(state)).toEqual({
        ok: true,
        text: 'Verification passed: tests, lint.',
      });
    });

    it('only the errors that matter', async () => {
      const state = await compare(
        pytest('test_old'),
        `echo noise\necho "Downloading x"\n${pytest('test_old', 'test_new')}`,
      );
      const { ok, text } = renderVerification(state);
      expect(ok).toBe(false);
      expect(text).toMatch(
        /^"tests" failed:\ntest_a.py:3: test_new: AssertionError: \d+$/,
      );
    });

    it('no more than its budget', async () => {
      const many = Array.from({ length: 500 }, (_, at) => `test_${at}`);
      const state = await run(pytest(...many), options('required'));
      const { text } = renderVerification(state, 200);
      expect(text.length).toBeLessThan(200 * 4);
      expect(text).toMatch(/\(and \d+ more\)$/);
    });
  });
});

describe('newFailures', () => {
  const failure = fc
    .record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      count: fc.integer({ min: 1, max: 3 }),
    })
    .map(
      ({ name, count }): Failure => ({
        fingerprint: name,
        count,
        error: { tool: 'x', rank: 'cause', message: name },
      }),
    );
  const run = fc.uniqueArray(failure, { selector: each => each.fingerprint });

  it('is empty for the same run, all for a clean one, and never holds what was there as often', () => {
    fc.assert(
      fc.property(run, run, (before, after) => {
        expect(newFailures(after, after)).toEqual([]);
        expect(newFailures([], after)).toEqual(after);
        const known = new Map(
          before.map(each => [each.fingerprint, each.count]),
        );
        for (const { fingerprint, count } of newFailures(before, after)) {
          expect(count).toBeGreaterThan(known.get(fingerprint) ?? 0);
        }
      }),
    );
  });
});
