import { safeAddress } from './safeAddress';

describe('safeAddress', () => {
  it('takes addresses of the web alone', () => {
    expect(safeAddress('https://forge.example/a/b/pull/1#r2')).toBe(
      'https://forge.example/a/b/pull/1#r2',
    );
    expect(safeAddress(undefined)).toBeUndefined();
    expect(safeAddress('/campaigns')).toBeUndefined();
    expect(safeAddress(`${'java'}script:alert(1)`)).toBeUndefined();
    expect(safeAddress('data:text/html,<b>')).toBeUndefined();
  });
});
