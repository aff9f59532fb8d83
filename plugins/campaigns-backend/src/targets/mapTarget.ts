import {
  FailureKind,
  PullRequest,
  Target,
} from '@skein/plugin-campaigns-common';
import { toIso } from '../database/clock';
import { TargetRow } from '../database/tables';

/** The API's view of a target. */
export function toTarget(
  row: TargetRow & { campaign_name: string },
  pullRequest: PullRequest | undefined,
): Target {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    repository: {
      host: row.repo_host,
      owner: row.repo_owner,
      name: row.repo_name,
    },
    path: row.path,
    framework: row.framework,
    entityRef: row.entity_ref ?? undefined,
    ownerRef: row.owner_ref ?? undefined,
    state: row.state,
    stateReason: row.state_reason ?? undefined,
    failureKind: (row.failure_kind as FailureKind | null) ?? undefined,
    wave: row.wave ?? undefined,
    reasons: JSON.parse(row.reasons),
    editCount: row.edit_count,
    noteCount: row.note_count,
    approvalRequired: Boolean(row.approval_required),
    changeId: row.change_id ?? undefined,
    jobId: row.job_id ?? undefined,
    pullRequest,
    expectedAt: toIso(row.expected_at),
    createdAt: toIso(row.created_at)!,
    updatedAt: toIso(row.updated_at)!,
  };
}
