import { TestDatabases } from '@backstage/backend-test-utils';
import { ChangeReport } from '@skein/plugin-campaigns-common';
import { readdir, readFile } from 'fs/promises';
import { stopJobs } from '../database/operations/jobs/stopJobs';
import { ChangeRow } from '../database/operations/jobs/tables';
import { until } from '../__testUtils__/until';
import { exampleContext } from './__testUtils__/campaign';
import { RepositoryFiles } from './__testUtils__/gitSource';
import { JobBench, JobBenchOptions } from './__testUtils__/JobBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const dbt: RepositoryFiles = {
  'dbt_project.yml': 'name: example\n',
  'models/users.sql': 'select user_id\nfrom `acme.user_data.users_v1`\n',
};
const rewritten =
  'select user_identifier as user_id\nfrom `acme.user_data.users_v2`\n';

async function isRunning(text: string): Promise<boolean> {
  for (const pid of (await readdir('/proc')).filter(name =>
    /^\d+$/.test(name),
  )) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(
      () => '',
    );
    if (command.includes(text)) return true;
  }
  return false;
}

/** Whole jobs: queue, worker, executor with its sandbox where there is one, bundled runner, result. */
describe('jobs, from the queue to the change', () => {
  let bench: JobBench;

  async function open(options: JobBenchOptions = {}) {
    bench = await JobBench.create(await databases.init('SQLITE_3'), options);
    bench.start();
  }
  afterEach(() => bench.stop());

  async function changeOf(targetId: string) {
    const { change_id: id } = await bench.target(targetId);
    const row = (await bench
      .knex<ChangeRow>('changes')
      .where({ id: id! })
      .first())!;
    return { ...row, report: JSON.parse(row.report) as ChangeReport };
  }

  /** Runs one job to its end. @returns its target and, where there is one, its change */
  async function run(files: RepositoryFiles, path?: string) {
    const queued = await bench.enqueue(files, { path });
    await bench.ended(queued.jobId);
    return { ...queued, target: await bench.target(queued.targetId) };
  }

  it('proposes a change to a real repository', async () => {
    await open();
    const { jobId, targetId, target, commit, name } = await run({
      ...dbt,
      'test.sh': '#!/bin/sh\ngit ls-files | wc -l\ngit diff --stat\n',
    });
    expect(target).toMatchObject({ state: 'proposed', note_count: 0 });
    const change = await changeOf(targetId);
    expect(change).toMatchObject({ base_commit: commit, files_changed: 1 });
    expect(
      bench.repositories.apply(name, change.patch, 'models/users.sql'),
    ).toBe(rewritten);
    expect(change.report.framework).toBe('dbt');
    expect(change.report.baseline).toContainEqual(
      expect.objectContaining({
        name: 'test.sh',
        source: 'repository',
        outcome: 'passed',
        summary: '3',
      }),
    );
    expect(change.report.verification).toContainEqual(
      expect.objectContaining({
        name: 'test.sh',
        summary: '1 file changed, 2 insertions(+), 2 deletions(-)',
      }),
    );
    const events = await bench
      .knex('job_events')
      .where({ job_id: jobId, type: 'phase' })
      .orderBy('id');
    expect(events.map(event => event.phase)).toEqual([
      'source',
      'detect',
      'baseline',
      'transform',
      'verify',
      'review',
      'report',
    ]);
    await until(async () => {
      const [attempt] = await bench.knex('job_attempts');
      return attempt.token_hash === null && attempt.outcome === 'succeeded';
    });
  });

  it('changes only the folder of its target', async () => {
    await open();
    const { targetId } = await run(
      {
        'one/a.sql': dbt['models/users.sql'],
        'two/a.sql': dbt['models/users.sql'],
      },
      'two',
    );
    const { patch, report } = await changeOf(targetId);
    expect(patch).toContain('diff --git a/two/a.sql b/two/a.sql');
    expect(patch).not.toContain('one/a.sql');
    expect(report.edits.map(edit => edit.file)).toEqual([
      'two/a.sql',
      'two/a.sql',
    ]);
  });

  it('finds nothing to do where nothing reads the old dataset', async () => {
    await open();
    const { target } = await run({
      'a.sql': 'select user_id from other.users_v1\n',
    });
    expect(target).toMatchObject({ state: 'noChanges' });
  });

  it('leaves to a person what the mapping leaves to one', async () => {
    const [table] = exampleContext.mappings;
    await open({
      context: {
        ...exampleContext,
        mappings: [
          {
            ...table,
            columns: [
              {
                from: 'user_id',
                decision: 'person',
                note: 'Which of the two ids?',
                line: 2,
              },
            ],
          },
        ],
      },
    });
    const { target } = await run(dbt);
    expect(target).toMatchObject({ state: 'needsHuman', edit_count: 0 });
    expect(target.note_count).toBeGreaterThan(0);
    expect(target.state_reason).toContain('Which of the two ids?');
  });

  it("fails with the check's own words where it fails before any change", async () => {
    await open();
    const { targetId, target } = await run({
      ...dbt,
      Makefile: 'test:\n\t@echo "seed countries.csv is missing"; exit 2\n',
    });
    expect(target).toMatchObject({
      state: 'failed',
      failure_kind: 'baseline-failed',
      state_reason:
        'Was broken before: the check "make test" fails before any change: seed countries.csv is missing',
    });
    const { patch, report } = await changeOf(targetId);
    expect(patch).toBe('');
    expect(report.edits).toEqual([]);
  });

  it('fails where a check fails after the change, and keeps the change to look at', async () => {
    await open();
    const { targetId, target } = await run({
      ...dbt,
      '.skein.yaml':
        'version: 1\nverify:\n  - name: contract\n    command: [grep, -rq, users_v1, models]\n',
    });
    expect(target).toMatchObject({
      state: 'failed',
      failure_kind: 'verification-failed',
      state_reason:
        'The check "contract" fails after the change: ended with code 1',
    });
    expect((await changeOf(targetId)).patch).toContain(
      '+select user_identifier',
    );
  });

  it('checks what a change made of a query against the schemas that a provider knows', async () => {
    await open({
      schemas: {
        resolve: async ({ own }) => ({
          schemas: {
            ...own,
            'acme.user_data.users_v1': { user_id: 'INT64' },
            'acme.user_data.users_v2': { key: 'STRING' },
          },
          origins: [],
        }),
      },
    });
    const { targetId, target } = await run(dbt);
    expect(target).toMatchObject({
      state: 'failed',
      failure_kind: 'verification-failed',
      state_reason:
        'The check "SQL resolves against the schemas" fails after the change: models/users.sql: no table of the query has a column user_identifier',
    });
    const { report } = await changeOf(targetId);
    const [failed] = report.verification.filter(
      ({ outcome }) => outcome === 'failed',
    );
    expect(failed.errors).toMatchObject([
      { tool: 'skein', file: 'models/users.sql', line: 1 },
    ]);
  });

  it('goes on without a baseline where the campaign does not require one', async () => {
    await open({
      context: {
        ...exampleContext,
        verification: {
          ...exampleContext.verification,
          baseline: 'ignore',
        },
      },
    });
    const { target } = await run({ ...dbt, 'test.sh': 'exit 1\n' });
    expect(target).toMatchObject({ state: 'proposed' });
  });

  it.each([
    [
      'timeout',
      'Was broken before: the check "test.sh" fails before any change: did not end within 5 s',
      'trap "" TERM\n(sleep 4712.5 &)\nsleep 4712.5\n',
    ],
    [
      'output-limit',
      'Was broken before: the check "test.sh" fails before any change: printed more than 100000 bytes',
      'yes\n',
    ],
  ])('ends a check by its limit: %s', async (kind, reason, script) => {
    await open({
      limits: { outputBytes: 100_000 },
      context: {
        ...exampleContext,
        verification: {
          ...exampleContext.verification,
          timeoutMinutes: 5 / 60,
        },
      },
    });
    const { target } = await run({ ...dbt, 'test.sh': script });
    expect(target).toMatchObject({
      state: 'failed',
      failure_kind: kind,
      state_reason: reason,
    });
    await until(async () => !(await isRunning('4712.5')));
  });

  it('ends a job by its time, with what is known of it', async () => {
    await open({ limits: { timeoutSeconds: 20 } });
    const { target, targetId } = await run({
      ...dbt,
      'test.sh': 'sleep 4713.5\n',
    });
    expect(target).toMatchObject({
      failure_kind: 'timeout',
      state_reason: 'The job took longer than its 20 seconds',
    });
    expect((await changeOf(targetId)).report.framework).toBe('dbt');
    await until(async () => !(await isRunning('4713.5')));
  });

  it('fails where the patch is over its limit', async () => {
    await open({ limits: { patchBytes: 300 } });
    const { target } = await run(dbt);
    expect(target).toMatchObject({ failure_kind: 'patch-too-large' });
  });

  it('tries again where the source cannot be had, and says so at the end', async () => {
    await open();
    const { jobId, targetId } = await bench.enqueue(dbt);
    await bench.knex('targets').update({ repo_name: 'gone' });
    expect(await bench.ended(jobId)).toMatchObject({
      state: 'failed',
      attempts: 3,
      failure_kind: 'source-unavailable',
      failure_message: 'The repository could not be read: No repository gone',
    });
    expect(await bench.target(targetId)).toMatchObject({ state: 'failed' });
  });

  it('ends the runner of a job that is stopped', async () => {
    await open();
    const { jobId, targetId } = await bench.enqueue({
      ...dbt,
      'test.sh': 'sleep 4714.5\n',
    });
    await until(() => isRunning('4714.5'));
    await bench.knex.transaction(tx => stopJobs(tx, [targetId], 'Cancelled'));
    bench.changes.notify({ campaignId: bench.campaign.campaignId, targetId });
    await until(async () => !(await isRunning('4714.5')));
    expect(await bench.job(jobId)).toMatchObject({ state: 'stopped' });
    expect(await bench.target(targetId)).toMatchObject({ state: 'stopped' });
  });

  it('gives its jobs back when it stops, and another worker runs them', async () => {
    await open();
    const { jobId, targetId, name } = await bench.enqueue({
      ...dbt,
      'test.sh': 'sleep 4715.5\n',
    });
    await until(() => isRunning('4715.5'));
    await bench.worker!.stop();
    expect(await isRunning('4715.5')).toBe(false);
    expect(await bench.job(jobId)).toMatchObject({ state: 'queued' });
    expect(await bench.target(targetId)).toMatchObject({ state: 'queued' });

    await bench.repositories.commit(name, { 'test.sh': 'true\n' });
    bench.start();
    expect(await bench.ended(jobId)).toMatchObject({
      state: 'succeeded',
      attempts: 2,
    });
    expect(await bench.target(targetId)).toMatchObject({ state: 'proposed' });
  });

  it('verifies a merged target, or says where it still reads the old dataset', async () => {
    await open();
    const clean = await bench.enqueue({ 'a.sql': rewritten }, { task: 'scan' });
    const dirty = await bench.enqueue(dbt, { task: 'scan' });
    await Promise.all([bench.ended(clean.jobId), bench.ended(dirty.jobId)]);
    expect(await bench.target(clean.targetId)).toMatchObject({
      state: 'verified',
    });
    expect(await bench.target(dirty.targetId)).toMatchObject({
      state: 'merged',
      state_reason: expect.stringContaining('models/users.sql:1'),
    });
  });
});
