import {
  fitsQueryPath,
  fitsQueryRepository,
  searchExtensions,
  searchPath,
} from './fitsQuery';

const query = 'users_v1';

describe('fitsQueryPath', () => {
  it.each([
    [{}, 'any/file', true],
    [{ languages: ['sql' as const] }, 'models/a.SQL', true],
    [{ languages: ['sql' as const] }, 'models/a.sql.j2', false],
    [{ languages: ['sql' as const], extensions: ['j2'] }, 'a.sql.j2', true],
    [{ extensions: ['sql'] }, 'sql', false],
    [{ extensions: ['sql'] }, 'folder.sql/README', false],
    [{ path: '/models/' }, 'models/a.sql', true],
    [{ path: 'models' }, 'models_old/a.sql', false],
    [{ path: 'models/a.sql' }, 'models/a.sql', true],
    [{ path: 'models', extensions: ['yml'] }, 'models/a.sql', false],
  ])('%j in %s: %s', (filter, path, expected) => {
    expect(fitsQueryPath({ query, ...filter }, path)).toBe(expected);
  });
});

describe('fitsQueryRepository', () => {
  const repository = { host: 'github.com', owner: 'acme', name: 'ads' };

  it.each([
    [undefined, true],
    ['acme/ads', true],
    ['acme/web', false],
    [['acme/web', 'github.com/*/ads'], true],
    [['acme/web', 'acme/ap*'], false],
  ])('%j: %s', (pattern, expected) => {
    expect(
      fitsQueryRepository({ query, repository: pattern }, repository),
    ).toBe(expected);
  });
});

it('joins the extensions of languages with those that are named', () => {
  expect(
    searchExtensions({
      query,
      languages: ['yaml'],
      extensions: ['SQL', 'yml'],
    }),
  ).toEqual(['sql', 'yaml', 'yml']);
  expect(searchExtensions({ query })).toBe(undefined);
  expect(searchPath({ query, path: '//a/b/' })).toBe('a/b');
});
