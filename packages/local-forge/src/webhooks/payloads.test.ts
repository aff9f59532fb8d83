import {
  startForge,
  startReceiver,
  TestForge,
  Received,
} from '../__testUtils__/startForge';
import { App, Octokit } from 'octokit';

const published: Array<{
  name: string;
  examples: any[];
}> = require('@octokit/webhooks-examples/api.github.com/index.json');

/** Fields that only some of GitHub's payloads have, because of settings or age that ours have not. */
const occasional = [
  'installation',
  'changed_files',
  'stargazers',
  'master_branch',
  'organization',
  'has_discussions',
  'performed_via_github_app',
];

/** Paths of the fields that every published example of an event has, and a payload lacks. */
function missing(examples: any[], actual: any, at = ''): string[] {
  const objects = examples.filter(
    one => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
  // What an app may do is the app's own affair.
  const ours = at.endsWith('.permissions');
  if (ours || objects.length === 0 || objects.length < examples.length) {
    return [];
  }
  if (typeof actual !== 'object' || actual === null) {
    return actual === undefined ? [at] : [];
  }
  return Object.keys(objects[0])
    .filter(
      key => objects.every(one => key in one) && !occasional.includes(key),
    )
    .flatMap(key =>
      key in actual
        ? missing(
            objects.map(one => one[key]),
            actual[key],
            `${at}.${key}`,
          )
        : [`${at}.${key}`],
    );
}

describe('webhook payloads', () => {
  let test: TestForge;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let events: Map<string, Received>;

  beforeAll(async () => {
    test = await startForge();
    receiver = await startReceiver();
    const { forge, alice, bob } = test;
    const repo = { owner: 'acme', repo: 'pipelines' };
    const { privateKey } = forge.admin.createApp({
      id: 7,
      slug: 'skein',
      owner: 'acme',
      webhook: { url: receiver.url, secret: 'app' },
    });
    await forge.admin.createRepository({
      owner: 'acme',
      name: 'pipelines',
      commits: [{ message: 'Begin', files: { 'a.sql': 'SELECT 1\n' } }],
    });
    const installation = forge.admin.installApp({ appId: 7, account: 'acme' });
    const bot = await new App({
      appId: 7,
      privateKey,
      Octokit: Octokit.defaults({ baseUrl: forge.apiUrl }),
    }).getInstallationOctokit(installation.id);
    const main = await alice.rest.git.getRef({ ...repo, ref: 'heads/main' });
    await alice.rest.repos.createWebhook({
      ...repo,
      config: { url: `${receiver.url}2`, content_type: 'json' },
      events: ['release'],
    });
    await alice.rest.git.createRef({
      ...repo,
      ref: 'refs/heads/b',
      sha: main.data.object.sha,
    });
    const put = (path: string, content: string) =>
      alice.rest.repos.createOrUpdateFileContents({
        ...repo,
        path,
        branch: 'b',
        message: path,
        content: Buffer.from(content).toString('base64'),
      });
    await put('b.sql', 'SELECT 2\n');
    const { data: pull } = await alice.rest.pulls.create({
      ...repo,
      head: 'b',
      base: 'main',
      title: 'B',
    });
    await put('c.sql', 'SELECT 3\n');
    const first = { ...repo, pull_number: 1 };
    await alice.rest.pulls.update({ ...first, title: 'Better' });
    await alice.rest.pulls.requestReviewers({ ...first, reviewers: ['bob'] });
    await alice.rest.issues.addLabels({
      ...repo,
      issue_number: 1,
      labels: ['x'],
    });
    await bob.rest.pulls.createReview({ ...first, event: 'APPROVE' });
    const { data: onLine } = await bob.rest.pulls.createReviewComment({
      ...first,
      commit_id: pull.head.sha,
      path: 'b.sql',
      line: 1,
      body: 'Why two?',
    });
    const lineComment = { ...repo, comment_id: onLine.id };
    await bob.rest.pulls.updateReviewComment({ ...lineComment, body: 'Why?' });
    await bob.rest.pulls.deleteReviewComment(lineComment);
    await bob.rest.issues.createComment({
      ...repo,
      issue_number: 1,
      body: 'Hm',
    });
    await alice.rest.repos.createCommitStatus({
      ...repo,
      sha: pull.head.sha,
      state: 'success',
    });
    await bot.rest.checks.create({
      ...repo,
      name: 'tests',
      head_sha: pull.head.sha,
      conclusion: 'success',
    });
    await alice.rest.pulls.update({ ...first, state: 'closed' });
    await alice.rest.pulls.update({ ...first, state: 'open' });
    const wanted = [
      'push',
      'ping',
      ...[
        'opened',
        'synchronize',
        'edited',
        'review_requested',
        'labeled',
        'closed',
        'reopened',
      ].map(action => `pull_request ${action}`),
      'pull_request_review submitted',
      'pull_request_review_comment created',
      'pull_request_review_comment edited',
      'pull_request_review_comment deleted',
      'issue_comment created',
      'status',
      'check_run completed',
      'check_suite requested',
      'check_suite completed',
    ];
    const name = ({ event, payload }: Received) =>
      payload.action ? `${event} ${payload.action}` : event;
    await receiver.until(all =>
      wanted.every(each => all.some(got => name(got) === each)),
    );
    events = new Map(receiver.received.map(each => [name(each), each]));
  });
  afterAll(async () => {
    await test.stop();
    await receiver.stop();
  });

  it('signs what an app is sent, and names the installation', () => {
    const sent = [...events.values()].filter(({ event }) => event !== 'ping');
    for (const { headers, payload } of sent) {
      expect(headers['x-hub-signature-256']).toMatch(/^sha256=[0-9a-f]{64}$/);
      expect(payload.installation.id).toEqual(expect.any(Number));
    }
  });

  it.each([
    'push',
    'ping',
    'status',
    'pull_request opened',
    'pull_request synchronize',
    'pull_request edited',
    'pull_request labeled',
    'pull_request review_requested',
    'pull_request closed',
    'pull_request reopened',
    'pull_request_review submitted',
    'pull_request_review_comment created',
    'pull_request_review_comment edited',
    'pull_request_review_comment deleted',
    'issue_comment created',
    'check_run completed',
    'check_suite requested',
    'check_suite completed',
  ])('%s has what every published example has', name => {
    const [event, action] = name.split(' ');
    const { payload, headers } = events.get(name)!;
    const all = published.find(one => one.name === event)!.examples;
    const same = all.filter(one => one.action === action);
    // None is published of an edit: it must have what all actions have.
    const examples = (same.length > 0 ? same : all)
      .filter(one => event !== 'ping' || one.repository)
      .filter(one => event !== 'push' || (one.head_commit && !one.deleted));
    expect(examples.length).toBeGreaterThan(0);
    expect(missing(examples, payload)).toEqual([]);
    expect(headers['x-github-event']).toBe(event);
    expect(headers['x-github-delivery']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
