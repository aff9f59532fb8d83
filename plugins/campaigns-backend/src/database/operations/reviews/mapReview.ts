import { Review } from '@skein/plugin-campaigns-common';
import { toIso } from '../../clock';
import { ReviewRow } from './tables';

/** A review as the API gives it. */
export function mapReview(row: ReviewRow): Review {
  return {
    id: row.id,
    targetId: row.target_id,
    jobId: row.job_id,
    revisionId: row.revision_id,
    patchDigest: row.patch_digest,
    round: row.round,
    outcome: row.outcome,
    findings: JSON.parse(row.findings),
    judge: row.judge === null ? undefined : JSON.parse(row.judge),
    judgeError: row.judge_error ?? undefined,
    createdAt: toIso(row.created_at)!,
  };
}
