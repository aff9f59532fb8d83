import fc from 'fast-check';
import { codeownersOf, parseCodeowners } from './codeowners';

/** The example of GitHub's own documentation, with its meaning. */
const documented = `
# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
`;

describe('codeowners', () => {
  it.each([
    ['README.md', ['@global-owner1', '@global-owner2']],
    ['src/deep/a.js', ['@js-owner']],
    ['a.go', ['docs@example.com']],
    ['x/y.txt', ['@octo-org/octocats']],
    ['build/logs/today', ['@octocat']],
    ['other/build/logs/today', ['@octocat']],
    ['docs/getting-started.md', ['@doctocat']],
    ['more/apps/x.rb', ['@octocat']],
    ['scripts/run.sh', ['@doctocat', '@octocat']],
    ['apps/web/a.rb', ['@octocat']],
    ['apps/github/a.rb', []],
  ])('gives the owners of %s', (path, owners) => {
    expect(codeownersOf(parseCodeowners(documented), path)).toEqual(owners);
  });

  it.each([
    ['docs/*', 'docs/a.md', true],
    ['docs/*', 'docs/build/a.md', false],
    ['docs/*', 'x/docs/a.md', false],
    ['/models', 'models/a.sql', true],
    ['/models', 'x/models/a.sql', false],
    ['models/', 'x/models/a.sql', true],
    ['models/', 'models', false],
    ['*.sql', 'a/b/c.sql', true],
    ['/*.sql', 'a/c.sql', false],
    ['a/**/c.sql', 'a/c.sql', true],
    ['a/**/c.sql', 'a/b/b/c.sql', true],
    ['a/**', 'a/b/c', true],
    ['a/**', 'a', false],
    ['data?.csv', 'data1.csv', true],
    ['a\\ b.sql', 'a b.sql', true],
    ['a.b', 'axb', false],
    ['!a', '!a', false],
    ['[ab]', 'a', false],
  ])('%s and %s: %s', (pattern, path, matches) => {
    const rules = parseCodeowners(`${pattern} @owner`);
    expect(codeownersOf(rules, path)).toEqual(matches ? ['@owner'] : []);
  });

  it('reads anything, without taking long', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('*', '/', 'a', '?', '\\', ' ') }),
        fc.string({ unit: fc.constantFrom('/', 'a') }),
        (pattern, path) => {
          const owners = codeownersOf(
            parseCodeowners(`${pattern} @owner`),
            path,
          );
          expect(owners).not.toContain('');
        },
      ),
    );
    const hostile = parseCodeowners(`${'**/'.repeat(300)}x @owner`);
    codeownersOf(hostile, `${'a/'.repeat(100)}b`);
  });
});
