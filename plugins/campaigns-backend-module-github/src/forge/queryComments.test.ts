import {
  makeBranch,
  startGithub,
  TestGithub,
} from '../__testUtils__/startGithub';

describe('comments on pull requests', () => {
  let github: TestGithub;
  const pull = { owner: 'acme', repo: 'warehouse', pull_number: 1 };
  const issue = { owner: 'acme', repo: 'warehouse', issue_number: 1 };

  beforeEach(async () => {
    github = await startGithub();
    await makeBranch(github, 'skein/one');
    await github.forge.createPullRequest(github.repository, {
      title: 'One',
      body: 'Because',
      headBranch: 'skein/one',
      baseBranch: 'main',
      draft: false,
    });
  });
  afterEach(async () => {
    await github.stop();
  });

  const read = async () =>
    (
      await github.forge.comments.getComments([
        { repository: github.repository, number: 1 },
      ])
    )[0];
  const conversation = async () =>
    (
      await github.forge.getPullRequests([
        { repository: github.repository, number: 1 },
      ])
    )[0].conversation;

  it('are read whole: to all of it, in reviews and on lines', async () => {
    const { alice } = github;
    expect(await conversation()).toBe(undefined);
    const { data: whole } = await alice.rest.issues.createComment({
      ...issue,
      body: 'Never rename partner feeds',
    });
    await alice.rest.pulls.createReview({
      ...pull,
      event: 'REQUEST_CHANGES',
      body: 'Not so',
      comments: [{ path: 'models/users.sql', line: 1, body: 'Keep the cast' }],
    });
    await alice.rest.pulls.createReview({ ...pull, event: 'APPROVE' });
    expect(await conversation()).toMatch(/^2 2 /);
    const { comments, completeSince } = await read();
    expect(completeSince).toBe(undefined);
    const person = { author: 'alice', bot: false, own: false };
    expect(comments).toMatchObject([
      {
        ...person,
        id: whole.node_id,
        text: 'Never rename partner feeds',
        url: whole.html_url,
        createdAt: whole.created_at,
      },
      { ...person, text: 'Not so' },
      {
        ...person,
        text: 'Keep the cast',
        file: 'models/users.sql',
        line: 1,
        url: expect.stringMatching(/#discussion_r\d+$/),
      },
    ]);
  });

  it('are known as ours where we wrote them, and read as far as the newest go', async () => {
    await github.forge.closePullRequest(github.repository, 1, {
      comment: 'Rolled back',
    });
    expect((await read()).comments).toMatchObject([
      { author: 'skein[bot]', bot: true, own: true, text: 'Rolled back' },
    ]);
    for (let count = 1; count <= 51; count += 1) {
      await github.alice.rest.issues.createComment({
        ...issue,
        body: `Again ${count}`,
      });
    }
    const { comments, completeSince } = await read();
    expect(comments).toHaveLength(50);
    expect(comments[0].text).toBe('Again 2');
    expect(completeSince).toBe(comments[0].createdAt);
  });

  it('are read in one query for ten pull requests, without those that are gone', async () => {
    const { forge, local, repository } = github;
    local.admin.resetCounts();
    const answers = await forge.comments.getComments([
      { repository, number: 1 },
      ...Array.from({ length: 9 }, (_, index) => ({
        repository,
        number: index + 100,
      })),
    ]);
    expect(answers.map(each => each.number)).toEqual([1]);
    expect(local.admin.requestCounts()).toMatchObject({ 'POST /graphql': 1 });
  });
});
