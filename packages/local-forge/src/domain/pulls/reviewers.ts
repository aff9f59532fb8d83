import { AccountRow } from '../../store/rows';
import { PullContext } from '../../views/pulls';
import { presentTeam, presentUser } from '../../views/users';
import { accessTo } from '../access';
import { ApiError, validationFailed } from '../ApiError';
import type { Forge } from '../Forge';
import { emitPull } from './emitPull';

/**
 * Asks people and teams for a review.
 *
 * @throws ApiError 422 for the author, and for anyone without access
 */
export async function requestReviewers(
  forge: Forge,
  actor: AccountRow,
  context: PullContext,
  logins: string[],
  slugs: string[],
): Promise<void> {
  const { repository, issue, pull } = context;
  const { store } = forge;
  const outsiders = () =>
    new ApiError(
      422,
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${
        store.accounts.require(repository.ownerId).login
      }/${repository.name} repository.`,
    );
  const users = logins.map(login => {
    const account = store.account(login);
    if (account?.id === issue.authorId) {
      throw new ApiError(
        422,
        'Review cannot be requested from pull request author.',
      );
    }
    const member =
      account?.type === 'User' &&
      ['write', 'admin'].includes(
        accessTo(store, { kind: 'user', account }, repository),
      );
    if (!account || !member) {
      throw outsiders();
    }
    return account;
  });
  const teams = slugs.map(slug => {
    const team = store.teams.findOne({
      organizationId: repository.ownerId,
      slug,
    });
    if (!team) {
      throw outsiders();
    }
    return team;
  });
  if (users.length + teams.length === 0) {
    throw validationFailed({
      resource: 'PullRequest',
      field: 'reviewers',
      code: 'missing_field',
    });
  }
  for (const user of users) {
    const wanted = { pullId: pull.id, userId: user.id };
    if (!store.reviewRequests.findOne(wanted)) {
      store.reviewRequests.insert(wanted);
      await emitPull(
        forge,
        repository,
        actor,
        pull.number,
        'review_requested',
        {
          requested_reviewer: presentUser(forge, user),
        },
      );
    }
  }
  for (const team of teams) {
    const wanted = { pullId: pull.id, teamId: team.id };
    if (!store.reviewRequests.findOne(wanted)) {
      store.reviewRequests.insert(wanted);
      await emitPull(
        forge,
        repository,
        actor,
        pull.number,
        'review_requested',
        {
          requested_team: presentTeam(forge, team),
        },
      );
    }
  }
}

export async function removeReviewers(
  forge: Forge,
  actor: AccountRow,
  { repository, pull }: PullContext,
  logins: string[],
  slugs: string[],
): Promise<void> {
  const { store } = forge;
  for (const login of logins) {
    const account = store.account(login);
    if (
      account &&
      store.reviewRequests.delete({ pullId: pull.id, userId: account.id })
    ) {
      await emitPull(
        forge,
        repository,
        actor,
        pull.number,
        'review_request_removed',
        { requested_reviewer: presentUser(forge, account) },
      );
    }
  }
  for (const slug of slugs) {
    const team = store.teams.findOne({
      organizationId: repository.ownerId,
      slug,
    });
    if (
      team &&
      store.reviewRequests.delete({ pullId: pull.id, teamId: team.id })
    ) {
      await emitPull(
        forge,
        repository,
        actor,
        pull.number,
        'review_request_removed',
        { requested_team: presentTeam(forge, team) },
      );
    }
  }
}
