import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../../clock';
import { WriteGovernorRow } from './tables';

/** The write has ended: another may begin. The pace counts from its end. */
export async function releaseWrite(
  knex: Knex,
  identity: string,
  ticket: string,
): Promise<void> {
  await knex<WriteGovernorRow>('write_governor')
    .where({ identity, ticket })
    .update({
      ticket: null,
      held_until: null,
      last_write_at: databaseNow(knex) as unknown as number,
    });
}

/** The forge asked to wait: nobody writes before then. */
export async function blockWrites(
  knex: Knex,
  identity: string,
  milliseconds: number,
): Promise<void> {
  await knex<WriteGovernorRow>('write_governor')
    .where({ identity })
    .update({
      blocked_until: databaseNowPlus(knex, milliseconds) as unknown as number,
    });
}
