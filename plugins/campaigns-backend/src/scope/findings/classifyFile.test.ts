import { answerYaml, Reference } from '@skein/mapping-rewriter';
import { CampaignDataset } from '@skein/plugin-campaigns-common';
import fc from 'fast-check';
import { classifyFile } from './classifyFile';
import { commentRanges } from './commentRanges';
import { RetiredNames } from './RetiredNames';

const dataset = (
  from: string,
  mapping: Partial<CampaignDataset['mapping']> = {},
): CampaignDataset => ({
  from,
  to: 'acme.user_data.users_v2',
  mapping: { from, to: 'acme.user_data.users_v2', columns: [], ...mapping },
});
const names = RetiredNames.of([
  dataset('acme.user_data.users_v1', {
    models: [{ from: 'stg_users', to: 'stg_users_v2' }],
    sources: [{ from: 'raw.users', to: 'raw.users_v2' }],
  }),
  dataset('acme.user_data.sessions_v1_*'),
]);

const reference = (
  name: string,
  line: number,
  access: 'read' | 'write' = 'read',
): Reference => ({
  file: 'a.sql',
  span: { start: 0, end: 0, line, column: 1 },
  dataset: name,
  access,
  confidence: 'certain',
});

describe('RetiredNames', () => {
  it.each([
    ['acme.user_data.users_v1', true],
    ['`Acme`.user_data.USERS_V1', true],
    ['user_data.users_v1', true],
    ['users_v1', false],
    ['acme.partner_feeds.users_v1', false],
    ['other.user_data.users_v1', false],
    ['acme.user_data.sessions_v1_20260131', true],
    ['user_data.sessions_v1_2026*', true],
    ['acme.user_data.sessions_v1', false],
    ['ref:stg_users', true],
    ['ref:users_v1', false],
    ['source:raw.users', true],
    ['source:user_data.users_v1', true],
    ['source:feeds.users_v1', false],
  ])('%s: %s', (name, expected) => {
    expect(names.includes(name)).toBe(expected);
  });

  it('takes a longer name for a campaign that leaves the project out', () => {
    const short = RetiredNames.of([dataset('user_data.users_v1')]);
    expect(short.includes('acme.user_data.users_v1')).toBe(true);
    expect(short.includes('acme.other_user_data.users_v1')).toBe(false);
  });
});

function proseOf(path: string, text: string) {
  if (!/\.ya?ml$/.test(path)) return [];
  try {
    return answerYaml('prose', text);
  } catch (error) {
    return error as Error;
  }
}

describe('classifyFile', () => {
  const classify = (path: string, text: string, references: Reference[] = []) =>
    classifyFile(
      { path, text, prose: proseOf(path, text) },
      [1],
      references,
      names,
    );

  it('believes resolved references, reads before writes', () => {
    expect(
      classify('a.sql', 'x', [
        reference('acme.user_data.users_v1', 7, 'write'),
        reference('user_data.users_v1', 9),
        reference('acme.other.users_v1', 4),
        reference('user_data.users_v1', 3),
      ]),
    ).toEqual({ kind: 'reads', detail: 'reads it', lines: [3, 9] });
    expect(
      classify('a.sql', 'x', [
        reference('acme.user_data.users_v1', 7, 'write'),
      ]),
    ).toMatchObject({ kind: 'writes', lines: [7] });
  });

  it.each([
    ['a SQL comment', 'a.sql', 'select 1 -- was users_v1\n'],
    ['a SQL block', 'a.sql', '/* from\n users_v1 */ select 1'],
    ['a hash comment', 'a.sql', '# users_v1\nselect 1'],
    ['a Jinja comment', 'a.sql', '{#- moved off\n users_v1 -#} select 1'],
    ['a Python comment', 'a.py', 'x = 1  # users_v1\n'],
    ['a Scala comment', 'A.scala', 'val a = 1 // users_v1\n'],
    ['a YAML comment', 'a.yaml', 'a: 1 # users_v1\n'],
    [
      'a YAML description',
      'a.yml',
      'description: |\n  Replaces users_v1\n  soon\n',
    ],
    ['a readme', 'README', 'users_v1'],
    ['a document', 'docs/a.md', 'select * from user_data.users_v1'],
  ])('calls %s a mention', (_name, path, text) => {
    expect(classify(path, text).kind).toBe('mention');
  });

  it.each([
    ['another dataset', 'from `acme.partner_feeds.users_v1` as f'],
    ['another table', 'from user_data.users_v1_archive'],
    ['another prefix', 'from staging.old_users_v1'],
    ['the table whose shards are retired', 'from x.sessions_v1'],
  ])('tells %s apart', (_name, text) => {
    expect(classify('a.sql', text).kind).toBe('other');
  });

  it.each([
    ['a name built at run time', 'a.py', 'table = f"{project}.{d}.users_v1"'],
    ['a bare name', 'a.yaml', 'table: users_v1'],
    ['a string that a comment mark is in', 'a.sql', "select '-- ', users_v1"],
    ['an unknown language', 'a.xyz', '# users_v1'],
    ['a full name that did not resolve', 'a.py', 'q("user_data.users_v1")'],
    ['a query that matched something else', 'a.sql', 'select 1'],
  ])('leaves %s to a person', (_name, path, text) => {
    expect(classify(path, text).kind).toBe('unclear');
  });

  it('looks at every place, wherever the search pointed', () => {
    expect(
      classify('a.py', '# users_v1\n\nrun("users_v1")\n# users_v1\n'),
    ).toMatchObject({ kind: 'unclear', lines: [3] });
  });

  it('leaves what could not be read to a person', () => {
    expect(
      classifyFile({ path: 'a.sql', text: undefined }, [4], [], names),
    ).toMatchObject({ kind: 'unclear', lines: [4] });
  });

  it('says of a file that is too much to read why a description is unclear', () => {
    const text = `description: users_v1\n${'- ['.repeat(1000)}`;
    expect(classify('a.yaml', text)).toEqual({
      kind: 'unclear',
      detail: expect.stringMatching(
        /could not be told.*nests more than 100 levels; flatten it/,
      ),
      lines: [1],
    });
  });

  it('takes any text, and time that grows with it alone', () => {
    const piece = fc.constantFrom(
      'users_v1',
      "'",
      '"',
      '"""',
      '--',
      '#',
      '/*',
      '*/',
      '{#',
      '#}',
      '\n',
      ' ',
      '.',
      '`',
      '\\',
      'acme.user_data.',
      ': ',
      '- ',
      '|',
      'é',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }).map(parts => parts.join('')),
        fc.constantFrom('sql', 'py', 'yaml', 'scala', 'sh', 'bin'),
        (text, extension) => {
          const lines = text.split('\n').length;
          for (const line of classify(`a.${extension}`, text).lines) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(lines);
          }
          const ranges = commentRanges(`a.${extension}`, text) ?? [];
          const ends = ranges.flat();
          expect(ends).toEqual([...ends].sort((a, b) => a - b));
          expect(Math.max(0, ...ends)).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 500 },
    );
    expect(classify('a.sql', 'users_v1'.repeat(100_000)).kind).toBe('other');
    expect(classify('a.yaml', '- ['.repeat(100_000)).kind).toBe('unclear');
  });
});
