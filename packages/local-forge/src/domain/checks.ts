import { AccountRow, CheckSuiteRow, RepositoryRow } from '../store/rows';
import { presentCheckSuite } from '../views/checks';
import { emit } from './emit';
import type { Forge } from './Forge';

/** The suite of an app for a commit, made when there is none. */
export function ensureCheckSuite(
  forge: Forge,
  repository: RepositoryRow,
  appId: number,
  headSha: string,
  headBranch?: string,
): CheckSuiteRow {
  const { store } = forge;
  const branch =
    headBranch ??
    store.refs
      .find({ repositoryId: repository.id, sha: headSha })
      .find(ref => ref.name.startsWith('refs/heads/'))
      ?.name.slice('refs/heads/'.length);
  return (
    store.checkSuites.findOne({
      repositoryId: repository.id,
      headSha,
      appId,
    }) ??
    store.checkSuites.insert({
      repositoryId: repository.id,
      appId,
      headSha,
      headBranch: branch,
      status: 'queued',
      createdAt: forge.now(),
      updatedAt: forge.now(),
    })
  );
}

/** Tells each installed app that may write checks of a newly pushed commit. */
export async function requestCheckSuites(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  branch: string,
  sha: string,
): Promise<void> {
  const { store } = forge;
  for (const installation of store.installations.find({
    accountId: repository.ownerId,
  })) {
    const app = store.apps.require(installation.appId);
    const reached = installation.repositoryIds?.includes(repository.id) ?? true;
    const known = store.checkSuites.findOne({
      repositoryId: repository.id,
      headSha: sha,
      appId: app.id,
    });
    if (!reached || app.permissions.checks !== 'write' || known) {
      continue;
    }
    const suite = ensureCheckSuite(forge, repository, app.id, sha, branch);
    await emit(forge, repository, actor, 'check_suite', async () => ({
      action: 'requested',
      check_suite: await presentCheckSuite(forge, repository, suite),
    }));
  }
}

/** Recomputes a suite from its runs; announces it when it has just completed. */
export async function settleCheckSuite(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  suiteId: number,
): Promise<void> {
  const { store } = forge;
  const before = store.checkSuites.require(suiteId);
  const runs = store
    .latestCheckRuns(repository.id, before.headSha)
    .filter(run => run.suiteId === suiteId);
  const done = runs.every(run => run.status === 'completed');
  const conclusions = runs.map(run => run.conclusion ?? '');
  const worst = [
    'failure',
    'timed_out',
    'action_required',
    'cancelled',
    'stale',
    'success',
    'neutral',
    'skipped',
  ].find(conclusion => conclusions.includes(conclusion));
  const suite = store.checkSuites.update(suiteId, {
    status: done ? 'completed' : 'in_progress',
    conclusion: done ? worst : undefined,
    updatedAt: forge.now(),
  });
  if (done && before.status !== 'completed') {
    await emit(forge, repository, actor, 'check_suite', async () => ({
      action: 'completed',
      check_suite: await presentCheckSuite(forge, repository, suite),
    }));
  }
}

export type RollupState = 'SUCCESS' | 'FAILURE' | 'ERROR' | 'PENDING';

const failing = [
  'failure',
  'timed_out',
  'action_required',
  'cancelled',
  'startup_failure',
  'stale',
];

/** What statuses and check runs of a commit come to together; undefined when there are none. */
export function rollupState(
  forge: Forge,
  repository: RepositoryRow,
  sha: string,
): RollupState | undefined {
  const statuses = forge.store.latestStatuses(repository.id, sha);
  const runs = forge.store.latestCheckRuns(repository.id, sha);
  if (statuses.length + runs.length === 0) {
    return undefined;
  }
  if (statuses.some(status => status.state === 'error')) {
    return 'ERROR';
  }
  if (
    statuses.some(status => status.state === 'failure') ||
    runs.some(run => failing.includes(run.conclusion ?? ''))
  ) {
    return 'FAILURE';
  }
  const pending =
    statuses.some(status => status.state === 'pending') ||
    runs.some(run => run.status !== 'completed');
  return pending ? 'PENDING' : 'SUCCESS';
}

/** Names of the contexts and checks of a commit that succeeded. */
export function succeededChecks(
  forge: Forge,
  repository: RepositoryRow,
  sha: string,
): Set<string> {
  return new Set([
    ...forge.store
      .latestStatuses(repository.id, sha)
      .filter(status => status.state === 'success')
      .map(status => status.context),
    ...forge.store
      .latestCheckRuns(repository.id, sha)
      .filter(run =>
        ['success', 'neutral', 'skipped'].includes(run.conclusion ?? ''),
      )
      .map(run => run.name),
  ]);
}
