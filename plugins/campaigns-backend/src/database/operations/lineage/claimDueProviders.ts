import { Knex } from 'knex';
import { databaseNow, databaseNowPlus, hasRowLocks } from '../../clock';
import { LineageProviderRow, LineageRead } from './tables';

/** A provider that this process may know, and how often to read it. */
export interface ReadableProvider {
  id: string;
  intervalMilliseconds: number;
}

/**
 * Takes providers that are due, or whose read was lost, until their lease ends.
 *
 * The lease alone would do against two replicas at a time; the ticket that goes
 * with it keeps one that lost its lease from publishing late.
 */
export async function claimDueProviders(
  knex: Knex,
  providers: ReadableProvider[],
  options: { limit: number; leaseMilliseconds: number },
): Promise<LineageRead[]> {
  return knex.transaction(async tx => {
    const due = tx<LineageProviderRow>('lineage_providers')
      .select('id')
      .whereIn(
        'id',
        providers.map(provider => provider.id),
      )
      .where(either =>
        either
          .where(idle =>
            idle
              .whereNull('leased_until')
              .where('next_read_at', '<=', databaseNow(tx)),
          )
          .orWhere('leased_until', '<', databaseNow(tx)),
      )
      .orderBy('next_read_at')
      .limit(options.limit);
    const rows = await (hasRowLocks(tx) ? due.forUpdate().skipLocked() : due);
    const reads: LineageRead[] = [];
    for (const { id } of rows) {
      const { intervalMilliseconds } = providers.find(each => each.id === id)!;
      reads.push(
        await startRead(tx, id, {
          leaseMilliseconds: options.leaseMilliseconds,
          nextReadMilliseconds: intervalMilliseconds,
        }),
      );
    }
    return reads;
  });
}

/** Begins a read, whoever may hold one: the ticket of that one dies. */
export async function startRead(
  tx: Knex,
  provider: string,
  options: { leaseMilliseconds: number; nextReadMilliseconds: number },
): Promise<LineageRead> {
  const [{ attempt }] = await tx('lineage_providers')
    .where({ id: provider })
    .update({
      state: 'running',
      attempt: tx.raw('attempt + 1'),
      leased_until: databaseNowPlus(tx, options.leaseMilliseconds),
      next_read_at: databaseNowPlus(tx, options.nextReadMilliseconds),
      last_started_at: databaseNow(tx),
      progress: null,
    })
    .returning('attempt');
  return { provider, attempt };
}
