import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { CampaignChanges } from '../changes/CampaignChanges';
import { databaseNow } from '../database/clock';
import { migrate } from '../database/migrate';
import { enqueueJob } from '../database/operations/jobs/enqueueJob';
import { stopJobs } from '../database/operations/jobs/stopJobs';
import { JobRow } from '../database/operations/jobs/tables';
import { TargetRow } from '../database/tables';
import { insertCampaign, insertTarget } from '../jobs/__testUtils__/campaign';
import { hashToken, JobQueue } from './JobQueue';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('JobQueue on %s', databaseId => {
  let knex: Knex;
  let campaign: { campaignId: string; revisionId: string };
  let queue: JobQueue;
  const changes = new CampaignChanges();

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    campaign = await insertCampaign(knex);
    queue = JobQueue.create({
      database: knex,
      changes,
      backoff: { first: 0, longest: 0 },
    });
  });

  async function enqueue(task: JobRow['task'] = 'transform') {
    const targetId = await insertTarget(knex, {
      campaignId: campaign.campaignId,
      state: task === 'scan' ? 'merged' : 'pending',
    });
    const jobId = await knex.transaction(tx =>
      enqueueJob(tx, { ...campaign, targetId, task }),
    );
    return { targetId, jobId };
  }

  const job = async (id: string) =>
    (await knex<JobRow>('jobs').where({ id }).first())!;
  const target = async (id: string) =>
    (await knex<TargetRow>('targets').where({ id }).first())!;
  const expire = (id: string) =>
    knex('jobs')
      .where({ id })
      .update({ next_at: databaseNow(knex) });
  const succeed = async () => ({ message: 'done' });

  it('gives each of 300 jobs to exactly one of 8 workers', async () => {
    const targets = await Promise.all(
      Array.from({ length: 300 }, () =>
        insertTarget(knex, { campaignId: campaign.campaignId }),
      ),
    );
    await knex.transaction(async tx => {
      for (const targetId of targets) {
        await enqueueJob(tx, { ...campaign, targetId, task: 'transform' });
      }
    });

    const claimed: string[] = [];
    const work = async (worker: number) => {
      for (;;) {
        const jobs = await queue.claim(1 + (worker % 5), `worker-${worker}`);
        if (jobs.length === 0) return;
        claimed.push(...jobs.map(each => each.id));
        for (const each of jobs) await queue.complete(each, succeed);
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));

    expect(claimed).toHaveLength(300);
    expect(new Set(claimed).size).toBe(300);
    const states = await knex('jobs').distinct('state', 'attempts');
    expect(states).toEqual([{ state: 'succeeded', attempts: 1 }]);
  });

  it('lets nobody finish a job whose lease ran out, and gives it to another', async () => {
    const { jobId, targetId } = await enqueue();
    const [sleeper] = await queue.claim(1, 'a');
    await expire(jobId);

    await expect(queue.complete(sleeper, succeed)).rejects.toThrow(
      'no longer this attempt',
    );
    await expect(queue.heartbeat(sleeper)).resolves.toBe(false);

    const [next] = await queue.claim(1, 'b');
    expect(next).toMatchObject({ id: jobId, attempt: 2 });
    await expect(queue.complete(sleeper, succeed)).rejects.toThrow(
      'no longer this attempt',
    );
    await queue.complete(next, async () => ({
      message: 'nothing to do',
      event: { type: 'finished', outcome: 'noChanges', reason: 'nothing' },
    }));
    expect(await job(jobId)).toMatchObject({ state: 'succeeded', attempts: 2 });
    expect(await target(targetId)).toMatchObject({ state: 'noChanges' });
    const attempts = await knex('job_attempts').orderBy('number');
    expect(attempts).toMatchObject([
      { outcome: 'lost', token_hash: null, executor: 'a' },
      { outcome: 'succeeded', executor: 'b' },
    ]);
  });

  it('keeps a lease that is extended', async () => {
    await enqueue();
    const [held] = await queue.claim(1, 'a');
    expect(await queue.claim(1, 'b')).toEqual([]);
    expect(await queue.heartbeat(held)).toBe(true);
    await expect(queue.complete(held, succeed)).resolves.toBeUndefined();
  });

  it('stores the hash of the token and not the token', async () => {
    await enqueue();
    const [{ token }] = await queue.claim(1, 'a');
    const [attempt] = await knex('job_attempts');
    expect(attempt.token_hash).toBe(hashToken(token));
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('tries again after a failure that may pass, and gives up after the last attempt', async () => {
    const { jobId, targetId } = await enqueue();
    const failure = {
      kind: 'runner-crashed',
      message: 'It fell over',
    } as const;
    for (const attempt of [1, 2]) {
      const [held] = await queue.claim(1, 'a');
      expect(held.attempt).toBe(attempt);
      await queue.fail(held, failure);
      expect(await target(targetId)).toMatchObject({
        state: 'queued',
        state_reason: 'It fell over',
      });
    }
    const [last] = await queue.claim(1, 'a');
    await queue.fail(last, failure);
    expect(await job(jobId)).toMatchObject({
      state: 'failed',
      failure_kind: 'runner-crashed',
      attempts: 3,
    });
    expect(await target(targetId)).toMatchObject({
      state: 'failed',
      failure_kind: 'runner-crashed',
    });
    expect(await queue.claim(1, 'a')).toEqual([]);
  });

  it('does not try again after a verdict', async () => {
    const { targetId } = await enqueue();
    const [held] = await queue.claim(1, 'a');
    await queue.fail(held, {
      kind: 'baseline-failed',
      message: 'make test fails before any change',
    });
    expect(await queue.claim(1, 'a')).toEqual([]);
    expect(await target(targetId)).toMatchObject({
      state: 'failed',
      failure_kind: 'baseline-failed',
      state_reason: 'make test fails before any change',
    });
  });

  it('fails a job whose runner was lost each time', async () => {
    const { jobId, targetId } = await enqueue();
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(await queue.claim(1, 'a')).toHaveLength(1);
      await expire(jobId);
    }
    expect(await queue.claim(1, 'a')).toEqual([]);
    expect(await job(jobId)).toMatchObject({ state: 'failed' });
    expect(await target(targetId)).toMatchObject({
      state: 'failed',
      state_reason: expect.stringContaining('lost 3 times'),
    });
  });

  it('keeps nothing of a completion whose transaction fails', async () => {
    const { jobId, targetId } = await enqueue();
    const [held] = await queue.claim(1, 'a');
    await expect(
      queue.complete(held, async tx => {
        await tx('targets').where({ id: targetId }).update({ note_count: 7 });
        throw new Error('disk full');
      }),
    ).rejects.toThrow('disk full');
    expect(await target(targetId)).toMatchObject({
      note_count: 0,
      state: 'running',
    });
    expect(await job(jobId)).toMatchObject({ state: 'running' });
  });

  it('gives a job back without counting the attempt', async () => {
    const { jobId } = await enqueue();
    for (let stop = 0; stop < 5; stop++) {
      const [held] = await queue.claim(1, 'a');
      await queue.release(held, 'The backend stopped');
    }
    expect(await job(jobId)).toMatchObject({ state: 'queued', attempts: 5 });
    expect(await queue.claim(1, 'a')).toHaveLength(1);
  });

  it('stops queued and running jobs, and the runner can leave nothing more', async () => {
    const waiting = await enqueue();
    const running = await enqueue();
    const other = await enqueue();
    await knex('jobs')
      .whereIn('id', [waiting.jobId, other.jobId])
      .update({ next_at: Date.now() + 3_600_000 });
    const [held] = await queue.claim(1, 'a');
    const stopped = await knex.transaction(tx =>
      stopJobs(tx, [waiting.targetId, running.targetId], 'Cancelled by Ada'),
    );
    expect(stopped.sort()).toEqual([waiting.jobId, running.jobId].sort());
    for (const { targetId, jobId } of [waiting, running]) {
      expect(await job(jobId)).toMatchObject({ state: 'stopped' });
      expect(await target(targetId)).toMatchObject({
        state: 'stopped',
        state_reason: 'Cancelled by Ada',
      });
    }
    expect(await target(other.targetId)).toMatchObject({ state: 'queued' });
    await expect(queue.complete(held, succeed)).rejects.toThrow(
      'no longer this attempt',
    );
  });

  it('starts nothing in a paused campaign, and goes on when it is resumed', async () => {
    const { jobId } = await enqueue();
    await knex('campaigns').update({ state: 'paused' });
    expect(await queue.claim(5, 'a')).toEqual([]);
    await knex('campaigns').update({ state: 'active' });
    expect(await queue.claim(5, 'a')).toMatchObject([{ id: jobId }]);
    // What runs is finished.
    await knex('campaigns').update({ state: 'paused' });
    const [held] = await knex<JobRow>('jobs');
    await queue.complete({ id: jobId, ticket: held.ticket! }, succeed);
    expect(await job(jobId)).toMatchObject({ state: 'succeeded' });
  });

  it('allows one live job per target and task', async () => {
    const { targetId, jobId } = await enqueue();
    const again = () =>
      knex.transaction(tx =>
        enqueueJob(tx, { ...campaign, targetId, task: 'transform' }),
      );
    await expect(again()).rejects.toThrow(jobId);
    await knex.transaction(tx =>
      enqueueJob(tx, { ...campaign, targetId, task: 'scan' }),
    );
    const held = (await queue.claim(2, 'a')).find(({ id }) => id === jobId)!;
    await queue.fail(held, { kind: 'timeout', message: 'too slow' });
    await knex('targets').where({ id: targetId }).update({ state: 'pending' });
    const second = await again();
    expect(await target(targetId)).toMatchObject({
      state: 'queued',
      job_id: second,
    });
  });

  it('refuses a job for a target that is not waiting for one', async () => {
    const targetId = await insertTarget(knex, {
      campaignId: campaign.campaignId,
      state: 'prOpen',
    });
    await expect(
      knex.transaction(tx =>
        enqueueJob(tx, { ...campaign, targetId, task: 'transform' }),
      ),
    ).rejects.toThrow("'prOpen' cannot be 'queued'");
    expect(await knex('jobs')).toEqual([]);
  });

  it("leaves a scanned target alone that can no longer take the scan's answer", async () => {
    const { targetId, jobId } = await enqueue('scan');
    const [held] = await queue.claim(1, 'a');
    await knex('targets').where({ id: targetId }).update({ state: 'reverted' });
    await queue.complete(held, async () => ({
      message: 'clean',
      event: { type: 'verified' },
    }));
    expect(await job(jobId)).toMatchObject({ state: 'succeeded' });
    expect(await target(targetId)).toMatchObject({ state: 'reverted' });
  });
});
