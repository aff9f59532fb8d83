import { Knex } from 'knex';
import { databaseNowPlus } from '../../clock';

/** Has no replica begin a call for a while; a longer pause that is known stays. */
export async function pauseCalls(
  knex: Knex,
  provider: string,
  milliseconds: number,
): Promise<void> {
  await knex('model_pace').insert({ provider }).onConflict('provider').ignore();
  const until = databaseNowPlus(knex, milliseconds);
  await knex('model_pace')
    .where({ provider })
    .where('paused_until', '<', until)
    .update({ paused_until: until });
}
