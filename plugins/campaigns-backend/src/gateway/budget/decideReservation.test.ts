import fc from 'fast-check';
import { decideReservation } from './decideReservation';
import { Amount } from './types';

const amount = fc.record({ nanos: fc.nat(100), tokens: fc.nat(100) });
const limit = fc.record({
  nanos: fc.option(fc.nat(250), { nil: undefined }),
  tokens: fc.option(fc.nat(250), { nil: undefined }),
});
const scopes = fc.tuple(
  ...(['campaign', 'run', 'job'] as const).map(scope =>
    fc.record({
      scope: fc.constant(scope),
      id: fc.constant(scope),
      limit,
      spent: amount,
      reserved: amount,
    }),
  ),
);
const fits = (
  all: ReturnType<(typeof scopes)['generate']>['value'],
  need: Amount,
  reserved: boolean,
) =>
  all.every(each =>
    (['nanos', 'tokens'] as const).every(
      unit =>
        each.spent[unit] + (reserved ? each.reserved[unit] : 0) + need[unit] <=
        (each.limit[unit] ?? Infinity),
    ),
  );

describe('decideReservation', () => {
  it('reserves what fits beside all reservations, waits for what fits beside none, refuses the rest', () => {
    fc.assert(
      fc.property(scopes, amount, (all, need) => {
        const { type } = decideReservation(all, need);
        expect(type === 'reserved').toBe(fits(all, need, true));
        expect(type === 'exceeded').toBe(!fits(all, need, false));
      }),
    );
  });

  it('says which budget has no room, and for what', () => {
    const nothing = { nanos: 0, tokens: 0 };
    expect(
      decideReservation(
        [
          {
            scope: 'campaign',
            id: 'c',
            limit: { nanos: 10 },
            spent: nothing,
            reserved: { nanos: 9, tokens: 0 },
          },
          {
            scope: 'job',
            id: 'j',
            limit: { tokens: 5 },
            spent: { nanos: 0, tokens: 4 },
            reserved: nothing,
          },
        ],
        { nanos: 2, tokens: 2 },
      ),
    ).toEqual({ type: 'exceeded', scope: 'job', unit: 'tokens' });
  });
});
