import { VerificationResult } from '@skein/plugin-campaigns-common';
import { pairChecks } from './pairChecks';

function check(name: string, outcome: 'passed' | 'failed'): VerificationResult {
  return { name, source: 'skein', outcome, summary: '', durationMs: 1 };
}

describe('pairChecks', () => {
  it('puts the same check before and after side by side, and keeps the lone ones', () => {
    const pairs = pairChecks(
      [check('parse', 'passed'), check('tests', 'passed')],
      [check('clean', 'passed'), check('parse', 'failed')],
    );
    expect(
      pairs.map(({ name, before, after }) => [
        name,
        before?.outcome,
        after?.outcome,
      ]),
    ).toEqual([
      ['parse', 'passed', 'failed'],
      ['tests', 'passed', undefined],
      ['clean', undefined, 'passed'],
    ]);
  });
});
