import { applyPatch } from 'diff';
import fc from 'fast-check';
import { compareDocuments } from './compareDocuments';

const documents = (text: string) => [
  { name: 'Prompt', language: 'markdown' as const, text },
];
const lines = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
  .map(each => each.map(line => `${line}\n`).join(''));

describe('compareDocuments', () => {
  it('gives patches that make one text of the other', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const [difference] = compareDocuments(
          documents(before),
          documents(after),
        );
        expect(difference ? applyPatch(before, difference.patch) : before).toBe(
          after,
        );
      }),
    );
  });

  it('says nothing of what is the same, and names what came and went', () => {
    expect(compareDocuments(documents('a\n'), documents('a\n'))).toEqual([]);
    const mapping = { name: 'Mapping', language: 'yaml' as const, text: 'a\n' };
    expect(
      compareDocuments([mapping], documents('b\n')).map(({ name }) => name),
    ).toEqual(['Prompt', 'Mapping']);
  });

  it('gives up on a short patch of texts that have nothing in common', () => {
    const text = (word: string) =>
      Array.from({ length: 1_500 }, (_, line) => `${word} ${line}\n`).join('');
    const [{ patch }] = compareDocuments(
      documents(text('old')),
      documents(text('new')),
    );
    expect(patch).toContain('@@ -1,1500 +1,1500 @@\n-old 0\n');
    expect(applyPatch(text('old'), patch)).toBe(text('new'));
  });
});
