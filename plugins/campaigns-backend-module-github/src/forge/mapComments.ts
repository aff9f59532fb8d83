import {
  MOST_COMMENT_CHARACTERS,
  PullRequestComment,
} from '@skein/plugin-campaigns-node';

interface Connection<T> {
  pageInfo: { hasPreviousPage: boolean };
  nodes: Array<T | null> | null;
}

interface GraphqlComment {
  id: string;
  url: string;
  body: string;
  createdAt: string;
  author: { __typename: string; login: string } | null;
}

/** A conversation as {@link queryComments} asks for it. */
export interface GraphqlConversation {
  comments: Connection<GraphqlComment>;
  reviews: Connection<
    GraphqlComment & {
      state: string;
      comments: Connection<
        GraphqlComment & {
          path: string;
          line: number | null;
          originalLine: number | null;
        }
      >;
    }
  > | null;
}

/** What a GraphQL answer says of a conversation. */
export function fromConversation(
  { comments, reviews }: GraphqlConversation,
  login: string,
): { comments: PullRequestComment[]; completeSince?: string } {
  // One that is not submitted yet is its author's alone.
  const submitted = nodesOf(reviews).filter(
    review => review.state !== 'PENDING',
  );
  const onLines = submitted.flatMap(review =>
    nodesOf(review.comments).map(comment => ({
      ...toComment(comment, login),
      file: comment.path,
      line: comment.line ?? comment.originalLine ?? undefined,
    })),
  );
  const said = [
    ...nodesOf(comments).map(comment => toComment(comment, login)),
    ...submitted.map(review => toComment(review, login)),
    ...onLines,
  ];
  return {
    comments: said.filter(comment => comment.text.trim() !== ''),
    completeSince: [
      comments,
      reviews,
      ...submitted.map(review => review.comments),
    ]
      .flatMap(cutAt)
      .sort()
      .at(-1),
  };
}

/** When the oldest that was read was written, where there are older ones. */
function cutAt(connection: Connection<GraphqlComment> | null): string[] {
  if (!connection?.pageInfo.hasPreviousPage) return [];
  const [oldest] = nodesOf(connection);
  return oldest ? [oldest.createdAt] : [];
}

function toComment(comment: GraphqlComment, login: string): PullRequestComment {
  const bot = comment.author?.__typename === 'Bot';
  // In GraphQL a bot's login goes without the mark that REST gives it.
  const author = `${comment.author?.login ?? 'ghost'}${bot ? '[bot]' : ''}`;
  return {
    id: comment.id,
    author,
    bot,
    own: author.toLowerCase() === login.toLowerCase(),
    text: comment.body.slice(0, MOST_COMMENT_CHARACTERS),
    url: comment.url,
    createdAt: comment.createdAt,
  };
}

function nodesOf<T>(connection: Connection<T> | null): T[] {
  return (connection?.nodes ?? []).filter(
    (node): node is T & {} => node !== null,
  );
}
