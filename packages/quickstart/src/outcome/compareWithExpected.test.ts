import { Expectation } from '../example/expectations';
import { aTarget } from '../testing/targets';
import { compareWithExpected } from './compareWithExpected';

const expectation = (values: Partial<Expectation>): Expectation => ({
  campaign: 'retire-users-v1',
  repository: 'meridian/year-in-music',
  path: '',
  owner: 'group:default/insights',
  state: 'failed',
  ...values,
});

describe('compareWithExpected', () => {
  it('finds nothing where every target is where it is expected', () => {
    expect(
      compareWithExpected([aTarget({ state: 'failed' })], [expectation({})]),
    ).toEqual([]);
  });

  it('tells two targets of one repository apart', () => {
    const differences = compareWithExpected(
      [
        aTarget({ name: 'ads', path: 'a', state: 'prOpen' }),
        aTarget({ name: 'ads', path: 'b', state: 'noChanges' }),
      ],
      [
        expectation({ repository: 'meridian/ads', path: 'a', state: 'prOpen' }),
        expectation({ repository: 'meridian/ads', path: 'b', state: 'prOpen' }),
      ],
    );

    expect(differences).toEqual([
      {
        target: 'meridian/ads//b',
        expected: 'prOpen',
        actual: 'noChanges',
        reason: '',
      },
    ]);
  });

  it('reports a target that is missing and one that nobody expected', () => {
    const differences = compareWithExpected(
      [aTarget({ name: 'extra', state: 'failed', stateReason: 'why' })],
      [expectation({ repository: 'meridian/gone', state: 'verified' })],
    );

    expect(differences).toEqual([
      {
        target: 'meridian/extra',
        expected: 'no such target',
        actual: 'failed',
        reason: 'why',
      },
      {
        target: 'meridian/gone',
        expected: 'verified',
        actual: 'no such target',
        reason: '',
      },
    ]);
  });
});
