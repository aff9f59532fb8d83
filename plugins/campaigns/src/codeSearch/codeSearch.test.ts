import fc from 'fast-check';
import { parse } from 'yaml';
import { markText } from './markText';
import {
  noSearch,
  readSearch,
  toFields,
  toKind,
  toRequest,
  writeSearch,
} from './searchAddress';
import { draftOfSearch, searchYaml } from './searchYaml';

const fields = {
  query: 'users_v[12]',
  regex: true,
  kinds: ['sql', '.j2'],
  path: 'models',
  repositories: ['acme/*'],
  providers: ['built-in'],
};

describe('a search', () => {
  it('goes to the address of the page and comes back', () => {
    expect(readSearch(writeSearch(fields))).toEqual(fields);
    expect(readSearch(new URLSearchParams(''))).toEqual(noSearch);
    expect(writeSearch(noSearch).toString()).toBe('');
  });

  it('becomes the query of a campaign, and back', () => {
    const request = toRequest(fields);
    expect(request).toEqual({
      query: {
        query: 'users_v[12]',
        regex: true,
        languages: ['sql'],
        extensions: ['j2'],
        path: 'models',
        repository: 'acme/*',
      },
      providers: ['built-in'],
    });
    expect(toFields(request!)).toEqual({ ...fields, providers: [] });
    expect(
      toRequest({
        ...noSearch,
        query: ' users ',
        repositories: ['a/b', 'c/d'],
      }),
    ).toEqual({ query: { query: 'users', repository: ['a/b', 'c/d'] } });
    expect(toRequest({ ...noSearch, query: ' u ' })).toBe(undefined);
  });

  it.each([
    ['SQL', 'sql'],
    ['.sql', '.sql'],
    ['*.J2', '.j2'],
    ['cobol', '.cobol'],
    ['a b', undefined],
    ['', undefined],
  ])('takes %j for %s', (typed, expected) => {
    expect(toKind(typed)).toBe(expected);
  });

  it('is the same in YAML, alone and in a campaign to go on from', () => {
    const { query } = toRequest(fields)!;
    expect(parse(searchYaml(query))).toEqual({
      scope: { codeSearch: [query] },
    });
    expect(parse(draftOfSearch(query))).toMatchObject({
      kind: 'Campaign',
      scope: { codeSearch: [query] },
    });
  });
});

describe('markText', () => {
  it('marks what matches', () => {
    expect(markText('from users u', [[5, 10]])).toEqual([
      { text: 'from ', matches: false },
      { text: 'users', matches: true },
      { text: ' u', matches: false },
    ]);
    expect(markText('users', [])).toEqual([{ text: 'users', matches: false }]);
  });

  it('loses nothing of a text, whatever the ranges', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.tuple(fc.integer({ min: -3, max: 30 }), fc.nat(30))),
        (text, ranges) => {
          const pieces = markText(text, ranges);
          expect(pieces.map(piece => piece.text).join('')).toBe(text);
          expect(pieces.every(piece => piece.text !== '')).toBe(true);
        },
      ),
    );
  });
});
