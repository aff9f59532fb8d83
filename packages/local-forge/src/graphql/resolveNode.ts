import { NodeKind, parseNodeId } from '../domain/nodeId';
import { PullRow, RepositoryRow } from '../store/rows';
import { graphAccount, graphLabel, graphTeam } from './accounts';
import { graphCheckRun, graphCommit, graphStatus } from './commits';
import { typed } from './connection';
import { GraphContext, GraphObject } from './GraphContext';
import { graphComment, graphPull, graphReview } from './pulls';
import { graphRef, graphRepository } from './repositories';

function missing(id: string) {
  return typed(
    'NOT_FOUND',
    `Could not resolve to a node with the global id of '${id.slice(0, 200)}'`,
  );
}

/** @throws GraphQLError NOT_FOUND for what is not there and what may not be seen */
export async function resolveNode(
  context: GraphContext,
  id: string,
): Promise<GraphObject> {
  const node = parseNodeId(id);
  const found = node && (await find(context, node.kind, node.key));
  if (!found) {
    throw missing(id);
  }
  return found;
}

/** @throws GraphQLError NOT_FOUND unless the id is a pull request's */
export function pullOfNode(context: GraphContext, id: string): PullRow {
  const node = parseNodeId(id);
  const pull =
    node?.kind === 'PullRequest'
      ? context.forge.store.pulls.get(Number(node.key))
      : undefined;
  if (!pull || !visible(context, pull.repositoryId)) {
    throw missing(id);
  }
  return pull;
}

/** @throws GraphQLError NOT_FOUND unless the id is a repository's */
export function repositoryOfNode(
  context: GraphContext,
  id: string,
): RepositoryRow {
  const node = parseNodeId(id);
  const repository =
    node?.kind === 'Repository'
      ? visible(context, Number(node.key))
      : undefined;
  if (!repository) {
    throw missing(id);
  }
  return repository;
}

function visible(
  context: GraphContext,
  repositoryId: number,
): RepositoryRow | undefined {
  const row = context.forge.store.repositories.get(repositoryId);
  return row && context.maySee(row) ? row : undefined;
}

async function find(
  context: GraphContext,
  kind: NodeKind,
  key: string,
): Promise<GraphObject | undefined> {
  const { store } = context.forge;
  const id = Number(key);
  const colon = key.indexOf(':');
  const below =
    colon < 0 ? undefined : visible(context, Number(key.slice(0, colon)));
  const rest = key.slice(colon + 1);
  switch (kind) {
    case 'User':
    case 'Organization':
    case 'Bot': {
      const row = store.accounts.get(id);
      return row && graphAccount(context, row);
    }
    case 'Team': {
      const row = store.teams.get(id);
      return row && graphTeam(context, row);
    }
    case 'Repository': {
      const row = visible(context, id);
      return row && graphRepository(context, row);
    }
    case 'PullRequest': {
      const row = store.pulls.get(id);
      return row && visible(context, row.repositoryId)
        ? graphPull(context, row)
        : undefined;
    }
    case 'PullRequestReview': {
      const row = store.reviews.get(id);
      const pull = row && store.pulls.get(row.pullId);
      return row && pull && visible(context, pull.repositoryId)
        ? graphReview(context, row)
        : undefined;
    }
    case 'IssueComment': {
      const row = store.comments.get(id);
      return row && visible(context, row.repositoryId)
        ? graphComment(context, row)
        : undefined;
    }
    case 'Label': {
      const row = store.labels.get(id);
      return row && visible(context, row.repositoryId)
        ? graphLabel(row)
        : undefined;
    }
    case 'StatusContext': {
      const row = store.statuses.get(id);
      return row && visible(context, row.repositoryId)
        ? graphStatus(context, row)
        : undefined;
    }
    case 'CheckRun': {
      const row = store.checkRuns.get(id);
      const repository = row && visible(context, row.repositoryId);
      return row && repository && graphCheckRun(context, repository, row);
    }
    case 'Commit': {
      const commit = below && (await context.forge.git(below).commit(rest));
      return commit && graphCommit(context, below, commit);
    }
    case 'Ref': {
      const row =
        below && store.refs.findOne({ repositoryId: below.id, name: rest });
      return row && graphRef(context, below!, row);
    }
    default:
      return undefined;
  }
}
