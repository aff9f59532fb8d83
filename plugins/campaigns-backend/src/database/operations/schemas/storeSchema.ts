import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../../clock';
import { DatasetSchemaRow } from './tables';

/** What came of a read. */
export type SchemaAnswer =
  | { state: 'known'; columns: Record<string, string> }
  | { state: 'missing' | 'unknown' }
  | { state: 'failed'; message: string };

/**
 * Stores what came of a read, if it is still ours. A failed one keeps what was
 * known before, with the error beside it.
 *
 * @returns whether it was stored
 */
export async function storeSchema(
  knex: Knex,
  claimed: Pick<DatasetSchemaRow, 'id' | 'ticket'>,
  answer: SchemaAnswer,
  nextInMilliseconds: number,
): Promise<boolean> {
  const next = {
    ticket: null,
    next_at: databaseNowPlus(knex, nextInMilliseconds) as unknown as number,
  };
  const own = knex<DatasetSchemaRow>('dataset_schemas').where({
    id: claimed.id,
    ticket: claimed.ticket,
  });
  if (answer.state === 'failed') {
    const { message } = answer;
    return (
      (await own.update({
        ...next,
        message,
        state: knex.raw(
          "case when read_at is null then 'failed' else state end",
        ) as unknown as 'failed',
      })) > 0
    );
  }
  return (
    (await own.update({
      ...next,
      state: answer.state,
      columns: answer.state === 'known' ? JSON.stringify(answer.columns) : null,
      message: null,
      read_at: databaseNow(knex) as unknown as number,
    })) > 0
  );
}
