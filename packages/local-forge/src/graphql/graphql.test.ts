import { startForge, TestForge } from '../__testUtils__/startForge';

describe('GraphQL', () => {
  let test: TestForge;
  const repo = { owner: 'acme', repo: 'pipelines' };

  beforeAll(async () => {
    test = await startForge();
    await test.forge.admin.createRepository({
      owner: 'acme',
      name: 'pipelines',
      private: true,
      commits: [{ message: 'Begin', files: { 'a.sql': 'SELECT 1\n' } }],
    });
  });
  afterAll(() => test.stop());

  /** A branch off main with one changed file, through the contents API. */
  async function branch(name: string, content: string, path = 'a.sql') {
    const { alice } = test;
    const main = await alice.rest.git.getRef({ ...repo, ref: 'heads/main' });
    await alice.rest.git.createRef({
      ...repo,
      ref: `refs/heads/${name}`,
      sha: main.data.object.sha,
    });
    const old = await alice.rest.repos
      .getContent({ ...repo, path, ref: name })
      .then(({ data }) => (data as { sha: string }).sha)
      .catch(() => undefined);
    await alice.rest.repos.createOrUpdateFileContents({
      ...repo,
      path,
      branch: name,
      message: `Change ${path}`,
      sha: old,
      content: Buffer.from(content).toString('base64'),
    });
  }

  it('follows many pull requests in one query by the ids that REST gives', async () => {
    const { alice, bob, tokens, forge } = test;
    await branch('one', 'SELECT 2\n');
    await branch('two', 'SELECT 3\n');
    const open = (head: string) =>
      alice.rest.pulls.create({ ...repo, head, base: 'main', title: head });
    const [one, two] = [(await open('one')).data, (await open('two')).data];
    await alice.rest.pulls.requestReviewers({
      ...repo,
      pull_number: 1,
      reviewers: ['bob'],
      team_reviewers: ['data'],
    });
    await bob.rest.pulls.createReview({
      ...repo,
      pull_number: 2,
      event: 'REQUEST_CHANGES',
      body: 'No',
    });
    await bob.rest.repos.createCommitStatus({
      ...repo,
      sha: two.head.sha,
      state: 'failure',
      context: 'build',
    });
    await alice.rest.issues.addLabels({
      ...repo,
      issue_number: 1,
      labels: ['skein'],
    });
    const query = `query($ids: [ID!]!) {
      rateLimit { cost remaining limit }
      nodes(ids: $ids) {
        id
        ... on PullRequest {
          number url state isDraft merged mergedAt closedAt updatedAt mergeable mergeStateStatus
          headRefName headRefOid baseRefName reviewDecision
          author { login } comments { totalCount }
          reviewRequests(first: 10) { nodes { requestedReviewer { __typename ... on User { login } ... on Team { slug } } } }
          latestReviews(first: 10) { nodes { state author { login } } }
          labels(first: 10) { nodes { name } }
          commits(last: 1) { totalCount nodes { commit { oid author { name email user { login } } statusCheckRollup { state contexts(first: 5) { nodes { __typename ... on StatusContext { context state } } } } } } }
        }
      }
    }`.replace('comments {', 'comments(first: 1) {');
    const before = forge.admin.requestCounts()['POST /graphql'] ?? 0;
    const result: any = await alice.graphql(query, {
      ids: [one.node_id, two.node_id],
    });
    expect(forge.admin.requestCounts()['POST /graphql']).toBe(before + 1);
    expect(result.nodes).toMatchObject([
      {
        id: one.node_id,
        number: 1,
        url: one.html_url,
        state: 'OPEN',
        mergeable: 'MERGEABLE',
        mergeStateStatus: 'CLEAN',
        headRefName: 'one',
        headRefOid: one.head.sha,
        reviewDecision: null,
        author: { login: 'alice' },
        labels: { nodes: [{ name: 'skein' }] },
        reviewRequests: {
          nodes: [
            { requestedReviewer: { __typename: 'User', login: 'bob' } },
            { requestedReviewer: { __typename: 'Team', slug: 'data' } },
          ],
        },
        commits: { nodes: [{ commit: { statusCheckRollup: null } }] },
      },
      {
        mergeStateStatus: 'UNSTABLE',
        reviewDecision: 'CHANGES_REQUESTED',
        latestReviews: {
          nodes: [{ state: 'CHANGES_REQUESTED', author: { login: 'bob' } }],
        },
        commits: {
          totalCount: 1,
          nodes: [
            {
              commit: {
                oid: two.head.sha,
                author: { user: { login: 'alice' } },
                statusCheckRollup: {
                  state: 'FAILURE',
                  contexts: {
                    nodes: [{ context: 'build', state: 'FAILURE' }],
                  },
                },
              },
            },
          ],
        },
      },
    ]);

    await alice.rest.pulls.merge({ ...repo, pull_number: 1 });
    await expect(
      alice.graphql(
        '{ repository(owner: "acme", name: "pipelines") { pullRequest(number: 2) { mergeable mergeStateStatus } } }',
      ),
    ).resolves.toEqual({
      repository: {
        pullRequest: { mergeable: 'CONFLICTING', mergeStateStatus: 'DIRTY' },
      },
    });

    const hidden = await fetch(`${forge.url}/api/graphql`, {
      method: 'POST',
      headers: { authorization: `bearer ${tokens.stranger}` },
      body: JSON.stringify({ query, variables: { ids: [one.node_id] } }),
    }).then(response => response.json());
    expect(hidden).toMatchObject({
      data: { nodes: [null] },
      errors: [{ type: 'NOT_FOUND', path: ['nodes', 0] }],
    });
  });

  it('shows what was said, whole reviews and lines, as it was edited', async () => {
    const { alice, bob } = test;
    await branch('said', 'SELECT 4\n', 'said.sql');
    const { data: opened } = await alice.rest.pulls.create({
      ...repo,
      head: 'said',
      base: 'main',
      title: 'Said',
    });
    const pull = { ...repo, pull_number: opened.number };
    const ask = async () =>
      (
        await alice.graphql<any>(
          `query($number: Int!) { repository(owner: "acme", name: "pipelines") { pullRequest(number: $number) {
            updatedAt totalCommentsCount
            comments(last: 5) { nodes { id url body author { __typename login } } }
            reviews(last: 5) { totalCount nodes { id url body state updatedAt author { login }
              comments(last: 5) { nodes { id url body path line originalLine createdAt updatedAt author { login } } } } }
          } } }`,
          { number: opened.number },
        )
      ).repository.pullRequest;
    expect(await ask()).toMatchObject({ totalCommentsCount: 0 });
    const { data: review } = await bob.rest.pulls.createReview({
      ...pull,
      event: 'COMMENT',
      body: 'Hm',
      comments: [{ path: 'said.sql', line: 1, body: 'Four?' }],
    });
    await bob.rest.pulls.updateReview({
      ...pull,
      review_id: review.id,
      body: 'Well',
    });
    const { data: lines } = await bob.rest.pulls.listReviewComments(pull);
    await bob.rest.pulls.createReplyForReviewComment({
      ...pull,
      comment_id: lines[0].id,
      body: 'Five',
    });
    const said = await ask();
    expect(said.totalCommentsCount).toBe(2);
    expect(said.reviews).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          id: review.node_id,
          url: review.html_url,
          body: 'Well',
          state: 'COMMENTED',
          comments: {
            nodes: [
              {
                id: lines[0].node_id,
                url: lines[0].html_url,
                body: 'Four?',
                path: 'said.sql',
                line: 1,
                originalLine: 1,
                author: { login: 'bob' },
              },
              { body: 'Five' },
            ],
          },
        },
      ],
    });
    await alice.rest.pulls.update({ ...pull, state: 'closed' });
  });

  it('opens, comments, readies, merges and closes by mutations', async () => {
    const { alice } = test;
    await branch('three', 'new\n', 'b.sql');
    const { repository }: any = await alice.graphql(
      '{ viewer { login } repository(owner: "acme", name: "pipelines") { id defaultBranchRef { name target { oid } } } }',
    );
    const created: any = await alice.graphql(
      `mutation($input: CreatePullRequestInput!) { createPullRequest(input: $input) { pullRequest { id number isDraft } } }`,
      {
        input: {
          repositoryId: repository.id,
          baseRefName: 'main',
          headRefName: 'three',
          title: 'Three',
          draft: true,
        },
      },
    );
    const { id, isDraft } = created.createPullRequest.pullRequest;
    expect(isDraft).toBe(true);
    const mutate = (name: string, fields: string, input: object) =>
      alice.graphql<any>(
        `mutation($input: ${
          name[0].toUpperCase() + name.slice(1)
        }Input!) { ${name}(input: $input) { ${fields} } }`,
        { input },
      );
    await expect(
      mutate('mergePullRequest', 'pullRequest { merged }', {
        pullRequestId: id,
      }),
    ).rejects.toThrow('Pull Request is still a draft');
    await mutate('markPullRequestReadyForReview', 'pullRequest { id }', {
      pullRequestId: id,
    });
    const commented = await mutate(
      'addComment',
      'commentEdge { node { body author { login } } }',
      { subjectId: id, body: 'Hello' },
    );
    expect(commented.addComment.commentEdge.node).toEqual({
      body: 'Hello',
      author: { login: 'alice' },
    });
    await mutate('closePullRequest', 'pullRequest { state }', {
      pullRequestId: id,
    });
    await mutate('reopenPullRequest', 'pullRequest { state }', {
      pullRequestId: id,
    });
    const merged = await mutate(
      'mergePullRequest',
      'pullRequest { state merged mergeCommit { message } mergedBy { login } }',
      { pullRequestId: id, mergeMethod: 'SQUASH' },
    );
    expect(merged.mergePullRequest.pullRequest).toMatchObject({
      state: 'MERGED',
      merged: true,
      mergedBy: { login: 'alice' },
    });
  });

  it('pages connections and refuses to list without a bound', async () => {
    const { alice } = test;
    const list = (args: string) =>
      alice.graphql<any>(
        `{ repository(owner: "acme", name: "pipelines") { pullRequests(${args}) { totalCount nodes { number } pageInfo { hasNextPage endCursor } } } }`,
      );
    const first = (await list('first: 2')).repository.pullRequests;
    expect(first).toMatchObject({
      totalCount: 4,
      nodes: [{ number: 1 }, { number: 2 }],
      pageInfo: { hasNextPage: true },
    });
    const next = (await list(`first: 2, after: "${first.pageInfo.endCursor}"`))
      .repository.pullRequests;
    expect(next).toMatchObject({
      nodes: [{ number: 3 }, { number: 4 }],
      pageInfo: { hasNextPage: false },
    });
    await expect(list('states: OPEN')).rejects.toThrow(
      'You must provide a `first` or `last` value',
    );
    await expect(list('first: 101')).rejects.toThrow('exceeds the limit');
    await expect(alice.graphql('{ viewer { nonsense } }')).rejects.toThrow(
      'Cannot query field "nonsense"',
    );
    await expect(
      alice.graphql('{ viewer { sponsoring(first: 1) { totalCount } } }'),
    ).rejects.toThrow('does not serve User.sponsoring');
  });
});
