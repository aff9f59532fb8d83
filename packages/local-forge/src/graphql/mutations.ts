import { addComment, addLabels, removeLabel } from '../domain/issues';
import { parseNodeId } from '../domain/nodeId';
import { createPull, updatePull } from '../domain/pulls/createPull';
import { findPull } from '../domain/pulls/emitPull';
import { mergePull } from '../domain/pulls/mergePull';
import { requestReviewers } from '../domain/pulls/reviewers';
import { createReview, ReviewEvent } from '../domain/pulls/reviews';
import { validationFailed } from '../domain/ApiError';
import { PullContext } from '../views/pulls';
import { graphAccount } from './accounts';
import { GraphContext } from './GraphContext';
import { graphComment, graphPull, graphReview } from './pulls';
import { pullOfNode, repositoryOfNode } from './resolveNode';

interface Input {
  [name: string]: any;
  clientMutationId?: string;
}

type Mutation = (input: Input, context: GraphContext) => Promise<object>;

function writable(context: GraphContext, id: string): PullContext {
  const pull = pullOfNode(context, id);
  const repository = context.forge.store.repositories.require(
    pull.repositoryId,
  );
  context.mayWrite(repository, 'pull_requests');
  return findPull(context.forge, repository, pull.number)!;
}

/** A mutation that changes a pull request and answers with it. */
function onPull(
  work: (
    context: GraphContext,
    pull: PullContext,
    input: Input,
  ) => Promise<unknown>,
): Mutation {
  return async (input, context) => {
    const pull = writable(
      context,
      input.pullRequestId ?? input.subjectId ?? input.labelableId,
    );
    await work(context, pull, input);
    const after = () =>
      graphPull(context, context.forge.store.pulls.require(pull.pull.id));
    return {
      clientMutationId: input.clientMutationId ?? null,
      actor: () => graphAccount(context, context.account()),
      pullRequest: after,
      labelable: after,
    };
  };
}

function labelNames(context: GraphContext, ids: string[]): string[] {
  return ids.map(id => {
    const node = parseNodeId(id);
    const label =
      node?.kind === 'Label'
        ? context.forge.store.labels.get(Number(node.key))
        : undefined;
    if (!label) {
      throw validationFailed({
        resource: 'Label',
        field: 'labelIds',
        code: 'missing',
        message: `Could not resolve to a node with the global id of '${id}'`,
      });
    }
    return label.name;
  });
}

function editing(patch: Parameters<typeof updatePull>[3]): Mutation {
  return onPull((context, pull) =>
    updatePull(context.forge, context.account(), pull, patch),
  );
}

const mutations: Record<string, Mutation> = {
  createPullRequest: async (input, context) => {
    const repository = context.mayWrite(
      repositoryOfNode(context, input.repositoryId),
      'pull_requests',
    );
    const created = await createPull(
      context.forge,
      repository,
      context.account(),
      {
        title: input.title,
        body: input.body ?? undefined,
        base: input.baseRefName.replace(/^refs\/heads\//, ''),
        head: input.headRefName.replace(/^refs\/heads\//, ''),
        draft: input.draft ?? undefined,
      },
    );
    return {
      clientMutationId: input.clientMutationId ?? null,
      pullRequest: () => graphPull(context, created.pull),
    };
  },
  updatePullRequest: onPull((context, pull, input) =>
    updatePull(context.forge, context.account(), pull, {
      title: input.title ?? undefined,
      body: input.body ?? undefined,
      base: input.baseRefName ?? undefined,
      state: input.state?.toLowerCase(),
    }),
  ),
  closePullRequest: editing({ state: 'closed' }),
  reopenPullRequest: editing({ state: 'open' }),
  markPullRequestReadyForReview: editing({ draft: false }),
  convertPullRequestToDraft: editing({ draft: true }),
  mergePullRequest: onPull((context, pull, input) => {
    context.mayWrite(pull.repository, 'contents');
    return mergePull(context.forge, context.account(), pull, {
      method: input.mergeMethod?.toLowerCase(),
      title: input.commitHeadline ?? undefined,
      message: input.commitBody ?? undefined,
      sha: input.expectedHeadOid ?? undefined,
    });
  }),
  addLabelsToLabelable: onPull((context, pull, input) =>
    addLabels(
      context.forge,
      pull.repository,
      context.account(),
      pull.issue,
      labelNames(context, input.labelIds),
    ),
  ),
  removeLabelsFromLabelable: onPull(async (context, pull, input) => {
    for (const name of labelNames(context, input.labelIds)) {
      await removeLabel(
        context.forge,
        pull.repository,
        context.account(),
        pull.issue,
        name,
      );
    }
  }),
  requestReviews: onPull((context, pull, input) => {
    const { store } = context.forge;
    const rows = (ids: string[] | undefined) =>
      (ids ?? []).map(id => Number(parseNodeId(id)?.key));
    return requestReviewers(
      context.forge,
      context.account(),
      pull,
      rows(input.userIds).map(id => store.accounts.get(id)?.login ?? ''),
      rows(input.teamIds).map(id => store.teams.get(id)?.slug ?? ''),
    );
  }),
  addComment: async (input, context) => {
    const { repository, issue } = writable(context, input.subjectId);
    const comment = await addComment(
      context.forge,
      repository,
      context.account(),
      issue,
      input.body,
    );
    return {
      clientMutationId: input.clientMutationId ?? null,
      subject: () => graphPull(context, pullOfNode(context, input.subjectId)),
      commentEdge: () => ({
        cursor: String(comment.id),
        node: () => graphComment(context, comment),
      }),
    };
  },
  addPullRequestReview: async (input, context) => {
    const pull = writable(context, input.pullRequestId);
    const review = await createReview(context.forge, context.account(), pull, {
      event: input.event as ReviewEvent | undefined,
      body: input.body ?? undefined,
    });
    return {
      clientMutationId: input.clientMutationId ?? null,
      pullRequestReview: () => graphReview(context, review),
    };
  },
};

/** The fields of the schema's Mutation. */
export const mutationRoot = Object.fromEntries(
  Object.entries(mutations).map(([name, run]) => [
    name,
    ({ input }: { input: Input }, context: GraphContext) => run(input, context),
  ]),
);
