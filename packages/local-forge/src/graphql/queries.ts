import { identityOf } from '../domain/Actor';
import { graphAccount } from './accounts';
import { typed } from './connection';
import { GraphContext } from './GraphContext';
import { graphRepository } from './repositories';
import { resolveNode } from './resolveNode';

/** The fields of the schema's Query. */
export function queryRoot(context: GraphContext) {
  const { forge } = context;
  const account = (login: string, type: 'User' | 'Organization') => {
    const row = forge.store.account(login);
    if (row?.type !== type) {
      throw typed(
        'NOT_FOUND',
        `Could not resolve to a ${type} with the login of '${login}'.`,
      );
    }
    return graphAccount(context, row);
  };
  return {
    viewer: () => ({
      ...graphAccount(context, context.account()),
      // The schema has a viewer be a user, an app's bot too.
      __typename: 'User',
    }),
    user: ({ login }: { login: string }) => account(login, 'User'),
    organization: ({ login }: { login: string }) =>
      account(login, 'Organization'),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const row = forge.store.repository(owner, name);
      if (!row || !context.maySee(row)) {
        throw typed(
          'NOT_FOUND',
          `Could not resolve to a Repository with the name '${owner}/${name}'.`,
        );
      }
      return graphRepository(context, row);
    },
    node: ({ id }: { id: string }) => resolveNode(context, id),
    nodes: ({ ids }: { ids: string[] }) => {
      if (ids.length > 100) {
        throw typed(
          'ARGUMENT_LIMIT',
          `You may not provide more than 100 node ids; you provided ${ids.length}.`,
        );
      }
      return ids.map(id => resolveNode(context, id));
    },
    rateLimit: () => {
      const state = forge.limiter.state(identityOf(context.actor), 'graphql');
      return {
        limit: state.limit,
        remaining: state.remaining,
        used: state.used,
        cost: 1,
        nodeCount: 0,
        resetAt: new Date(state.reset * 1000).toISOString(),
      };
    },
  };
}
