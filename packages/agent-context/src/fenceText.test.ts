import fc from 'fast-check';
import { createFence, fenceText, inLine } from './fenceText';

const fence = createFence(new Uint8Array(16).fill(7));
const open = `<repository-data-${fence}>`;
const close = `</repository-data-${fence}>`;

/** What a repository could try: the marks, parts of them, and what is not seen. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        open,
        close,
        fence,
        fence.slice(0, 16),
        fence.slice(16),
        '<repository-data-',
        '</repository-data-',
        '>',
        '\n',
        '\r',
        '\u2028',
        '\u0085',
        '\u200b',
        '\u202e',
        '\ufeff',
        '[removed]',
        '```',
      ),
      fc.string(),
    ),
    { maxLength: 20 },
  )
  .map(parts => parts.join(''));

describe('text between fences', () => {
  it('never closes its fence nor opens another, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, text => {
        const fenced = fenceText(text, fence);
        expect(fenced.startsWith(`${open}\n`)).toBe(true);
        expect(fenced.endsWith(close)).toBe(true);
        expect(fenced.split(fence)).toHaveLength(3);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is one line without what is not seen where it is a name', () => {
    fc.assert(
      fc.property(hostile, text => {
        const line = inLine(text);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(line.length).toBeLessThanOrEqual(500);
      }),
      { numRuns: 1_000 },
    );
  });
});
