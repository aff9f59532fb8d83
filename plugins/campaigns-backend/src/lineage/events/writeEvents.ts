import { Knex } from 'knex';
import {
  LearnedAliases,
  learnAliases,
} from '../../database/operations/lineage/learnAliases';
import { mergeNodes } from '../../database/operations/lineage/mergeNodes';
import { mergeWitnesses } from '../../database/operations/lineage/mergeWitnesses';
import {
  EventCounts,
  recordEvents,
} from '../../database/operations/lineage/recordEvents';
import { EVENT_GENERATION } from '../../database/operations/lineage/registerEventSource';
import { resolveNodes } from '../../database/operations/lineage/resolveNodes';
import { upsertColumns } from '../../database/operations/lineage/upsertColumns';
import { upsertEdges } from '../../database/operations/lineage/upsertEdges';
import { EventFold } from './EventFold';

/**
 * Adds what events say to what is stored, in one transaction. Whatever the
 * order of events, and however often one comes, the same is stored in the end.
 */
export async function writeEvents(
  knex: Knex,
  provider: string,
  fold: EventFold,
  counts: EventCounts,
): Promise<LearnedAliases> {
  const read = { provider, attempt: EVENT_GENERATION };
  return knex.transaction(async tx => {
    // First, since it locks the source's row: its writers take turns.
    await recordEvents(tx, provider, counts);
    const aliases = await learnAliases(tx, provider, fold.aliases);
    const nodes = await resolveNodes(tx, fold.nodes);
    const { metadata, edges, columns } = fold.resolve(nodes);
    const changed = await mergeWitnesses(tx, read, metadata);
    await upsertEdges(tx, read, edges);
    await upsertColumns(tx, read, columns);
    await mergeNodes(tx, read, changed);
    return aliases;
  });
}
