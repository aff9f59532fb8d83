import {
  CampaignsApi,
  ListTargetsRequest,
  Target,
} from '@skein/plugin-campaigns-common';

/** What the API gives at once. */
const pageSize = 200;

/** Reads a list of targets to its end; ends too where a page is empty, should the list shrink meanwhile. */
export async function allTargets(
  api: Pick<CampaignsApi, 'listTargets'>,
  campaign: string,
  request: ListTargetsRequest,
): Promise<Target[]> {
  const targets: Target[] = [];
  for (;;) {
    const page = await api.listTargets(campaign, {
      ...request,
      sort: 'repository',
      offset: targets.length,
      limit: pageSize,
    });
    targets.push(...page.items);
    if (page.items.length === 0 || targets.length >= page.totalItems) {
      return targets;
    }
  }
}
