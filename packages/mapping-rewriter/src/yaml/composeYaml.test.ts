import fc from 'fast-check';
import { LineCounter, parseAllDocuments, parseDocument } from 'yaml';
import { answerYaml } from './answerYaml';
import { composeYaml, composeYamlDocument } from './composeYaml';
import { plainValue } from './plainValue';
import { YamlLimitError, yamlLimits } from './yamlLimits';

const pieces = [
  'a',
  'b: ',
  'c: 1\n',
  '- ',
  '\n',
  '  ',
  ' ',
  ': ',
  '? ',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '"',
  "'",
  '&x ',
  '*x',
  '|\n',
  '>-\n',
  '# c\n',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '!t ',
  '!!str ',
  '<<: ',
  '\\',
  '\t',
  '\r\n',
  'é',
  'yes',
  '0x1f',
  '~',
  '1e3',
];
const texts = fc
  .array(fc.constantFrom(...pieces), { maxLength: 40 })
  .map(each => each.join(''));

/** The limit that a text is beyond. */
function limitOf(read: () => unknown): YamlLimitError | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof YamlLimitError) return error;
    throw error;
  }
}

describe('composeYaml', () => {
  it('reads what the library reads, with its errors in their places', () => {
    fc.assert(
      fc.property(texts, text => {
        if (limitOf(() => composeYaml(text, { uniqueKeys: false }))) return;
        const own = composeYaml(text, { uniqueKeys: false });
        const library = parseAllDocuments(text, {
          logLevel: 'silent',
          uniqueKeys: false,
        });
        const documents = Array.isArray(library) ? library : [];
        const summary = (each: (typeof own)[number]) => ({
          value: each.errors.length === 0 && plainValue(each),
          range: each.range,
          errors: each.errors.map(({ code, pos }) => ({ code, pos })),
        });
        expect(own.map(summary)).toEqual(documents.map(summary));
      }),
      { numRuns: 3000 },
    );
  });

  it('finds the keys that a map has twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', '"a"', '1', "'1'", 'true', '~'), {
          maxLength: 8,
        }),
        keys => {
          const text = keys.map(key => `${key}: x\n`).join('');
          const codes = (document: { errors: Array<{ code: string }> }) =>
            document.errors.some(({ code }) => code === 'DUPLICATE_KEY');
          expect(codes(composeYamlDocument(text))).toBe(
            codes(parseDocument(text, { uniqueKeys: true })),
          );
        },
      ),
    );
    const lines = new LineCounter();
    const { errors } = composeYamlDocument('a: 1\nb: 2\na: 3\n', {
      lineCounter: lines,
    });
    expect(errors.map(({ message }) => message)).toEqual([
      'Map keys must be unique',
    ]);
    expect(lines.linePos(errors[0].pos[0])).toEqual({ line: 3, col: 1 });
  });

  it('says of a second document that only one is read', () => {
    expect(
      composeYamlDocument('a: 1\n---\nb: 1\n').errors.map(({ code }) => code),
    ).toEqual(['MULTIPLE_DOCS']);
    expect(composeYamlDocument('').toJS()).toBeNull();
  });

  const deep = (from: string) => `${'['.repeat(60)}${from}${']'.repeat(60)}`;

  it.each<[keyof typeof yamlLimits, string, number | undefined]>([
    ['characters', `# ${'a'.repeat(256 * 1024)}`, undefined],
    ['words', 'a: 1\n'.repeat(20_000), 5715],
    ['documents', '---\n'.repeat(501), 501],
    ['depth', `a: 1\nb: ${'['.repeat(101)}`, 2],
    ['depth', `a: &a ${deep('x')}\nb: ${deep('*a')}\n`, undefined],
    ['aliases', `- &a 1\n${'- *a\n'.repeat(200)}`, 201],
    ['values', `- &a [${'x,'.repeat(500)}]\n${'- *a\n'.repeat(90)}`, undefined],
    ['values', 'a: &a [*a]\n', undefined],
    ['errors', '- ]\n'.repeat(200), 51],
  ])('refuses a text beyond the limit of %s', (bound, text, line) => {
    expect(limitOf(() => composeYaml(text))).toMatchObject({
      bound,
      line,
      message: expect.stringMatching(/^The YAML .*; .+$/),
    });
  });
});

describe('answerYaml', () => {
  it('counts tests, with those that aliases stand for', () => {
    const text =
      'models:\n- tests: &t [a, b]\n- columns:\n  - data_tests: *t\nunit_tests: [c]\ntests: x\n';
    expect(answerYaml('tests', text)).toBe(5);
  });

  it('finds what is for people, in the order of the text', () => {
    const text = 'Title: one\nname: two\nmodels:\n- description: "three"\n';
    expect(
      answerYaml('prose', text).map(([from, to]) => text.slice(from, to)),
    ).toEqual(['one', '"three"']);
  });

  it('gives each document as a plain value, and none of what is no YAML', () => {
    expect(answerYaml('values', 'a: [1]\n---\nb\n')).toEqual([{ a: [1] }, 'b']);
    for (const text of [
      'a: [1',
      '*x',
      'a: 1\n---\n*x',
      '%YAML 1.1\n---\n<<: 1\n',
    ]) {
      expect([text, answerYaml('values', text)]).toEqual([text, []]);
    }
    expect(answerYaml('tests', 'tests: [a]\n---\ntests: [*x]\n')).toBe(1);
  });

  it('answers any text, or says which limit it is beyond', () => {
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom('tests', 'prose', 'values'),
        (text, question) => {
          const limit = limitOf(() => answerYaml(question, text));
          expect(limit?.message ?? '').not.toContain('undefined');
        },
      ),
      { numRuns: 2000 },
    );
  });
});
