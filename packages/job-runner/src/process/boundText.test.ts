import fc from 'fast-check';
import { boundText } from './boundText';

describe('boundText', () => {
  it('keeps what fits, and else start and end, and says how much is gone', () => {
    expect(boundText('short', 100)).toBe('short');
    const text = `first\n${'middle\n'.repeat(1_000)}last`;
    const bounded = boundText(text, 400);
    expect(bounded).toMatch(/^first\n/);
    expect(bounded).toMatch(/last$/);
    expect(bounded).toContain(
      `[… ${text.length - 400} of ${text.length} bytes are cut here …]`,
    );
  });

  it('is bounded, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 500 }),
        fc.integer({ min: 40, max: 200 }),
        (text, bytes) => {
          const bounded = boundText(text, bytes);
          expect(Buffer.byteLength(bounded)).toBeLessThan(bytes + 80);
        },
      ),
    );
  });
});
