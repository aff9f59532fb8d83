import { BulkResult } from '@skein/plugin-campaigns-common';

/** Skipped targets by reason, most first. */
export function groupSkipped(
  skipped: BulkResult['skipped'],
): Array<{ reason: string; targetIds: string[] }> {
  const groups = new Map<string, string[]>();
  for (const { reason, targetId } of skipped) {
    groups.set(reason, [...(groups.get(reason) ?? []), targetId]);
  }
  return [...groups]
    .map(([reason, targetIds]) => ({ reason, targetIds }))
    .sort((a, b) => b.targetIds.length - a.targetIds.length);
}
