import fc from 'fast-check';
import { cutText, lastPart } from './cutText';

describe.each([
  ['cutText', cutText],
  ['lastPart', lastPart],
])('%s', (_, cut) => {
  it('is within its bound, and the text itself where that is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 12, max: 80 }),
        (text, bytes) => {
          const result = cut(text, bytes);
          expect(Buffer.byteLength(result)).toBeLessThanOrEqual(bytes);
          const fits = Buffer.byteLength(text) <= bytes;
          expect(result === text).toBe(fits);
          expect(result.includes('…')).toBe(!fits || text.includes('…'));
        },
      ),
    );
  });
});
