import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { hasRowLocks } from '../../clock';
import { CampaignRow } from '../../tables';
import { isUuid } from '../../isUuid';

/**
 * Finds a campaign by id or name.
 *
 * @param options - `lock` keeps other transactions from changing it until this one ends
 * @throws NotFoundError
 */
export async function getCampaignRow(
  knex: Knex,
  nameOrId: string,
  options: { lock?: boolean } = {},
): Promise<CampaignRow> {
  const query = knex<CampaignRow>('campaigns').where(
    isUuid(nameOrId) ? { id: nameOrId } : { name: nameOrId },
  );
  if (options.lock && hasRowLocks(knex)) query.forUpdate();
  const row = await query.first();
  if (!row) throw new NotFoundError(`No campaign '${nameOrId}'`);
  return row;
}
