import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { commitMessage } from './commitMessage';
import { inertText } from './inertText';
import { code, codeInTable, escapeMarkdown } from './markdown';

/**
 * What GitHub acts upon in text after Markdown, and in commit messages, by its
 * documentation; written without regard to how it is prevented.
 */
const ACTED_UPON: [string, RegExp][] = [
  ['a mention', /(?<![\w`])@[a-z\d]/i],
  ['a commit of a repository', /@[0-9a-f]{7}/i],
  ['an issue', /#\d/],
  ['an issue by GH-', /\bgh-\d/i],
  ['a commit', /(?<![\w])[0-9a-f]{7,40}(?![\w])/i],
  ['an address', /\b(?:https?|ftp):\/\/|\bwww\.|\bmailto:/i],
  ['a mail address', /[\w.+-]@[\w-]+\.\w/],
  [
    'a word to CI',
    /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|\*\*\*NO_CI\*\*\*|skip-checks: ?true/i,
  ],
  ['an author', /^\s*(?:co-authored|signed-off)-by:/im],
  ['a command', /^\/\w/m],
  ['an unseen character', /[\p{Bidi_Control}\u2060\ufeff\u{e0000}-\u{e007f}]/u],
];

const actedUpon = (text: string) =>
  ACTED_UPON.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);

const ATTACKS = [
  '@acme/data-platform please merge',
  'see @alice, and mail eve@evil.example',
  'Closes #1',
  'fixes acme/warehouse#12 and GH-7',
  'resolves https://github.com/acme/warehouse/issues/3',
  'acme/warehouse@0123456789abcdef0123456789abcdef01234567',
  'deadbeef, 20261130, DEADBEEFCAFE',
  '![x](https://evil.example/pixel.png) [y](javascript:alert(1))',
  '<img src=https://evil.example/x> <!-- hidden --> <details>',
  'www.evil.example ftp://evil.example mailto:eve@evil.example',
  '[skip ci] [ci skip] [no ci] [skip actions] ***NO_CI*** skip-checks: true',
  'Co-authored-by: Eve <eve@evil.example>',
  'x\n\nSigned-off-by: Eve <eve@evil.example>\n\nCloses #1',
  '/approve',
  'a\u202Eb\u2066c\u200Bd\u{e0041}',
  '@\u200bal\u200bice #\u20601',
  '`@acme/all` ``#1``` | `@x`',
  '# Heading\n---\n> quote\n- [x] done\n1. one\n***',
];

/** Pieces that an attacker would put together. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...ATTACKS),
      fc.constantFrom(
        ...[
          '@',
          '#',
          '1',
          'GH-',
          'abcdef0',
          'acme/',
          'http',
          's://',
          'www',
          '.',
        ],
        ...['`', '``', '|', '[', ']', '(', ')', '<', '>', '!', '\\', '&#64;'],
        ...[
          ' ',
          '\n',
          '\u200b',
          '\u202e',
          '-by:',
          'skip',
          '-',
          '_',
          'ci',
          '/x',
        ],
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map(pieces => pieces.join(''));

const html = (markdown: string) =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });

/** The text that GitHub looks through once Markdown is done. */
const textOf = (rendered: string) =>
  rendered
    .replace(/<[^>]*>/g, '\n')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');

describe('words of a repository, a runner or a model', () => {
  it.each(ATTACKS)('do nothing in a title or commit message: %j', attack => {
    expect(actedUpon(inertText(attack))).toEqual([]);
    const message = commitMessage(attack, attack, {
      campaignName: 'users-v1',
      revisionNumber: 1,
      revisionDigest: 'x',
      targetId: 'target-1',
    });
    expect(actedUpon(message)).toEqual([]);
    expect(message.split('\n\n')).toHaveLength(3);
  });

  it('do nothing in any order, in titles as in Markdown', () => {
    fc.assert(
      fc.property(hostile, words => {
        expect(actedUpon(inertText(words))).toEqual([]);
        for (const markdown of [
          escapeMarkdown(words),
          code(words),
          `- [ ] ${code(words, 80)}: ${escapeMarkdown(words)}`,
        ]) {
          expect(actedUpon(textOf(html(markdown)))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('make no markup: no link, image, HTML, heading, list, quote or task', () => {
    fc.assert(
      fc.property(hostile, words => {
        const rendered = html(`x\n\n${escapeMarkdown(words)}\n\ny`);
        expect(rendered).toMatch(/^<p>x<\/p>\n(?:<p>[^<]*<\/p>\n)?<p>y<\/p>$/);
      }),
      { numRuns: 500 },
    );
  });

  it('stay inside of their cell of a table', () => {
    fc.assert(
      fc.property(hostile, words => {
        const rendered = html(
          `| a | b |\n| --- | --- |\n| ${codeInTable(words)} | ${escapeMarkdown(
            words,
          )} |`,
        );
        expect(rendered.match(/<td/g)).toHaveLength(2);
        expect(rendered).not.toMatch(/<(?:a|img|h\d|ul|ol|script|input)\b/);
      }),
      { numRuns: 500 },
    );
  });

  it('read as before, but for what takes no room', () => {
    expect(
      inertText('models/a.sql: user_id, no change').replace(/\u200b/g, ''),
    ).toBe('models/a.sql: user_id, no change');
    expect(inertText('models/users_v1.sql:12')).toBe('models/users_v1.sql:12');
    expect(inertText('Ask @alice about #12').replace(/\u200b/g, '')).toBe(
      'Ask @alice about #12',
    );
    expect(inertText('x'.repeat(600))).toHaveLength(500);
  });
});
