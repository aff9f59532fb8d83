import fc from 'fast-check';
import { fromConversation, GraphqlConversation } from './mapComments';

const comment = (id: string, more: object = {}) => ({
  id,
  url: `https://github.com/acme/warehouse/pull/1#${id}`,
  body: id,
  createdAt: '2026-01-01T00:00:00Z',
  author: { __typename: 'User', login: 'alice' },
  ...more,
});

const list = <T>(nodes: T[], hasPreviousPage = false) => ({
  pageInfo: { hasPreviousPage },
  nodes,
});

const review = (id: string, more: object = {}) => ({
  ...comment(id),
  state: 'COMMENTED',
  comments: list<any>([]),
  ...more,
});

describe('fromConversation', () => {
  it('knows people, bots, those that are gone, and ourselves', () => {
    const bot = (login: string) => ({
      author: { __typename: 'Bot', login },
    });
    const { comments } = fromConversation(
      {
        comments: list([
          comment('person'),
          comment('other', bot('renovate')),
          comment('ours', bot('Skein')),
          comment('namesake', {
            author: { __typename: 'User', login: 'skein' },
          }),
          comment('gone', { author: null }),
        ]),
        reviews: null,
      },
      'skein[bot]',
    );
    expect(
      comments.map(({ id, author, bot: is, own }) => [id, author, is, own]),
    ).toEqual([
      ['person', 'alice', false, false],
      ['other', 'renovate[bot]', true, false],
      ['ours', 'Skein[bot]', true, true],
      ['namesake', 'skein', false, false],
      ['gone', 'ghost', false, false],
    ]);
  });

  it('has places of comments on lines, and nothing of reviews that are not submitted', () => {
    const line = (id: string, more: object) =>
      comment(id, { path: 'a.sql', line: null, originalLine: null, ...more });
    const { comments } = fromConversation(
      {
        comments: list([comment('empty', { body: ' \n' })]),
        reviews: list([
          review('whole', {
            comments: list([
              line('now', { line: 3, originalLine: 2 }),
              line('outdated', { originalLine: 7 }),
              line('file', {}),
            ]),
          }),
          review('secret', {
            state: 'PENDING',
            comments: list([line('unsent', { line: 1 })]),
          }),
        ]),
      },
      'skein[bot]',
    );
    expect(comments.map(({ id, file, line: at }) => [id, file, at])).toEqual([
      ['whole', undefined, undefined],
      ['now', 'a.sql', 3],
      ['outdated', 'a.sql', 7],
      ['file', 'a.sql', undefined],
    ]);
  });

  it('says since when it has all, where it has not', () => {
    const at = (day: number) => ({ createdAt: `2026-01-0${day}T00:00:00Z` });
    const since = (conversation: GraphqlConversation) =>
      fromConversation(conversation, 'skein[bot]').completeSince;
    const inLine = comment('c', {
      path: 'a',
      line: 1,
      originalLine: 1,
      ...at(5),
    });
    expect(since({ comments: list([comment('a')]), reviews: list([]) })).toBe(
      undefined,
    );
    expect(
      since({
        comments: list([comment('a', at(2)), comment('b', at(6))], true),
        reviews: list([review('r', { ...at(3), comments: list([inLine]) })]),
      }),
    ).toBe(at(2).createdAt);
    expect(
      since({
        comments: list([comment('a', at(2))], true),
        reviews: list(
          [review('r', { ...at(3), comments: list([inLine], true) })],
          true,
        ),
      }),
    ).toBe(at(5).createdAt);
  });

  it('cuts whatever somebody wrote', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.nat(70_000),
        (part, size) => {
          const body = part.repeat(size).slice(0, 70_000);
          const { comments } = fromConversation(
            { comments: list([comment('a', { body })]), reviews: null },
            'skein[bot]',
          );
          for (const { text } of comments) {
            expect(text.length).toBeLessThanOrEqual(8_000);
            expect(body.startsWith(text)).toBe(true);
          }
        },
      ),
    );
  });
});
