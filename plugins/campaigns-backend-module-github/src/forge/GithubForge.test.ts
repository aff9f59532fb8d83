import { mockServices } from '@backstage/backend-test-utils';
import { InputError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { ForgeRateLimitError } from '@skein/plugin-campaigns-node';
import {
  makeBranch,
  startGithub,
  TestGithub,
} from '../__testUtils__/startGithub';
import { GithubClients } from './GithubClients';
import { GithubForge } from './GithubForge';

const request = {
  title: 'Move to users_v2',
  body: 'Because',
  headBranch: 'skein/one',
  baseBranch: 'main',
  draft: false,
};

describe('GithubForge on a GitHub Enterprise host', () => {
  let github: TestGithub;

  beforeEach(async () => {
    github = await startGithub();
  });
  afterEach(async () => {
    await github.stop();
  });

  const open = async (branch = 'skein/one') => {
    await makeBranch(github, branch);
    return github.forge.createPullRequest(github.repository, {
      ...request,
      headBranch: branch,
    });
  };

  it('knows its identity, hosts and repositories', async () => {
    const { forge, host, repository } = github;
    expect(forge.identity).toBe(`skein[bot]@${host}`);
    expect(forge.hosts()).toEqual([host]);
    expect(forge.handles(host)).toBe(true);
    expect(forge.handles('github.com')).toBe(false);
    expect(await forge.getRepository(repository)).toEqual({
      repository,
      defaultBranch: 'main',
      archived: false,
      url: `http://${host}/acme/warehouse`,
    });
    await expect(
      forge.getRepository({ ...repository, name: 'gone' }),
    ).rejects.toThrow(NotFoundError);
    await expect(
      forge.getRepository({ ...repository, owner: 'strangers' }),
    ).rejects.toThrow(NotFoundError);
  });

  it('works with a token in place of an App', async () => {
    const { host, local, repository } = github;
    const [clients] = GithubClients.fromIntegrations(
      ScmIntegrations.fromConfig(
        mockServices.rootConfig({
          data: {
            integrations: {
              github: [
                {
                  host,
                  apiBaseUrl: local.apiUrl,
                  token: local.admin.createToken({ user: 'alice' }),
                },
              ],
            },
          },
        }),
      ),
    );
    const forge = await GithubForge.create(clients, {
      logger: mockServices.logger.mock(),
    });
    expect(forge.identity).toBe(`alice@${host}`);
    expect((await forge.getRepository(repository)).defaultBranch).toBe('main');
  });

  it('gives git a short-lived token of the installation', async () => {
    const access = await github.forge.getGitAccess(github.repository);
    expect(access.url).toBe(`${github.local.url}/acme/warehouse.git`);
    const response = await fetch(
      `${access.url}/info/refs?service=git-receive-pack`,
      {
        headers: {
          authorization: `Basic ${Buffer.from(
            `${access.username}:${access.password}`,
          ).toString('base64')}`,
        },
      },
    );
    expect(response.status).toBe(200);
  });

  it('opens one pull request per branch, and finds it whatever its state', async () => {
    const { forge, repository } = github;
    expect(await forge.findPullRequest(repository, 'skein/one')).toBe(
      undefined,
    );
    const opened = await open();
    expect(opened).toMatchObject({
      number: 1,
      state: 'open',
      title: 'Move to users_v2',
      headBranch: 'skein/one',
      baseBranch: 'main',
      draft: false,
      url: `${github.local.url}/acme/warehouse/pull/1`,
    });

    const again = await forge.createPullRequest(repository, request);
    expect(again.number).toBe(1);
    await forge.closePullRequest(repository, 1, {});
    expect(await forge.findPullRequest(repository, 'skein/one')).toMatchObject({
      number: 1,
      state: 'closed',
      headSha: opened.headSha,
    });
    const reopened = await forge.createPullRequest(repository, request);
    expect(reopened.number).toBe(2);
    expect(await forge.findPullRequest(repository, 'skein/one')).toMatchObject({
      number: 2,
      state: 'open',
    });
  });

  it('says InputError with what GitHub said where a request makes no sense', async () => {
    await expect(
      github.forge.createPullRequest(github.repository, request),
    ).rejects.toThrow(InputError);
  });

  it('sets labels and reviewers, and gives back the names that are refused', async () => {
    await open();
    const { refused } = await github.forge.decoratePullRequest(
      github.repository,
      1,
      {
        labels: ['skein'],
        reviewers: ['bob', 'nobody-known', 'acme/data', 'acme/no-team', 'x/y'],
      },
    );
    expect(refused.sort()).toEqual(['acme/no-team', 'nobody-known', 'x/y']);
    const { data } = await github.alice.rest.pulls.get({
      owner: 'acme',
      repo: 'warehouse',
      pull_number: 1,
    });
    expect(data.labels.map(label => label.name)).toEqual(['skein']);
    expect(data.requested_reviewers?.map(user => user.login)).toEqual(['bob']);
    expect(data.requested_teams?.map(team => team.slug)).toEqual(['data']);
  });

  it('closes with one comment and deletes the branch, however often it is asked', async () => {
    const { alice, forge, repository } = github;
    await open();
    const closing = { comment: 'Rolled back', deleteBranch: 'skein/one' };
    await forge.closePullRequest(repository, 1, closing);
    await alice.rest.pulls
      .update({
        owner: 'acme',
        repo: 'warehouse',
        pull_number: 1,
        state: 'open',
      })
      .catch(() => {});
    await forge.closePullRequest(repository, 1, closing);
    const comments = await alice.rest.issues.listComments({
      owner: 'acme',
      repo: 'warehouse',
      issue_number: 1,
    });
    expect(comments.data.map(each => each.body)).toEqual(['Rolled back']);
    await expect(
      alice.rest.git.getRef({
        owner: 'acme',
        repo: 'warehouse',
        ref: 'heads/skein/one',
      }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('reads many pull requests with one query per hundred, and leaves out those that are gone', async () => {
    const { alice, forge, local, repository } = github;
    await open('skein/one');
    await makeBranch(github, 'skein/two', 'models/other.sql');
    await forge.createPullRequest(repository, {
      ...request,
      headBranch: 'skein/two',
    });
    const repo = { owner: 'acme', repo: 'warehouse' };
    await alice.rest.pulls.createReview({
      ...repo,
      pull_number: 1,
      event: 'APPROVE',
    });
    await alice.rest.pulls.merge({ ...repo, pull_number: 1 });
    const head = await alice.rest.pulls.get({ ...repo, pull_number: 2 });
    await alice.rest.repos.createCommitStatus({
      ...repo,
      sha: head.data.head.sha,
      state: 'failure',
      context: 'tests',
    });
    await forge.decoratePullRequest(repository, 2, {
      labels: [],
      reviewers: ['bob'],
    });

    local.admin.resetCounts();
    const answers = await forge.getPullRequests([
      { repository, number: 1 },
      { repository, number: 2 },
      { repository, number: 99 },
      { repository: { ...repository, name: 'gone' }, number: 1 },
    ]);
    expect(answers.map(each => each.number)).toEqual([1, 2]);
    expect(answers[0].pullRequest).toMatchObject({
      state: 'merged',
      review: 'approved',
      checks: 'none',
      mergeCommit: expect.stringMatching(/^[0-9a-f]{40}$/),
      // Alice made the commit.
      humanCommits: true,
    });
    expect(answers[1].pullRequest).toMatchObject({
      state: 'open',
      checks: 'failing',
      review: 'requested',
      reviewers: ['bob'],
      mergeable: 'clean',
    });
    const counts = Object.entries(local.admin.requestCounts());
    expect(counts.filter(([route]) => /graphql/.test(route))).toEqual([
      [expect.any(String), 1],
    ]);
  });

  it('passes on when GitHub asks to wait, at once and without trying again', async () => {
    const { forge, local, repository } = github;
    await forge.getRepository(repository);
    local.behaviour.set({
      primaryLimit: { limit: 0, windowSeconds: 120, status: 403 },
    });
    local.admin.resetCounts();
    const error = await forge.getRepository(repository).catch(caught => caught);
    expect(error).toBeInstanceOf(ForgeRateLimitError);
    expect(error.retryAfterSeconds).toBeGreaterThan(1);
    expect(error.retryAfterSeconds).toBeLessThanOrEqual(122);
    const asked = Object.values(local.admin.requestCounts());
    expect(asked.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1);
  });

  it('says ServiceUnavailableError where GitHub fails, and finds what it did nevertheless', async () => {
    const { forge, local, repository } = github;
    await makeBranch(github, 'skein/one');
    local.behaviour.set({
      serverErrors: { next: 1, status: 502, when: 'after', match: '/pulls' },
    });
    await expect(
      forge.createPullRequest(repository, request),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    expect(await forge.findPullRequest(repository, 'skein/one')).toMatchObject({
      number: 1,
    });
  });
});
