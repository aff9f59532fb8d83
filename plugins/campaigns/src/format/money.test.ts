import { formatMoney, formatShare, formatTokens } from './money';

describe('money', () => {
  it('is never nothing where something was spent', () => {
    expect(formatMoney(0, 'USD')).toBe('$0.00');
    expect(formatMoney(0.000_2, 'USD')).toBe('under $0.01');
    expect(formatMoney(1234.567, 'EUR')).toBe('€1,234.57');
  });

  it('says shares and tokens in few figures', () => {
    expect([0, 0.001, 0.834, 0.999, 1].map(formatShare)).toEqual([
      '0 %',
      '1 %',
      '83 %',
      '99 %',
      '100 %',
    ]);
    expect([12, 380_400, 1_240_000].map(formatTokens)).toEqual([
      '12',
      '380 k',
      '1.2 M',
    ]);
  });
});
