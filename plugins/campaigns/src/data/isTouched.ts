import { Query } from '@tanstack/react-query';

/** Whether a change of these campaigns may show in what a query read. */
export function isTouched(
  query: Pick<Query, 'meta' | 'state'>,
  campaignIds: ReadonlySet<string>,
): boolean {
  if (query.meta?.live !== true) return false;
  const campaignOf = query.meta.campaignOf as
    | ((data: unknown) => string | undefined)
    | undefined;
  const campaignId = campaignOf?.(query.state.data);
  return campaignId === undefined || campaignIds.has(campaignId);
}
