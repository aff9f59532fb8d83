import { FeedbackSource } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { hasDecision } from './hasDecision';
import { FeedbackRow, MOST_FEEDBACK_PER_TARGET } from './tables';

/** Forgets the oldest feedback of a target beyond what is kept. */
export async function trimFeedback(
  tx: Knex,
  targetId: string,
  source: FeedbackSource,
): Promise<void> {
  const beyond = await tx<FeedbackRow>('feedback')
    .where({ target_id: targetId, source })
    .orderByRaw('case when ? then 0 else 1 end', [hasDecision(tx)])
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'asc' },
    ])
    .offset(MOST_FEEDBACK_PER_TARGET)
    // At most so many can have come with one look or one job.
    .limit(1_000)
    .select('id');
  for (let start = 0; start < beyond.length; start += 500) {
    await tx('feedback')
      .whereIn(
        'id',
        beyond.slice(start, start + 500).map(({ id }) => id),
      )
      .delete();
  }
}
