import { Review } from '@skein/plugin-campaigns-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { JobRow } from '../jobs/tables';
import { mapReview } from './mapReview';
import { ReviewRow } from './tables';

/**
 * Stores a look at a patch; of two at one time the first counts.
 *
 * @returns what is stored
 */
export async function insertReview(
  knex: Knex,
  job: Pick<JobRow, 'id' | 'campaign_id' | 'target_id' | 'revision_id'>,
  review: Pick<
    Review,
    'patchDigest' | 'round' | 'outcome' | 'findings' | 'judge' | 'judgeError'
  >,
): Promise<Review> {
  await knex('reviews')
    .insert({
      id: randomUUID(),
      campaign_id: job.campaign_id,
      target_id: job.target_id,
      job_id: job.id,
      revision_id: job.revision_id,
      patch_digest: review.patchDigest,
      round: review.round,
      outcome: review.outcome,
      findings: JSON.stringify(review.findings),
      verdict: review.judge?.verdict ?? null,
      judge: review.judge ? JSON.stringify(review.judge) : null,
      judge_error: review.judgeError ?? null,
      created_at: databaseNow(knex),
    })
    .onConflict(['job_id', 'patch_digest'])
    .ignore();
  const row = await knex<ReviewRow>('reviews')
    .where({ job_id: job.id, patch_digest: review.patchDigest })
    .first();
  return mapReview(row!);
}
