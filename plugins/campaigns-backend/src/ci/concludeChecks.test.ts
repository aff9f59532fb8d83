import { CommitCheck } from '@skein/plugin-campaigns-node';
import fc from 'fast-check';
import {
  APPEAR_MILLISECONDS,
  CiSituation,
  concludeChecks,
  SETTLE_MILLISECONDS,
} from './concludeChecks';

const check = (name: string, state: CommitCheck['state']): CommitCheck => ({
  id: name,
  name,
  state,
});
const situation = (
  checks: CommitCheck[],
  more: Partial<CiSituation> = {},
): CiSituation => ({
  checks,
  elapsedMilliseconds: 60_000,
  settledMilliseconds: SETTLE_MILLISECONDS,
  timeoutMilliseconds: 3_600_000,
  ...more,
});
const states = fc.constantFrom<CommitCheck['state']>(
  'pending',
  'passing',
  'failing',
);
const situations: fc.Arbitrary<CiSituation> = fc.record(
  {
    checks: fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        name: fc.constantFrom('a', 'b', 'c'),
        state: states,
      }),
      { selector: ({ name }) => name },
    ),
    required: fc.uniqueArray(fc.constantFrom('a', 'b', 'd')),
    elapsedMilliseconds: fc.nat(2 * APPEAR_MILLISECONDS),
    settledMilliseconds: fc.nat(2 * SETTLE_MILLISECONDS),
    timeoutMilliseconds: fc.constant(1.5 * APPEAR_MILLISECONDS),
  },
  {
    requiredKeys: [
      'checks',
      'elapsedMilliseconds',
      'settledMilliseconds',
      'timeoutMilliseconds',
    ],
  },
);

describe('concludeChecks', () => {
  it('passes nothing that fails, is pending, or is required and missing', () => {
    fc.assert(
      fc.property(situations, given => {
        const { outcome } = concludeChecks(given);
        const wanted = ({ name }: { name: string }) =>
          given.required?.includes(name) ?? true;
        const open = given.checks.some(
          each => wanted(each) && each.state !== 'passing',
        );
        const missing = (given.required ?? []).some(
          name => !given.checks.some(each => each.name === name),
        );
        expect(outcome === 'passed' && (open || missing)).toBe(false);
      }),
    );
  });

  it('comes to an end once the time is over', () => {
    fc.assert(
      fc.property(situations, given => {
        const late = { ...given, elapsedMilliseconds: 2 * APPEAR_MILLISECONDS };
        expect(concludeChecks(late).outcome).not.toBe('wait');
      }),
    );
  });

  it.each<[string, CiSituation, string]>([
    ['waits for checks to appear', situation([]), 'wait'],
    [
      'goes on without CI where none appears',
      situation([], { elapsedMilliseconds: APPEAR_MILLISECONDS }),
      'absent',
    ],
    [
      'waits for the last one',
      situation([check('a', 'passing'), check('b', 'pending')]),
      'wait',
    ],
    [
      'waits for more to appear',
      situation([check('a', 'passing')], { settledMilliseconds: 1_000 }),
      'wait',
    ],
    [
      'passes once no more appear',
      situation([check('a', 'passing')]),
      'passed',
    ],
    [
      'waits for no more where it is told which count',
      situation([check('a', 'passing')], {
        required: ['a'],
        settledMilliseconds: 0,
      }),
      'passed',
    ],
    [
      'fails at once',
      situation([check('a', 'failing'), check('b', 'pending')]),
      'failed',
    ],
    [
      'leaves out what is not required',
      situation([check('a', 'passing'), check('b', 'failing')], {
        required: ['a'],
      }),
      'passed',
    ],
    [
      'does not take a required check for absent CI',
      situation([], {
        required: ['a'],
        elapsedMilliseconds: APPEAR_MILLISECONDS,
      }),
      'wait',
    ],
  ])('%s', (_, given, outcome) => {
    expect(concludeChecks(given).outcome).toBe(outcome);
  });
});
