import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { insertJobEvents } from './insertJobEvents';
import { JobEventRow } from './tables';

/**
 * Closes an attempt in the records.
 *
 * @param ending.keepToken - the runner may still ask whether its result arrived
 */
export async function endAttempt(
  tx: Knex.Transaction,
  attempt: { jobId: string; number: number },
  ending: {
    outcome: string;
    message: string;
    level: JobEventRow['level'];
    keepToken?: boolean;
    resultDigest?: string;
  },
): Promise<void> {
  await tx('job_attempts')
    .where({ job_id: attempt.jobId, number: attempt.number })
    .update({
      finished_at: databaseNow(tx),
      outcome: ending.outcome,
      message: ending.message,
      ...(!ending.keepToken && { token_hash: null }),
      ...(ending.resultDigest && { result_digest: ending.resultDigest }),
    });
  await insertJobEvents(tx, attempt.jobId, attempt.number, [
    { type: 'outcome', level: ending.level, message: ending.message },
  ]);
}
