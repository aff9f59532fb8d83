import path from 'path';
import { Campaign } from '@skein/plugin-campaigns-common';
import { Portal } from '../portal/Portal';
import { StartError } from '../StartError';
import { waitUntil } from '../waitUntil';
import { readCampaignFiles } from './readCampaignFiles';

/** Campaign files of the examples; the first is launched, the second is left for the person. */
export const exampleCampaigns = [
  { name: 'retire-users-v1', file: 'campaigns/users-v1.yaml' },
  { name: 'retire-sessions-v1', file: 'campaigns/sessions-v1.yaml' },
] as const;

/** The campaign that the quickstart launches and follows. */
export const launchedCampaign = exampleCampaigns[0].name;

const SCOPE_TIMEOUT_SECONDS = 180;

/** Makes both campaigns where they are not there yet, and sees that their scopes are known. */
export async function prepareCampaigns(
  portal: Portal,
  examplesFolder: string,
  signal: AbortSignal,
): Promise<void> {
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
