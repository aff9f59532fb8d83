import { ContextRevision } from '@skein/plugin-campaigns-common';
import { toIso } from '../../clock';
import { ContextRevisionRow } from '../../tables';

/**
 * The API's view of a context revision.
 *
 * @param currentId - of the campaign's current one
 */
export function toRevision(
  row: Omit<ContextRevisionRow, 'content' | 'spec'>,
  currentId: string | null | undefined,
): ContextRevision {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    number: row.number,
    digest: row.digest,
    current: row.id === currentId,
    note: row.note ?? undefined,
    createdBy: row.created_by,
    createdAt: toIso(row.created_at)!,
  };
}
