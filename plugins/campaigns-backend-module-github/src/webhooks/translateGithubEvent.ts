import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { ForgeEventPayload } from '@skein/plugin-campaigns-node';

/** GitHub's events that tell of pull requests and default branches. */
type Payload = {
  number?: unknown;
  ref?: unknown;
  pull_request?: { number?: unknown };
  issue?: { number?: unknown; pull_request?: unknown };
  check_suite?: { pull_requests?: unknown };
  check_run?: { pull_requests?: unknown };
  repository?: {
    name?: unknown;
    owner?: { login?: unknown; name?: unknown };
    html_url?: unknown;
    default_branch?: unknown;
  };
};

/** No pull request of ours is in more; a longer list is not GitHub's. */
const MOST_NUMBERS = 50;

/**
 * What a webhook of GitHub means to campaigns. It only asks for a look: what is
 * true is then read from the forge, so a late or repeated webhook does no harm.
 *
 * @param event - header `x-github-event`
 * @param payload - checked for its signature, and not trusted beyond that
 */
export function translateGithubEvent(
  event: string,
  payload: unknown,
): ForgeEventPayload[] {
  if (typeof payload !== 'object' || payload === null) return [];
  const data = payload as Payload;
  const repository = repositoryOf(data);
  if (!repository) return [];
  switch (event) {
    case 'pull_request':
      return changed(repository, [data.pull_request?.number ?? data.number]);
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return said(repository, data.pull_request?.number);
    case 'issue_comment':
      // Most are about issues, which are nothing to us.
      return data.issue?.pull_request
        ? said(repository, data.issue.number)
        : [];
    case 'check_suite':
      return checks(repository, data.check_suite?.pull_requests);
    case 'check_run':
      return checks(repository, data.check_run?.pull_requests);
    case 'status':
      // Tells a commit, not a pull request.
      return [{ type: 'pullRequestChanged', repository }];
    case 'push':
      return pushed(repository, data);
    default:
      return [];
  }
}

function repositoryOf({ repository }: Payload): RepositoryRef | undefined {
  const owner = repository?.owner?.login ?? repository?.owner?.name;
  const { name, html_url: url } = repository ?? {};
  if (
    typeof owner !== 'string' ||
    typeof name !== 'string' ||
    typeof url !== 'string' ||
    !URL.canParse(url)
  ) {
    return undefined;
  }
  return { host: new URL(url).host, owner, name };
}

function changed(
  repository: RepositoryRef,
  numbers: unknown[],
): ForgeEventPayload[] {
  return numbers
    .filter(
      (number): number is number =>
        Number.isSafeInteger(number) && (number as number) > 0,
    )
    .slice(0, MOST_NUMBERS)
    .map(number => ({ type: 'pullRequestChanged', repository, number }));
}

/** An edit changes no number that a look would see. */
function said(repository: RepositoryRef, number: unknown): ForgeEventPayload[] {
  return changed(repository, [number]).map(event => ({ ...event, said: true }));
}

function checks(
  repository: RepositoryRef,
  pullRequests: unknown,
): ForgeEventPayload[] {
  const numbers = Array.isArray(pullRequests)
    ? pullRequests.map(each => each?.number)
    : [];
  const events = changed(repository, numbers);
  // GitHub leaves the list out for checks of Apps that see few permissions.
  return events.length > 0
    ? events
    : [{ type: 'pullRequestChanged', repository }];
}

function pushed(
  repository: RepositoryRef,
  { ref, repository: about }: Payload,
): ForgeEventPayload[] {
  const branch = about?.default_branch;
  return typeof branch === 'string' && ref === `refs/heads/${branch}`
    ? [{ type: 'pushed', repository, branch }]
    : [];
}
