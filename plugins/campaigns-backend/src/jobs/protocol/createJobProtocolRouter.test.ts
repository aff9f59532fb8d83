import { TestDatabases } from '@backstage/backend-test-utils';
import { JobResult, protocolLimits } from '@skein/job-runner';
import express from 'express';
import request from 'supertest';
import { databaseNow } from '../../database/clock';
import { listJobEvents } from '../../database/operations/jobs/listJobEvents';
import { enqueueJob } from '../../database/operations/jobs/enqueueJob';
import { stopJobs } from '../../database/operations/jobs/stopJobs';
import { ChangeRow } from '../../database/operations/jobs/tables';
import { ClaimedAttempt } from '../../queue/JobQueue';
import { JobBench } from '../__testUtils__/JobBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const span = { start: 7, end: 14, line: 1, column: 8 };
const patch = [
  'diff --git a/dbt/a.sql b/dbt/a.sql',
  `index ${'0'.repeat(40)}..${'1'.repeat(40)} 100644`,
  '--- a/dbt/a.sql',
  '+++ b/dbt/a.sql',
  '@@ -1 +1 @@',
  '-select user_id from `acme.user_data.users_v1`',
  '+select user_identifier as user_id from `acme.user_data.users_v2`',
  '',
].join('\n');

const proposed = {
  task: 'transform',
  outcome: 'proposed',
  summary: '1 edit in 1 file',
  patch,
  report: {
    framework: 'dbt',
    sandbox: 'none',
    edits: [
      {
        file: 'dbt/a.sql',
        span,
        oldText: 'user_id',
        newText: 'user_identifier as user_id',
        kind: 'column',
        cause: 'acme.user_data.users_v1:2',
        reason: 'renamed',
        confidence: 'certain',
      },
    ],
    refusals: [],
    baseline: [],
    verification: [],
  },
} satisfies JobResult;

describe.each(databases.eachSupportedId())('job protocol on %s', databaseId => {
  let bench: JobBench;
  let app: express.Express;
  let job: ClaimedAttempt;
  let targetId: string;
  let name: string;
  let commit: string;

  beforeEach(async () => {
    bench = await JobBench.create(await databases.init(databaseId), {
      executor: { sandbox: 'off' },
      limits: { patchBytes: 10_000 },
    });
    app = express().use('/job-protocol', bench.router);
    ({ targetId, name, commit } = await bench.enqueue(
      { 'dbt/a.sql': 'select user_id from `acme.user_data.users_v1`\n' },
      { path: 'dbt' },
    ));
    [job] = await bench.queue.claim(1, 'test');
  });
  afterEach(() => bench.stop());

  const call = (
    method: 'get' | 'post' | 'put',
    path: string,
    token = job.token,
  ) =>
    request(app)
      [method](`/job-protocol/v1/${path}`)
      .set('Authorization', `Bearer ${token}`);
  const events = (...list: object[]) =>
    call('post', 'events').send({ events: list });
  const log = (message: string) => ({
    at: '2026-01-01T00:00:00Z',
    type: 'log',
    message,
  });

  it.each(['get job', 'get source', 'post events', 'put result'])(
    'lets nobody %s without a living token',
    async route => {
      const [method, path] = route.split(' ') as ['get', string];
      const wrong = 'A'.repeat(43);
      await call(method, path, wrong).send({}).expect(401);
      await request(app)
        [method](`/job-protocol/v1/${path}`)
        .send({})
        .expect(401);

      await bench.knex('jobs').update({ next_at: databaseNow(bench.knex) });
      const [next] = await bench.queue.claim(1, 'another');
      expect(next.id).toBe(job.id);
      await call(method, path).send({}).expect(401);
    },
  );

  it('takes a token for its own job alone, and for nothing once that has ended', async () => {
    const another = await bench.enqueue({ 'b.sql': 'select 1\n' });
    const [other] = await bench.queue.claim(1, 'test');
    const { body } = await call('get', 'job', other.token).expect(200);
    expect(body.target.repository).toContain(another.name);

    // No path and no body of the protocol names a job: there is nothing to aim at another one with.
    await call('get', 'source').buffer();
    await call('put', 'result')
      .send({ ...proposed, jobId: other.id, targetId: another.targetId })
      .expect(204);
    expect(await bench.target(targetId)).toMatchObject({ state: 'proposed' });
    expect(await bench.job(other.id)).toMatchObject({ state: 'running' });

    await call('get', 'job').expect(401);
    await call('get', 'source').expect(401);
    await call('post', 'messages').send({}).expect(401);
    await call('post', 'review').send({}).expect(401);
  });

  it('tells the runner its target and context', async () => {
    const { body } = await call('get', 'job').expect(200);
    expect(body).toMatchObject({
      protocolVersion: 1,
      jobId: job.id,
      attempt: 1,
      task: 'transform',
      target: {
        repository: `forge.example.com/acme/${name}`,
        path: 'dbt',
        framework: 'dbt',
      },
      mappings: [{ from: 'acme.user_data.users_v1' }],
      verification: {
        baseline: 'required',
        unverified: 'skip',
        timeoutSeconds: 60,
      },
      limits: { patchBytes: 10_000 },
    });
  });

  it('tells the runner what CI said of the change before', async () => {
    await call('get', 'source').expect(200);
    await call('put', 'result').send(proposed).expect(204);
    const [row] = await bench.knex<ChangeRow>('changes');
    await bench.knex('changes').update({
      report: JSON.stringify({
        ...JSON.parse(row.report),
        verification: [
          {
            name: 'CI: lint',
            source: 'ci',
            outcome: 'passed',
            summary: 'ok',
            durationMs: 0,
          },
          {
            name: 'CI: build',
            source: 'ci',
            outcome: 'failed',
            summary: 'cannot find symbol',
            errors: [
              {
                tool: 'javac',
                message: 'cannot find symbol',
                file: 'A.java',
                line: 3,
              },
            ],
            durationMs: 0,
          },
        ],
      }),
    });
    await bench.knex('targets').update({ state: 'pending' });
    await bench.knex.transaction(tx =>
      enqueueJob(tx, { ...bench.campaign, targetId, task: 'transform' }),
    );
    [job] = await bench.queue.claim(1, 'test');
    const { body } = await call('get', 'job').expect(200);
    expect(body.feedback).toEqual([
      "The change of an earlier try failed in the repository's CI: CI: build: cannot find symbol",
      'A.java:3: cannot find symbol',
    ]);
  });

  it('keeps an attempt on the commit that it was given first', async () => {
    const first = await call('get', 'source').buffer().expect(200);
    expect(first.headers['content-type']).toBe('application/x-git-bundle');
    await bench.repositories.commit(name, { 'b.sql': 'select 1' });
    await call('get', 'source').buffer().expect(200);
    await call('put', 'result').send(proposed).expect(204);
    const [change] = await bench.knex<ChangeRow>('changes');
    expect(change.base_commit).toBe(commit);
  });

  it('says why a source cannot be had, to the runner and in the log', async () => {
    await bench.knex('targets').update({ repo_name: 'gone' });
    const { body } = await call('get', 'source').expect(503);
    expect(body.message).toBe(
      'The repository could not be read: No repository gone',
    );
    expect(await bench.knex('job_events')).toMatchObject([
      { type: 'log', level: 'error', message: body.message },
    ]);
  });

  it('stores what the runner says, and extends its lease', async () => {
    const before = await bench.job(job.id);
    const { body } = await events(
      { at: 'x', type: 'phase', phase: 'baseline', message: 'Checking' },
      { ...log('a\u0000b'), level: 'warn', phase: 'baseline' },
      { at: 'x', type: 'heartbeat' },
    ).expect(200);
    expect(body).toEqual({ stop: false });
    expect(
      await bench
        .knex('job_events')
        .orderBy('id')
        .select('type', 'level', 'phase', 'message'),
    ).toEqual([
      { type: 'phase', level: 'info', phase: 'baseline', message: 'Checking' },
      { type: 'log', level: 'warn', phase: 'baseline', message: 'a\ufffdb' },
    ]);
    const after = await bench.job(job.id);
    expect(after.phase).toBe('baseline');
    expect(Number(after.next_at)).toBeGreaterThan(Number(before.next_at));
  });

  it('stores the steps of an agent, without secrets', async () => {
    const key = `sk-ant-api03-${'x'.repeat(40)}`;
    const data = {
      kind: 'tool',
      turn: 1,
      name: 'read_file',
      input: '{"path":"a.sql"}',
      result: `a key: ${key}`,
      resultBytes: 70,
      failed: false,
      durationMs: 3,
    };
    await events({
      at: 'x',
      type: 'transcript',
      phase: 'agent',
      message: `read_file ${key}`,
      data,
    }).expect(200);
    const [stored] = await listJobEvents(bench.knex, job.id);
    expect(stored).toMatchObject({
      type: 'transcript',
      phase: 'agent',
      message: 'read_file [redacted]',
      transcript: { ...data, result: 'a key: [redacted]' },
    });
    const [{ event_bytes: bytes }] = await bench.knex('job_attempts');
    expect(Number(bytes)).toBeGreaterThan(100);
  });

  it('tells a runner to stop whose job was stopped', async () => {
    await bench.knex.transaction(tx => stopJobs(tx, [targetId], 'enough'));
    const { body } = await events(log('still here')).expect(200);
    expect(body).toEqual({ stop: true });
    await call('put', 'result').send(proposed).expect(409);
    await call('get', 'job').expect(401);
    expect(await bench.knex('changes')).toEqual([]);
  });

  it('stores nothing of a job that is stopped while it speaks', async () => {
    const heartbeat = bench.queue.heartbeat.bind(bench.queue);
    jest.spyOn(bench.queue, 'heartbeat').mockImplementationOnce(async held => {
      const answer = await heartbeat(held);
      await bench.knex.transaction(tx => stopJobs(tx, [targetId], 'enough'));
      return answer;
    });
    const { body } = await events(
      { at: 'x', type: 'phase', phase: 'verify' },
      log('too late'),
    ).expect(200);
    expect(body).toEqual({ stop: true });
    expect(await bench.knex('job_events')).toMatchObject([
      { type: 'outcome', message: 'Stopped: enough' },
    ]);
    expect((await bench.job(job.id)).phase).toBe(null);
  });

  it('says in one line why it refuses a patch, whatever the patch holds', async () => {
    await call('get', 'source').buffer();
    await call('put', 'result')
      .send({
        ...proposed,
        patch: patch.replace('+++ b/dbt/a.sql', `+++ c/${'x'.repeat(5_000)}`),
      })
      .expect(400);
    const { state_reason: reason } = await bench.target(targetId);
    expect(reason).toMatch(
      /^The patch cannot be read, line 4: the name c\/xxx/,
    );
    expect(reason!.length).toBeLessThanOrEqual(500);
  });

  it.each<[string, object]>([
    ['no list', { events: 7 }],
    [
      'a step of an agent that is too long',
      {
        events: [
          {
            at: 'x',
            type: 'transcript',
            data: {
              kind: 'tool',
              turn: 1,
              name: 'x',
              input: '',
              result: '\u0001'.repeat(protocolLimits.transcriptBytes / 4),
              resultBytes: 1,
              failed: false,
              durationMs: 1,
            },
          },
        ],
      },
    ],
    [
      'a step of another shape',
      { events: [{ at: 'x', type: 'transcript', data: { kind: 'thought' } }] },
    ],
    [
      'an unknown type',
      { events: [{ at: 'x', type: 'outcome', message: 'done' }] },
    ],
    [
      'a long message',
      { events: [log('x'.repeat(protocolLimits.messageBytes + 1))] },
    ],
    [
      'a phase of control characters',
      { events: [{ at: 'x', type: 'phase', phase: 'a\u0000' }] },
    ],
    [
      'too many',
      { events: Array(protocolLimits.eventsPerRequest + 1).fill(log('x')) },
    ],
  ])('refuses events with %s', async (_, body) => {
    await call('post', 'events').send(body).expect(400);
    expect(await bench.knex('job_events')).toEqual([]);
    expect(await bench.job(job.id)).toMatchObject({ state: 'running' });
  });

  it('ends a job that talks without end', async () => {
    await bench
      .knex('job_attempts')
      .update({ event_count: protocolLimits.eventsPerAttempt });
    const { body } = await events(log('one more')).expect(200);
    expect(body).toEqual({ stop: true });
    expect(await bench.target(targetId)).toMatchObject({
      state: 'failed',
      failure_kind: 'output-limit',
    });
  });

  it('stores a change once, however often its runner sends it', async () => {
    await call('get', 'source').buffer();
    await call('put', 'result').send(proposed).expect(204);
    await call('put', 'result').send(proposed).expect(204);
    await call('put', 'result')
      .send({ ...proposed, summary: 'other' })
      .expect(409);
    const changes = await bench.knex<ChangeRow>('changes');
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ patch, insertions: 1, deletions: 1 });
    expect(await bench.target(targetId)).toMatchObject({
      state: 'proposed',
      change_id: changes[0].id,
      edit_count: 1,
    });
    expect(await bench.job(job.id)).toMatchObject({ state: 'succeeded' });
  });

  it('has one outcome, however many results come at once, late ones and those of an attempt before among them', async () => {
    await call('get', 'source').buffer();
    await bench.knex('jobs').update({ next_at: databaseNow(bench.knex) });
    const [next] = await bench.queue.claim(1, 'another');
    await call('get', 'source', next.token).buffer();
    const results = await Promise.all(
      [next.token, job.token, next.token, next.token, job.token].map(
        (token, index) =>
          call('put', 'result', token).send({
            ...proposed,
            summary: `result ${index}`,
          }),
      ),
    );
    expect(results.filter(({ status }) => status === 204)).toHaveLength(1);
    expect([401, 409]).toEqual(
      expect.arrayContaining([results[1].status, results[4].status]),
    );
    expect(await bench.knex('changes')).toHaveLength(1);
    const before = await bench.knex('job_events');
    for (const token of [job.token, next.token]) {
      const late = await call('post', 'events', token).send({
        events: [log('too late')],
      });
      expect(late.status === 401 || late.body.stop === true).toBe(true);
      const { status } = await call('put', 'result', token).send({
        ...proposed,
        outcome: 'failed',
      });
      expect([401, 409]).toContain(status);
    }
    expect(await bench.knex('job_events')).toEqual(before);
    expect(await bench.target(targetId)).toMatchObject({ state: 'proposed' });
  });

  it('keeps what a failed job would have proposed', async () => {
    await call('get', 'source').buffer();
    await call('put', 'result')
      .send({
        ...proposed,
        outcome: 'failed',
        failureKind: 'verification-failed',
        summary: 'make test fails\nafter the change',
      })
      .expect(204);
    const target = await bench.target(targetId);
    expect(target).toMatchObject({
      state: 'failed',
      failure_kind: 'verification-failed',
      state_reason: 'make test fails after the change',
    });
    expect(await bench.knex('changes')).toMatchObject([
      { id: target.change_id, patch },
    ]);
  });

  it('stores nothing that checks, programs or an agent said with a secret in it', async () => {
    const key = `sk-ant-api03-${'x'.repeat(40)}`;
    const check = {
      name: 'make test',
      source: 'repository',
      outcome: 'failed',
      summary: `refused: ${key}`,
      errors: [{ tool: 'make', message: key, detail: `with ${key}` }],
      output: `+ curl -H 'Authorization: Bearer ${'t'.repeat(30)}' ${key}`,
      durationMs: 1,
    };
    await call('get', 'source').buffer();
    await call('put', 'result')
      .send({
        ...proposed,
        outcome: 'failed',
        failureKind: 'verification-failed',
        summary: `make test fails: ${key}`,
        report: {
          ...proposed.report,
          baseline: [check],
          verification: [check],
          commands: [
            {
              command: ['codemod', key],
              outcome: 'failed',
              summary: key,
              output: key,
              files: [],
              left: [],
              durationMs: 1,
            },
          ],
          agent: {
            outcome: 'finished',
            summary: `I used ${key}`,
            remarks: [`Why is ${key} there?`],
            turns: 1,
            usage: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 },
            files: [],
            resolved: [],
            asked: [],
          },
        },
      })
      .expect(204);
    const stored = await Promise.all(
      ['changes', 'targets', 'jobs', 'job_attempts', 'job_events'].map(table =>
        bench.knex(table),
      ),
    );
    const text = JSON.stringify(stored);
    expect(text).not.toContain(key);
    expect(text).not.toContain('t'.repeat(30));
    expect(await bench.target(targetId)).toMatchObject({
      state_reason: 'make test fails: [redacted]',
    });
    // Code is as it was.
    expect(await bench.knex('changes')).toMatchObject([{ patch }]);
  });

  it.each<[string, object, string, string]>([
    [
      'is outside of the folder',
      { patch: patch.replaceAll('dbt/a.sql', 'a.sql') },
      'protocol-error',
      'outside of',
    ],
    [
      'leaves the repository',
      { patch: patch.replaceAll('dbt/', 'dbt/../../') },
      'protocol-error',
      'plain relative path',
    ],
    [
      'reaches into .git',
      { patch: patch.replaceAll('dbt/a.sql', 'dbt/.git/config') },
      'protocol-error',
      "git's own folder",
    ],
    [
      'makes a link',
      { patch: patch.replace('100644', '120000') },
      'protocol-error',
      'mode 120000',
    ],
    [
      'is no patch',
      { patch: 'rm -rf /\n' },
      'protocol-error',
      'cannot be read, line 1',
    ],
    [
      'is too long',
      { patch: patch.replace('+select', `+${'x'.repeat(10_000)}`) },
      'patch-too-large',
      'over 10000 bytes',
    ],
    ['is absent', { patch: '' }, 'protocol-error', "says 'proposed'"],
  ])('refuses a result whose patch %s', async (_, change, kind, words) => {
    await call('get', 'source').buffer();
    await call('put', 'result')
      .send({ ...proposed, ...change })
      .expect(400);
    expect(await bench.target(targetId)).toMatchObject({
      state: 'failed',
      failure_kind: kind,
      state_reason: expect.stringContaining(words),
    });
    expect(await bench.knex('changes')).toEqual([]);
  });

  it.each<[string, string]>([
    ['another shape', JSON.stringify({ ...proposed, outcome: 'merged' })],
    ['no report', JSON.stringify({ ...proposed, report: undefined })],
    [
      'a long report',
      JSON.stringify({
        ...proposed,
        report: {
          ...proposed.report,
          edits: Array(20_000).fill(proposed.report.edits[0]),
        },
      }),
    ],
    [
      'another task',
      JSON.stringify({
        task: 'scan',
        outcome: 'clean',
        summary: '',
        references: [],
      }),
    ],
    ['broken JSON', '{"task":'],
    [
      'too many bytes',
      JSON.stringify({ ...proposed, extra: 'x'.repeat(9 * 1024 ** 2) }),
    ],
  ])('fails the job of a result with %s', async (_, body) => {
    await call('get', 'source').buffer();
    await call('put', 'result')
      .set('Content-Type', 'application/json')
      .send(body)
      .expect(400);
    expect(await bench.target(targetId)).toMatchObject({
      state: 'failed',
      failure_kind: 'protocol-error',
    });
  });

  it.each<[string, (key: string) => string]>([
    [
      'a patch that cannot be read',
      key =>
        JSON.stringify({
          ...proposed,
          patch: patch.replace('+++ b/dbt/a.sql', `+++ ${key}`),
        }),
    ],
    [
      'a patch that leaves its folder',
      key =>
        JSON.stringify({
          ...proposed,
          patch: patch.replaceAll('dbt/a.sql', `${key}/a.sql`),
        }),
    ],
    [
      'a name that the protocol does not know',
      key => JSON.stringify({ ...proposed, report: { [key]: 1 } }),
    ],
    ['broken JSON', key => `${key}`],
  ])(
    'repeats no secret of a result that it refuses for %s',
    async (_, body) => {
      const key = `ghp_${'x'.repeat(36)}`;
      await call('get', 'source').buffer();
      const { text } = await call('put', 'result')
        .set('Content-Type', 'application/json')
        .send(body(key))
        .expect(400);
      const tables = [
        'changes',
        'targets',
        'jobs',
        'job_attempts',
        'job_events',
      ];
      const stored = await Promise.all(tables.map(table => bench.knex(table)));
      expect(await bench.target(targetId)).toMatchObject({ state: 'failed' });
      for (const shown of [text, JSON.stringify(stored)]) {
        expect(shown).not.toContain('x'.repeat(8));
      }
    },
  );

  it('takes no result from a runner that never had the source', async () => {
    await call('put', 'result').send(proposed).expect(400);
    expect(await bench.target(targetId)).toMatchObject({
      failure_kind: 'protocol-error',
    });
  });

  it.each([
    ['clean', [], 'verified', null],
    [
      'stillReads',
      [
        {
          file: 'models/a\n.sql',
          span,
          dataset: 'a.b',
          access: 'read',
          confidence: 'certain',
        },
      ],
      'merged',
      '1 reference to the old dataset is left in models/a .sql:1',
    ],
  ])(
    'makes a scanned target %s',
    async (outcome, references, state, reason) => {
      const scan = await bench.enqueue({ 'a.sql': '' }, { task: 'scan' });
      [job] = await bench.queue.claim(1, 'test');
      await call('put', 'result')
        .send({ task: 'scan', outcome, summary: 'x', references })
        .expect(204);
      expect(await bench.target(scan.targetId)).toMatchObject({
        state,
        state_reason: reason,
      });
    },
  );
});
