import path from 'path';
import { Campaign } from '@skein/plugin-campaigns-common';
import { Portal } from '../portal/Portal';
import { StartError } from '../StartError';
import { waitUntil } from '../waitUntil';
import { exampleCampaigns } from './exampleCampaigns';
import { readCampaignFiles } from './readCampaignFiles';

const LINEAGE_TIMEOUT_SECONDS = 180;
const SCOPE_TIMEOUT_SECONDS = 180;

/** Makes the campaigns where they are not there yet, and sees that their scopes are known. */
export async function prepareCampaigns(
  portal: Portal,
  examplesFolder: string,
  signal: AbortSignal,
): Promise<void> {
  await readLineageOnce(portal, signal);
  for (const { name, file } of exampleCampaigns) {
    const existing = await findCampaign(portal, name);
    const campaign =
      existing ??
      (await portal.campaigns.createCampaign(
        readCampaignFiles(path.join(examplesFolder, file)),
      ));
    const { state } = campaign.scope;
    if (state === 'none' || state === 'failed') {
      await portal.campaigns.refreshScope(name);
    }
    await scopeOf(portal, name, signal);
  }
}

/**
 * Lineage is read when the portal starts, which may be before the catalog holds
 * the example: then it is read again. What a former start read is good enough.
 */
async function readLineageOnce(
  portal: Portal,
  signal: AbortSignal,
): Promise<void> {
  const campaigns = await portal.campaigns.listCampaigns({ limit: 1 });
  if (campaigns.totalItems > 0) return;
  const before = new Map(
    (await portal.campaigns.listLineageProviders()).items.map(it => [
      it.id,
      it.lastStartedAt,
    ]),
  );
  await portal.campaigns.refreshLineage();
  await waitUntil(
    async () => {
      const { items } = await portal.campaigns.listLineageProviders();
      return items.every(
        it =>
          // A source that sends events is never read.
          it.events !== undefined ||
          (it.lastStartedAt !== before.get(it.id) &&
            (it.state === 'ok' || it.state === 'failed')),
      );
    },
    {
      otherwise: 'The lineage of the example was not read',
      timeoutSeconds: LINEAGE_TIMEOUT_SECONDS,
      signal,
    },
  );
}

/** Launches a campaign that is a draft. @returns whether it was one */
export async function launch(portal: Portal, name: string): Promise<boolean> {
  const campaign = await portal.campaigns.getCampaign(name);
  if (campaign.state !== 'draft') return false;
  await portal.campaigns.launchCampaign(name, {
    expectedTargets: campaign.inScope,
  });
  return true;
}

async function findCampaign(
  portal: Portal,
  name: string,
): Promise<Campaign | undefined> {
  try {
    return await portal.campaigns.getCampaign(name);
  } catch (error) {
    if ((error as Error).name === 'NotFoundError') return undefined;
    const cause = (error as { cause?: Error }).cause;
    if (cause?.name === 'NotFoundError') return undefined;
    throw error;
  }
}

async function scopeOf(portal: Portal, name: string, signal: AbortSignal) {
  await waitUntil(
    async () => {
      const { scope } = await portal.campaigns.getCampaign(name);
      if (scope.state === 'failed') {
        throw new StartError(
          `The scope of ${name} could not be computed: ${scope.message}`,
        );
      }
      return scope.state === 'ready';
    },
    {
      otherwise: `The scope of ${name} was not computed`,
      timeoutSeconds: SCOPE_TIMEOUT_SECONDS,
      signal,
    },
  );
}
