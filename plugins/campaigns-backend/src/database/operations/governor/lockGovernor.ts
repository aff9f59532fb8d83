import { Knex } from 'knex';
import { hasRowLocks } from '../../clock';
import { WriteGovernorRow } from './tables';

/** The row of an identity, made where it is missing, locked until the transaction ends. */
export async function lockGovernor(
  tx: Knex.Transaction,
  identity: string,
): Promise<WriteGovernorRow> {
  await tx<WriteGovernorRow>('write_governor')
    .insert({ identity, content_writes: '[]' })
    .onConflict('identity')
    .ignore();
  const query = tx<WriteGovernorRow>('write_governor').where({ identity });
  const row = await (hasRowLocks(tx) ? query.forUpdate() : query).first();
  return row!;
}
