import { GraphQLError } from 'graphql';

export interface PageArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

function cursor(index: number): string {
  return Buffer.from(`cursor:${index}`).toString('base64');
}

function indexOf(text: string): number {
  const index = Number(
    Buffer.from(text, 'base64').toString().replace('cursor:', ''),
  );
  if (!Number.isInteger(index)) {
    throw typed(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${text}\` does not appear to be a valid cursor.`,
    );
  }
  return index;
}

/** An error with the `type` that GitHub puts beside its message. */
export function typed(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/**
 * One page of a list under GitHub's rules: a bound must be given, and no more
 * than 100 at a time.
 */
export function connection<T>(
  typename: string,
  items: T[],
  page: PageArguments,
  present: (item: T) => unknown,
  extra: Record<string, unknown> = {},
) {
  const name = typename.replace(/Connection$/, '');
  const size = page.first ?? page.last;
  if (size === undefined || size === null) {
    throw typed(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  if (size < 0 || size > 100) {
    throw typed(
      'EXCESSIVE_PAGINATION',
      `Requesting ${size} records on the \`${name}\` connection exceeds the limit of 100 records.`,
    );
  }
  const low = page.after ? indexOf(page.after) + 1 : 0;
  const high = page.before ? indexOf(page.before) : items.length;
  const backwards = page.first === undefined || page.first === null;
  const from = backwards ? Math.max(low, high - size) : low;
  const to = backwards ? high : Math.min(high, low + size);
  const chosen = items.slice(from, Math.max(from, to));
  return {
    __typename: typename,
    totalCount: items.length,
    nodes: () => chosen.map(present),
    edges: () =>
      chosen.map((item, position) => ({
        cursor: cursor(from + position),
        node: () => present(item),
      })),
    pageInfo: {
      hasNextPage: from + chosen.length < items.length,
      hasPreviousPage: from > 0,
      startCursor: chosen.length > 0 ? cursor(from) : null,
      endCursor: chosen.length > 0 ? cursor(from + chosen.length - 1) : null,
    },
    ...extra,
  };
}
