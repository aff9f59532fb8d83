import { ConflictError, InputError } from '@backstage/errors';
import { CampaignSpec } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { databaseNow } from '../../database/clock';
import { updateCampaign } from '../../database/operations/campaigns/updateCampaign';
import { CampaignRow, ContextRevisionRow } from '../../database/tables';
import { assertLaunchedRollout } from '../assertLaunchedRollout';

/**
 * Makes a spec that of a campaign, and a revision its current one.
 *
 * @param request.campaign - locked by the caller
 * @throws InputError, ConflictError where the campaign has ended, or its rollout is under way and would be another
 */
export async function applySpec(
  tx: Knex,
  request: {
    campaign: CampaignRow;
    spec: CampaignSpec;
    revision: Pick<ContextRevisionRow, 'id'>;
  },
): Promise<void> {
  const { campaign, spec } = request;
  assertNotEnded(campaign);
  if (campaign.name !== spec.name) {
    throw new InputError(
      `A campaign keeps its name: '${campaign.name}' cannot become '${spec.name}', since branches and links carry it`,
    );
  }
  const before: CampaignSpec = JSON.parse(campaign.spec);
  if (campaign.state !== 'draft') assertLaunchedRollout(before, spec);
  await updateCampaign(tx, campaign.id, {
    ...columnsOf(spec),
    revision_id: request.revision.id,
    ...(scopeIsOutdated(campaign, before, spec) && {
      scope_state: 'computing',
      scope_message: 'Waiting to start, since the campaign changed',
      scope_ticket: null,
      scope_next_at: databaseNow(tx) as unknown as number,
    }),
  });
}

/** @throws ConflictError where it is over */
export function assertNotEnded(campaign: Pick<CampaignRow, 'state'>): void {
  if (campaign.state === 'cancelled' || campaign.state === 'completed') {
    throw new ConflictError(
      `The campaign is ${campaign.state}; what it was told stays as it is`,
    );
  }
}

/** The columns of a campaign that repeat what its spec says. */
export function columnsOf(spec: CampaignSpec) {
  return {
    name: spec.name,
    title: spec.title,
    owner_ref: spec.owner,
    spec: JSON.stringify(spec),
  };
}

/** A draft whose scope was computed for other datasets or rules must not be launched with it. */
function scopeIsOutdated(
  row: CampaignRow,
  before: CampaignSpec,
  after: CampaignSpec,
): boolean {
  const decides = ({ datasets, scope }: CampaignSpec) =>
    JSON.stringify({ datasets, scope });
  return (
    row.state === 'draft' &&
    row.scope_state !== 'none' &&
    decides(before) !== decides(after)
  );
}
