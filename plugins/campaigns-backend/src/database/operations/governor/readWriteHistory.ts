import { Knex } from 'knex';
import { WriteHistory } from '../../../publishing/governor/nextWriteAt';
import { WriteGovernorRow } from './tables';

/** What a row says of past writes. */
export function toWriteHistory(
  row: WriteGovernorRow | undefined,
): WriteHistory {
  return {
    contentWrites: row ? JSON.parse(row.content_writes) : [],
    lastWriteAt: timeOf(row?.last_write_at),
    blockedUntil: timeOf(row?.blocked_until),
  };
}

/** The past writes of an identity. */
export async function readWriteHistory(
  knex: Knex,
  identity: string,
): Promise<WriteHistory> {
  return toWriteHistory(
    await knex<WriteGovernorRow>('write_governor').where({ identity }).first(),
  );
}

function timeOf(value: string | number | null | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
