import fc from 'fast-check';
import { textMatches } from '../rest/routes/search';
import { matchesPath, parseCodeQuery } from './codeQuery';

describe('code search', () => {
  it('reads words, phrases and qualifiers', () => {
    expect(
      parseCodeQuery(
        '"user_data.users_v1" select org:Acme repo:acme/pipelines path:models language:sql filename:a extension:.yml ref(x) foo:bar in:file',
      ),
    ).toEqual({
      terms: ['user_data.users_v1', 'select', 'ref(x)', 'foo:bar'],
      owners: ['acme'],
      repositories: ['acme/pipelines'],
      path: 'models',
      filename: 'a',
      extensions: ['sql', 'yml'],
    });
  });

  it.each([
    ['x path:models', 'models/a.sql', true],
    ['x path:models', 'other/models/a.sql', false],
    ['x filename:schema', 'models/Schema.yml', true],
    ['x extension:sql', 'a.SQL', true],
    ['x language:yaml', 'a.yml', true],
    ['x language:yaml', 'yaml', false],
  ])('%s finds %s: %s', (query, path, found) => {
    expect(matchesPath(parseCodeQuery(query), path)).toBe(found);
  });

  it('marks what it found where it is, in any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('users_v1', ' ', '\n', 'x', 'USERS_V1', 'é')),
        parts => {
          for (const { fragment, matches } of textMatches(parts.join(''), [
            'users_v1',
          ])) {
            expect(matches.length).toBeGreaterThan(0);
            for (const { text, indices } of matches) {
              expect(fragment.slice(...indices)).toBe(text);
              expect(text.toLowerCase()).toBe('users_v1');
            }
          }
        },
      ),
    );
  });
});
