import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { CampaignRow } from '../../tables';

/** Changes columns of a campaign. */
export async function updateCampaign(
  tx: Knex,
  campaignId: string,
  update: Partial<Omit<CampaignRow, 'id'>>,
): Promise<void> {
  await tx<CampaignRow>('campaigns')
    .where({ id: campaignId })
    .update({ ...update, updated_at: databaseNow(tx) as unknown as number });
}
