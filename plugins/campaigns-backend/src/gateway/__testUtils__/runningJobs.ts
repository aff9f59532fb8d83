import { Knex } from 'knex';
import { enqueueJob } from '../../database/operations/jobs/enqueueJob';
import { insertTarget } from '../../jobs/__testUtils__/campaign';
import { ClaimedAttempt, JobQueue } from '../../queue/JobQueue';

/** For tests: so many jobs of a campaign, each in the hands of a runner. */
export async function runningJobs(
  knex: Knex,
  queue: JobQueue,
  campaign: { campaignId: string; revisionId: string },
  count: number,
): Promise<ClaimedAttempt[]> {
  const targets: string[] = [];
  for (let index = 0; index < count; index += 1) {
    targets.push(await insertTarget(knex, campaign));
  }
  await knex.transaction(async tx => {
    for (const targetId of targets) {
      await enqueueJob(tx, { ...campaign, targetId, task: 'transform' });
    }
  });
  return queue.claim(count, 'test');
}
