import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import {
  nextWriteAt,
  recordWrite,
  WriteKind,
  WriteLimits,
} from '../../../publishing/governor/nextWriteAt';
import { readDatabaseNow } from '../../clock';
import { lockGovernor } from './lockGovernor';
import { toWriteHistory } from './readWriteHistory';
import { WriteGovernorRow } from './tables';

/** A write may begin, or how many milliseconds to wait before asking again. */
export type WriteTurn =
  | { type: 'granted'; ticket: string }
  | { type: 'wait'; milliseconds: number; because: 'limits' | 'busy' };

/**
 * Asks for the right to write once. One write of an identity at a time, over
 * all replicas; a holder that crashed loses its turn when its lease ends.
 */
export async function acquireWrite(
  tx: Knex.Transaction,
  identity: string,
  options: { kind: WriteKind; limits: WriteLimits; leaseMilliseconds: number },
): Promise<WriteTurn> {
  const row = await lockGovernor(tx, identity);
  const now = await readDatabaseNow(tx);
  const held = row.held_until === null ? 0 : Number(row.held_until);
  const history = toWriteHistory(row);
  const at = nextWriteAt(history, now, options.limits, options.kind);
  if (at > now)
    return { type: 'wait', milliseconds: at - now, because: 'limits' };
  if (held > now) {
    return { type: 'wait', milliseconds: held - now, because: 'busy' };
  }
  const ticket = randomUUID();
  const next = recordWrite(history, now, options.kind);
  await tx<WriteGovernorRow>('write_governor')
    .where({ identity })
    .update({
      content_writes: JSON.stringify(next.contentWrites),
      last_write_at: next.lastWriteAt,
      ticket,
      held_until: now + options.leaseMilliseconds,
    });
  return { type: 'granted', ticket };
}
