import type { Forge } from '../domain/Forge';
import { nodeId } from '../domain/nodeId';
import {
  AppRow,
  CheckRunRow,
  CheckSuiteRow,
  InstallationRow,
  PullRow,
  RepositoryRow,
  StatusRow,
} from '../store/rows';
import {
  presentRepository,
  repositoryApi,
  repositoryPage,
} from './repositories';
import { Json, presentUser } from './users';

export function presentStatus(
  forge: Forge,
  repository: RepositoryRow,
  status: StatusRow,
): Json {
  const creator = presentUser(
    forge,
    forge.store.accounts.require(status.creatorId),
  );
  return {
    url: repositoryApi(forge, repository, `/statuses/${status.sha}`),
    avatar_url: creator.avatar_url,
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    state: status.state,
    description: status.description ?? null,
    target_url: status.targetUrl ?? null,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.updatedAt,
    creator,
  };
}

export function presentApp(forge: Forge, app: AppRow): Json {
  const owner = forge.store.accounts.require(app.ownerId);
  return {
    id: app.id,
    slug: app.slug,
    client_id: `Iv1.local${app.id}`,
    node_id: nodeId('App', app.id),
    owner: presentUser(forge, owner),
    name: app.name,
    description: null,
    external_url: forge.url,
    html_url: `${forge.url}/github-apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
  };
}

export function presentInstallation(
  forge: Forge,
  installation: InstallationRow,
): Json {
  const app = forge.store.apps.require(installation.appId);
  const account = forge.store.accounts.require(installation.accountId);
  return {
    id: installation.id,
    account: presentUser(forge, account),
    repository_selection: installation.repositoryIds ? 'selected' : 'all',
    access_tokens_url: forge.api(
      `/app/installations/${installation.id}/access_tokens`,
    ),
    repositories_url: forge.api('/installation/repositories'),
    html_url: `${forge.url}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: app.permissions,
    events: app.events,
    created_at: installation.createdAt,
    updated_at: installation.updatedAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}

/** Open pull requests whose head is the commit, in the short form checks carry. */
export function pullsOfCommit(
  forge: Forge,
  repository: RepositoryRow,
  sha: string,
): Json[] {
  const pulls: PullRow[] = forge.store.pulls.select(
    "SELECT p.* FROM pulls p JOIN issues i ON i.id = p.issueId WHERE p.repositoryId = ? AND p.headSha = ? AND i.state = 'open' ORDER BY p.id",
    [repository.id, sha],
  );
  const repo = {
    id: repository.id,
    url: repositoryApi(forge, repository),
    name: repository.name,
  };
  return pulls.map(pull => ({
    url: repositoryApi(forge, repository, `/pulls/${pull.number}`),
    id: pull.id,
    number: pull.number,
    head: { ref: pull.headRef, sha: pull.headSha, repo },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo },
  }));
}

export function presentCheckRun(
  forge: Forge,
  repository: RepositoryRow,
  run: CheckRunRow,
): Json {
  const api = repositoryApi(forge, repository, `/check-runs/${run.id}`);
  return {
    id: run.id,
    head_sha: run.headSha,
    node_id: nodeId('CheckRun', run.id),
    external_id: run.externalId ?? '',
    url: api,
    html_url: repositoryPage(forge, repository, `/runs/${run.id}`),
    details_url: run.detailsUrl ?? null,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: run.startedAt ?? null,
    completed_at: run.completedAt ?? null,
    output: {
      title: run.output.title ?? null,
      summary: run.output.summary ?? null,
      text: run.output.text ?? null,
      annotations_count: 0,
      annotations_url: `${api}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.suiteId },
    app: presentApp(forge, forge.store.apps.require(run.appId)),
    pull_requests: pullsOfCommit(forge, repository, run.headSha),
  };
}

export async function presentCheckSuite(
  forge: Forge,
  repository: RepositoryRow,
  suite: CheckSuiteRow,
): Promise<Json> {
  const api = repositoryApi(forge, repository, `/check-suites/${suite.id}`);
  const commit = await forge.git(repository).commit(suite.headSha);
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: suite.headBranch ?? null,
    head_sha: suite.headSha,
    status: suite.status,
    conclusion: suite.conclusion ?? null,
    url: api,
    before: commit?.parents[0] ?? null,
    after: suite.headSha,
    pull_requests: pullsOfCommit(forge, repository, suite.headSha),
    app: presentApp(forge, forge.store.apps.require(suite.appId)),
    repository: presentRepository(forge, repository),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    head_commit: {
      id: suite.headSha,
      tree_id: commit?.tree ?? '',
      message: commit?.message ?? '',
      timestamp: commit?.committer.date ?? suite.createdAt,
      author: {
        name: commit?.author.name ?? '',
        email: commit?.author.email ?? '',
      },
      committer: {
        name: commit?.committer.name ?? '',
        email: commit?.committer.email ?? '',
      },
    },
    latest_check_runs_count: forge.store.checkRuns.count({ suiteId: suite.id }),
    check_runs_url: `${api}/check-runs`,
  };
}
