import { createRequire } from 'node:module';
import path from 'node:path';
import { rootFolder } from '../../scripts/lib/paths.mjs';

const TARGETS = 2000;
const require = createRequire(
  path.join(rootFolder, 'packages/quickstart/package.json'),
);

/** The campaign whose targets are made up here. */
export const campaign = 'retire-users-v1';

/**
 * Answers what a page asks of one campaign from the plugin's fixture, its
 * targets multiplied: what is measured is the page, and a campaign of this size
 * would need 2,000 repositories.
 */
export async function serveTargets(page) {
  require('@backstage/cli-node/config/nodeTransform.cjs');
  const folder = path.join(rootFolder, 'plugins/campaigns/dev/fixture');
  const { InMemoryCampaigns } = require(folder);
  const fixture = require(path.join(folder, 'selectTargets.ts'));

  const api = new InMemoryCampaigns();
  const known = await api.listTargets(campaign, { limit: 200 });
  const targets = Array.from({ length: TARGETS }, (_, index) => {
    const target = known.items[index % known.items.length];
    const name = `${target.repository.name}-${index}`;
    return {
      ...target,
      id: `${target.id}-${index}`,
      repository: { ...target.repository, name },
    };
  });

  await page.route(`**/api/campaigns/campaigns/${campaign}**`, async route => {
    const { pathname, searchParams } = new URL(route.request().url());
    const last = pathname.split('/').pop();
    if (last === campaign) {
      await route.fulfill({ json: await api.getCampaign(campaign) });
    } else if (last === 'target-facets') {
      await route.fulfill({ json: fixture.facetsOf(targets) });
    } else if (last === 'targets') {
      const request = requestOf(searchParams);
      const found = fixture.sortTargets(
        fixture.filterTargets(targets, request),
        request,
      );
      await route.fulfill({ json: fixture.listPage(found, request) });
    } else {
      await route.fulfill({ json: { items: [], totalItems: 0 } });
    }
  });
}

function requestOf(parameters) {
  return {
    search: parameters.get('search') ?? undefined,
    states: parameters.getAll('states'),
    sort: parameters.get('sort') ?? undefined,
    order: parameters.get('order') ?? undefined,
    offset: Number(parameters.get('offset') ?? 0),
    limit: Number(parameters.get('limit') ?? 20),
  };
}
