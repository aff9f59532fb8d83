import fc from 'fast-check';
import { feedbackKey } from './feedbackKey';
import { foreignLine, foreignText } from './foreignText';

describe('feedbackKey', () => {
  it('is the same for the same words', () => {
    const key = feedbackKey('reviewer', 'Keep the CAST in line 12, please!');
    for (const text of [
      'keep the cast in line 7 please',
      '  Keep\nthe **CAST** in line, please…',
    ]) {
      expect(feedbackKey('reviewer', text)).toBe(key);
    }
    expect(key).toMatch(/^[0-9a-f]{64}$/);
  });

  it('tells other words, and who said them, apart', () => {
    const keys = [
      feedbackKey('reviewer', 'Keep the cast'),
      feedbackKey('agent', 'Keep the cast'),
      feedbackKey('reviewer', 'Keep the casts'),
      feedbackKey('reviewer', 'Behalte den Cast für Beträge'),
      feedbackKey('reviewer', '保留类型转换'),
      feedbackKey('reviewer', '👍'),
      feedbackKey('reviewer', '???'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does not change with case, numbers, punctuation and space', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }),
        fc.array(fc.stringMatching(/^[\s0-9.,;:!?()*_`'"-]{1,5}$/), {
          minLength: 1,
        }),
        (words, gaps) => {
          const between = (index: number) => gaps[index % gaps.length];
          const written = words
            .map((word, index) => `${word.toUpperCase()}${between(index)}`)
            .join(' ');
          expect(feedbackKey('agent', written)).toBe(
            feedbackKey('agent', words.join(' ')),
          );
        },
      ),
    );
  });
});

describe('foreignText', () => {
  it('takes out secrets, and what nobody sees', () => {
    expect(
      foreignText('a\u0000b\u001b[31m\u202Ec\r\nd\u2028e\tf \ud800g'),
    ).toBe('ab[31mc\nd\ne\tf g');
    expect(foreignText(`use ghp_${'a'.repeat(36)}`)).toBe('use [redacted]');
    expect(foreignLine('one\n\n two\u0000\tthree')).toBe('one two three');
  });

  it('keeps a megabyte short, whatever it is made of', () => {
    expect(foreignText('x'.repeat(1024 ** 2))).toHaveLength(4_000);
    const secret = `ghp_${'a'.repeat(36)}`;
    expect(foreignText(`${'x'.repeat(3_990)} ${secret}`)).not.toMatch(/ghp_/);
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 50 }),
        fc.nat(10_000),
        (part, times) => {
          const kept = foreignText(part.repeat(times));
          expect(kept.length).toBeLessThanOrEqual(4_000);
          expect(kept).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cs}\p{Bidi_Control}]/u);
          expect(foreignLine(part.repeat(times))).not.toMatch(/[\r\n\u2028]/);
        },
      ),
    );
  });
});
