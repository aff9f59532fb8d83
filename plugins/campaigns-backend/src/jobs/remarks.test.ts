import { TestDatabases } from '@backstage/backend-test-utils';
import { AgentReport } from '@skein/plugin-campaigns-common';
import express from 'express';
import request from 'supertest';
import { allRows } from '../authorization';
import { listFeedback } from '../database/operations/feedback/listFeedback';
import { JobRow } from '../database/operations/jobs/tables';
import { JobBench } from './__testUtils__/JobBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const agent: AgentReport = {
  outcome: 'finished',
  summary: 'Done',
  remarks: [],
  turns: 1,
  usage: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 },
  files: [],
  resolved: [],
  asked: [],
};

describe.each(databases.eachSupportedId())('remarks of agents on %s', id => {
  let bench: JobBench;

  beforeEach(async () => {
    bench = await JobBench.create(await databases.init(id), {
      executor: { sandbox: 'off' },
    });
  });
  afterEach(() => bench.stop());

  /** A job whose runner sends what a hostile one may. */
  async function run(
    task: JobRow['task'],
    remarks: unknown,
    outcome: object = { outcome: 'noChanges' },
  ) {
    const { jobId } = await bench.enqueue({ 'a.sql': 'select 1\n' }, { task });
    const [{ token }] = await bench.queue.claim(1, 'test');
    const app = express().use('/job-protocol', bench.router);
    const call = (method: 'get' | 'put', path: string) =>
      request(app)
        [method](`/job-protocol/v1/${path}`)
        .set('Authorization', `Bearer ${token}`);
    await call('get', 'source').expect(200);
    const { status } = await call('put', 'result').send({
      task: 'transform',
      summary: 'Looked',
      patch: '',
      ...outcome,
      report: {
        framework: 'dbt',
        sandbox: 'none',
        edits: [],
        refusals: [],
        baseline: [],
        verification: [],
        agent: { ...agent, remarks },
      },
    });
    return { jobId, status };
  }
  const groups = async () =>
    (await listFeedback(bench.knex, bench.campaign.campaignId, {}, allRows))
      .items;

  it('become feedback of their job, a trial and a failed one too', async () => {
    const remark = 'The table says nothing of gender';
    const first = await run('transform', [remark, `${remark}!`]);
    const trial = await run('evaluate', [remark]);
    await run('transform', [remark], {
      outcome: 'failed',
      failureKind: 'verification-failed',
    });
    const all = await groups();
    expect(all).toMatchObject([
      {
        source: 'agent',
        state: 'open',
        count: 3,
        targets: 3,
        latest: { text: remark, revisionNumber: 1, source: 'agent' },
      },
    ]);
    const jobs = await bench.knex('feedback').select('job_id');
    expect(jobs.map(row => row.job_id)).toEqual(
      expect.arrayContaining([first.jobId, trial.jobId]),
    );
  });

  it('are bounded and cleaned, whatever a runner sends', async () => {
    const secret = `sk-ant-${'a'.repeat(20)}`;
    await run('transform', [`Line\n# Heading\u001b[2J\u202E ${secret}`]);
    expect((await groups())[0].latest.text).toBe(
      'Line # Heading[2J [redacted]',
    );
    for (const wrong of [
      ['x'.repeat(2_001)],
      Array(51).fill('x'),
      [{ text: 'x' }],
      'x',
    ]) {
      expect((await run('transform', wrong)).status).toBe(400);
    }
    expect(await groups()).toHaveLength(1);
  });
});
