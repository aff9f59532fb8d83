import { Target } from '@skein/plugin-campaigns-common';

/** A target with what a test does not care for filled in. */
export function aTarget(values: Partial<Target> & { name?: string }): Target {
  const { name = 'year-in-music', ...rest } = values;
  return {
    id: `${name}//${rest.path ?? ''}`,
    campaignId: 'campaign-1',
    campaignName: 'retire-users-v1',
    repository: { host: 'localhost:7071', owner: 'meridian', name },
    path: '',
    framework: 'dbt',
    state: 'pending',
    reasons: [],
    editCount: 0,
    noteCount: 0,
    approvalRequired: false,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    ...rest,
  };
}

/** An open pull request. */
export function aPullRequest(number = 1): NonNullable<Target['pullRequest']> {
  return {
    number,
    url: `http://localhost:7071/meridian/year-in-music/pull/${number}`,
    title: 'Move to users_v2',
    state: 'open',
    draft: false,
    headBranch: 'skein/retire-users-v1',
    headSha: 'a'.repeat(40),
    baseBranch: 'main',
    checks: 'none',
    review: 'requested',
    reviewers: [],
    mergeable: 'clean',
    humanCommits: false,
    openedAt: '2026-01-01T00:00:00Z',
    syncedAt: '2026-01-01T00:00:00Z',
  };
}
