import fc from 'fast-check';
import { parseForgeEvent } from './parseForgeEvent';

const repository = { host: 'github.com', owner: 'acme', name: 'warehouse' };

describe('parseForgeEvent', () => {
  it('takes events of the right shape, without what else they carry', () => {
    expect(
      parseForgeEvent({
        type: 'pullRequestChanged',
        repository: { ...repository, extra: 1 },
        number: 3,
        state: 'merged',
      }),
    ).toEqual({ type: 'pullRequestChanged', repository, number: 3 });
    const about = { type: 'pullRequestChanged', repository, number: 3 };
    expect(parseForgeEvent({ ...about, said: true })?.said).toBe(true);
    expect(parseForgeEvent({ ...about, said: 'all of it' })).toEqual(about);
    expect(
      parseForgeEvent({ type: 'pushed', repository, branch: 'main' }),
    ).toEqual({ type: 'pushed', repository, branch: 'main' });
  });

  it('refuses anything else without failing', () => {
    fc.assert(
      fc.property(fc.anything(), payload => {
        expect(parseForgeEvent(payload)).toBe(undefined);
      }),
    );
    for (const number of [0, -1, 1.5, '1', null]) {
      expect(
        parseForgeEvent({ type: 'pullRequestChanged', repository, number }),
      ).toBe(undefined);
    }
  });
});
