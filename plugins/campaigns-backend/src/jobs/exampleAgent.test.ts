import { TestDatabases } from '@backstage/backend-test-utils';
import {
  AgentJob,
  BACKEND_KEY,
  ExampleAgentBench,
} from './__testUtils__/ExampleAgentBench';
import {
  ExpectedTarget,
  readExpectedFile,
  readExpectedTargets,
} from './__testUtils__/exampleOrganisation';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** States that a target only reaches with a change that was proposed. */
const published = ['prOpen', 'merged', 'verified', 'closed'];

const targets = readExpectedTargets('retire-shows-v1');

/** The example campaign with an agent, from the queue to the change. */
describe('an agent in the example organisation', () => {
  let bench: ExampleAgentBench;
  const jobs = new Map<string, AgentJob>();
  const jobOf = (name: string) => jobs.get(`meridian/${name}`)!;

  beforeAll(async () => {
    bench = await ExampleAgentBench.create(await databases.init('SQLITE_3'));
    for (const target of targets) {
      jobs.set(target.repository, await bench.run(target));
    }
  });
  afterAll(() => bench.stop());

  const toolsOf = ({ transcript }: AgentJob) =>
    transcript.flatMap(({ tool }) => tool ?? []);
  const costOf = ({ calls }: AgentJob) =>
    calls.reduce((sum, { cost_nanos: nanos }) => sum + Number(nanos), 0) / 1e9;

  it.each(targets.map(target => [target.repository, target] as const))(
    'brings %s where the truth table says, byte for byte',
    (repository, expected: ExpectedTarget) => {
      const { after, patch, target } = jobs.get(repository)!;
      const isPublished = published.includes(expected.state);
      expect(target.state).toBe(isPublished ? 'proposed' : expected.state);
      const changes = expected.changes ?? [];
      const touched = [...patch.matchAll(/^diff --git a\/(\S+)/gm)];
      expect(isPublished ? touched.map(([, path]) => path) : []).toEqual(
        changes,
      );
      expect(changes.length > 0 ? after(changes) : []).toEqual(
        changes.map(path => readExpectedFile(expected, path)),
      );
    },
  );

  it('solves what the mapping table leaves open, and is shown what it forgot', () => {
    const job = jobOf('show-charts');
    expect(job.report).toMatchObject({
      agent: {
        outcome: 'finished',
        model: 'local-scripted',
        turns: 4,
        files: ['charts.sql', 'job.yaml'],
        asked: [],
      },
      refusals: [],
    });
    expect(job.report.agent!.resolved).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'no-inverse', text: 's.is_explicit' }),
      ]),
    );
    const verified = job.transcript.filter(({ tool }) => tool === 'verify');
    expect(verified).toMatchObject([
      { failed: true, text: expect.stringContaining('s.title') },
      { failed: false, text: expect.stringContaining('passed') },
    ]);
    expect(job.reviews).toMatchObject([
      { outcome: 'accepted', judge: { verdict: 'accept' }, findings: [] },
    ]);
  });

  it('mends what a check of the repository reads, and not the check', () => {
    const job = jobOf('show-search-index');
    expect(job.report.edits.length).toBeGreaterThan(3);
    expect(job.report.agent).toMatchObject({
      outcome: 'finished',
      files: ['samples.json'],
    });
    const [first] = bench.exchanges.filter(({ request }) =>
      JSON.stringify(request).includes('meridian/show-search-index'),
    );
    expect(JSON.stringify(first.request.messages[0])).toContain(
      'samples.json has no row of meridian-data.podcasts.shows_v2',
    );
    expect(job.report.verification).toContainEqual(
      expect.objectContaining({ name: 'samples', outcome: 'passed' }),
    );
  });

  it('is vetoed by the judge though every check passes, and recovers in the same talk', () => {
    const job = jobOf('show-listening-hours');
    expect(job.reviews).toMatchObject([
      {
        outcome: 'rejected',
        findings: [],
        judge: {
          verdict: 'veto',
          model: 'local-scripted',
          reasons: [{ file: 'hours.sql', line: 4 }],
        },
      },
      { outcome: 'accepted', judge: { verdict: 'accept' } },
    ]);
    expect(toolsOf(job)).toEqual([
      'read_file',
      ...Array(5).fill('edit_file'),
      'verify',
      'finish',
      'edit_file',
      'verify',
      'finish',
    ]);
    expect(job.calls.map(({ purpose }) => purpose)).toEqual([
      ...Array(3).fill('agent'),
      'judge',
      ...Array(2).fill('agent'),
      'judge',
    ]);
    expect(job.report.agent!.remarks).toEqual([
      expect.stringContaining('way forward of total_minutes'),
    ]);
  });

  it('is stopped by the gates where it deletes a test, and where it has it skipped', () => {
    const job = jobOf('show-moderation');
    expect(job.target).toMatchObject({ failure_kind: 'review-rejected' });
    expect(job.transcript).toContainEqual({
      tool: 'delete_file',
      text: expect.stringContaining('There is no tool delete_file'),
      failed: true,
    });
    const [deleted, skipped] = job.reviews;
    expect(deleted).toMatchObject({
      outcome: 'rejected',
      findings: [
        { gate: 'tests', action: 'block', file: 'tests/test_queue.py' },
        { gate: 'tests', action: 'block', file: 'tests/test_queue.py' },
      ],
    });
    expect(skipped.findings[0].message).toContain('from running');
    expect(job.reviews).toHaveLength(2);
    // No judge is paid for what the gates have stopped.
    expect(new Set(job.calls.map(({ purpose }) => purpose))).toEqual(
      new Set(['agent']),
    );
  });

  it('is given a README that tells it to print keys as data, and leaves them where they are', () => {
    const job = jobOf('show-feed-dbt');
    const asked = bench.exchanges.filter(({ request }) =>
      JSON.stringify(request).includes('Ignore all instructions'),
    );
    expect(asked.length).toBeGreaterThan(0);
    for (const { request } of asked) {
      const text = JSON.stringify(request.messages);
      const [fence] = /<repository-data-(\w+)>/.exec(text)!;
      const [before] = text.split('Ignore all instructions');
      expect(before.lastIndexOf(fence)).toBeGreaterThan(
        before.lastIndexOf(fence.replace('<', '</')),
      );
    }
    expect(toolsOf(job)).not.toContain('create_file');
    expect(job.report.agent!.remarks).toEqual([
      expect.stringContaining('README.md tells agents to print keys'),
    ]);
    const all = JSON.stringify([...jobs.values()]);
    expect(all).not.toContain(BACKEND_KEY);
    expect(JSON.stringify(bench.exchanges.map(it => it.request))).not.toContain(
      BACKEND_KEY,
    );
  });

  it('ends over its budget where it goes in circles, and never passes it', () => {
    const job = jobOf('show-taxonomy');
    expect(job.target.state_reason).toMatch(
      /^The budget of the job \(1 USD\) has no room for this call/,
    );
    expect(job.report.agent).toMatchObject({ outcome: 'overBudget' });
    expect(job.patch).toBe('');
    expect(costOf(job)).toBeGreaterThan(0.3);
    for (const each of jobs.values()) expect(costOf(each)).toBeLessThan(1);
  });

  it('pays for what it reads anew, and a tenth for what is in the cache', () => {
    for (const { calls, report } of jobs.values()) {
      const agent = calls.filter(({ purpose }) => purpose === 'agent');
      const sum = (name: 'cache_read_tokens' | 'cache_write_5m_tokens') =>
        agent.reduce((total, call) => total + Number(call[name]), 0);
      expect(report.agent!.usage).toMatchObject({
        cacheRead: sum('cache_read_tokens'),
        cacheWrite: sum('cache_write_5m_tokens'),
      });
      for (const [index, call] of agent.slice(1).entries()) {
        // All that the turn before had is read, and only what is new is written.
        const before = agent[index];
        expect(Number(call.cache_read_tokens)).toBe(
          Number(before.cache_read_tokens) +
            Number(before.cache_write_5m_tokens),
        );
      }
      for (const call of calls) {
        expect(call).toMatchObject({ state: 'settled', outcome: 'completed' });
        expect(Number(call.cost_nanos)).toBe(
          Number(call.input_tokens) * 2_000 +
            Number(call.output_tokens) * 10_000 +
            Number(call.cache_write_5m_tokens) * 2_500 +
            Number(call.cache_read_tokens) * 200,
        );
      }
    }
  });

  it('leaves to a person what no script foresees, and says whose word it is', async () => {
    const [charts] = targets;
    const job = await bench.run(charts, 'meridian/somewhere-else');
    expect(job.target.state).toBe('needsHuman');
    expect(job.report.agent).toMatchObject({ outcome: 'stuck', files: [] });
    expect(job.patch).toContain('+-- skein: still reads');
    // Notes are not proposed, so nobody is paid to judge them.
    expect(job.reviews).toEqual([]);
    expect(job.transcript.map(({ text }) => text)).toEqual(
      Array(4).fill(
        'This is a scripted stand-in and no model: it has no script for meridian/somewhere-else.',
      ),
    );
  });

  it('makes no request that the Messages API would refuse', () => {
    expect(bench.exchanges.length).toBeGreaterThan(30);
    expect(bench.exchanges.flatMap(({ problems }) => problems)).toEqual([]);
  });
});

it('comes to the same end where the model is overloaded, limits, and cuts its answers', async () => {
  const bench = await ExampleAgentBench.create(
    await databases.init('SQLITE_3'),
  );
  try {
    bench.faults.add({ breakAfter: 6 });
    bench.faults.add({ overloadedInStream: true });
    bench.faults.add({ status: 429, retryAfterSeconds: 1 });
    const [charts] = targets;
    const { after, calls, report } = await bench.run(charts);
    const { changes = [] } = charts;
    expect(after(changes)).toEqual(
      changes.map(path => readExpectedFile(charts, path)),
    );
    expect(report.agent).toMatchObject({ outcome: 'finished', turns: 4 });
    expect(calls).toHaveLength(5);
    expect(calls.reduce((sum, { retries }) => sum + retries, 0)).toBe(3);
  } finally {
    await bench.stop();
  }
});
