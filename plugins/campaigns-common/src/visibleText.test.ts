import fc from 'fast-check';
import { visibleLine, visibleText } from './visibleText';

/** What a terminal obeys, what turns the order of text, and what is not seen. */
const unseen: Array<[string, string]> = [
  ...range(0x00, 0x1f),
  ...range(0x7f, 0x9f),
  ...range(0x200e, 0x200f),
  ...range(0x2028, 0x2029),
  ...range(0x202a, 0x202e),
  ...range(0x2066, 0x2069),
  ...range(0x061c, 0x061c),
  ...range(0xfeff, 0xfeff),
  ...range(0xe0041, 0xe0041),
  ['the first half of a character', '\ud83d'],
  ['the second half of a character', '\ude00'],
];

function range(from: number, to: number): Array<[string, string]> {
  return Array.from({ length: to - from + 1 }, (_, index) => [
    `U+${(from + index).toString(16).toUpperCase().padStart(4, '0')}`,
    String.fromCodePoint(from + index),
  ]);
}

const NOT_SEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

describe('a text of somebody else', () => {
  it.each(unseen)('holds no %s on one line', (_, character) => {
    expect(visibleLine(`a${character}b`)).toMatch(/^a ?b$/);
    expect(visibleLine(`${character}a${character}`)).toBe('a');
  });

  it('keeps its letters, marks and emoji, and on lines its lines', () => {
    const text = 'Beträge – 保留 👩‍💻 می‌خواهم עברית\tx';
    expect(visibleText(`${text}\r\nnext\u2028last`)).toBe(
      `${text}\nnext\nlast`,
    );
    expect(visibleLine(text)).toBe(text.replace('\t', ' '));
  });

  it('commands no terminal: colours, cursor, title, links', () => {
    for (const sequence of [
      '\u001b[31mred\u001b[0m',
      '\u001b[2J\u001b[1;1H',
      '\u001b]0;title\u0007',
      '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\',
      '\u009b31m',
      'true\rfalse',
      'true\b\b\b\bfalse',
    ]) {
      expect(visibleLine(sequence)).not.toMatch(NOT_SEEN);
      expect(visibleText(sequence)).not.toMatch(/(?!\n)\p{Cc}/u);
    }
  });

  it('is one line of bounded length, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.constantFrom(...unseen.map(([, character]) => character)),
          ),
        ),
        fc.integer({ min: 1, max: 40 }),
        (parts, length) => {
          const line = visibleLine(parts.join(''), length);
          expect(line).not.toMatch(NOT_SEEN);
          expect(line.length).toBeLessThanOrEqual(length);
          expect(visibleLine(line, length)).toBe(line);
          expect(visibleText(parts.join(''))).not.toMatch(
            /(?![\n\t])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u,
          );
        },
      ),
    );
  });

  it('takes no more time for a megabyte of what is not seen', () => {
    expect(visibleLine('\u202e'.repeat(2 ** 20))).toBe('');
    expect(visibleText('\u001b '.repeat(2 ** 19)).trim()).toBe('');
  });
});
