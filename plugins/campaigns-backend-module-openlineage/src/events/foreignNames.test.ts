import fc from 'fast-check';
import { readOwner } from './readOwner';
import { readSourceCodeLocation } from './readSourceCodeLocation';
import { wildcard } from './wildcard';

describe('wildcard', () => {
  it('finds what a regular expression would', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '\n') });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*') });
    fc.assert(
      fc.property(pattern, text, (each, name) => {
        const expression = each.replaceAll('.', '\\.').replaceAll('*', '[^]*');
        expect(wildcard(each)(name)).toBe(
          new RegExp(`^${expression}$`).test(name),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe('names in events', () => {
  const location = (address: string) =>
    readSourceCodeLocation({ type: 'git', url: address, path: address });

  it.each<[string, (text: string) => unknown]>([
    ['namespaces', wildcard('*a*a*a*a*b')],
    ['addresses of code', location],
    ['web addresses of code', text => location(`https://h/o/n/blob/${text}`)],
    ['owners', text => readOwner({ owners: [{ name: `team:${text}` }] })],
  ])('take as long as they are long, whatever they hold: %s', (_what, read) => {
    for (const piece of [
      'a',
      '/',
      'a/',
      '//a',
      '@',
      'a@',
      ':',
      '.',
      './',
      ' ',
    ]) {
      const text = `${piece.repeat(1024 ** 2 / piece.length)}!`;
      const before = process.cpuUsage();
      read(text);
      const { user } = process.cpuUsage(before);
      expect([piece, user < 1_000_000]).toEqual([piece, true]);
    }
  });
});
