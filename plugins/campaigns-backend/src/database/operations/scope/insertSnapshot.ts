import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { PlaceChange, ScopeDecision } from '../../../scope';
import { databaseNow } from '../../clock';

/** Rows of one statement: SQLite bounds its variables. */
const CHUNK = 50;

/**
 * Keeps what a computation of a scope found, and how that differs from the one
 * before; of a first one there is nothing to compare.
 */
export async function insertSnapshot(
  tx: Knex.Transaction,
  campaignId: string,
  snapshot: {
    decisions: ScopeDecision[];
    changes: PlaceChange[];
    notices: string[];
  },
): Promise<{ number: number; came: number; went: number; changed: number }> {
  const { decisions, notices } = snapshot;
  const [{ last }] = await tx('scope_snapshots')
    .where({ campaign_id: campaignId })
    .max({ last: 'number' });
  const changes = last === null ? [] : snapshot.changes;
  const number = Number(last ?? 0) + 1;
  const decided = (decision: ScopeDecision['decision']) =>
    decisions.filter(each => each.decision === decision).length;
  const counted = {
    came: countOf(changes, 'came'),
    went: countOf(changes, 'went'),
    changed: countOf(changes, 'changed'),
  };
  await tx('scope_snapshots').insert({
    id: randomUUID(),
    campaign_id: campaignId,
    number,
    computed_at: databaseNow(tx),
    in_scope: decided('in'),
    unsure: decided('unsure'),
    out_of_scope: decided('out'),
    notices: JSON.stringify(notices),
    ...counted,
  });
  for (let at = 0; at < changes.length; at += CHUNK) {
    await tx('scope_changes').insert(
      changes.slice(at, at + CHUNK).map(change => ({
        campaign_id: campaignId,
        snapshot_number: number,
        kind: change.kind,
        repo_host: change.repository.host,
        repo_owner: change.repository.owner,
        repo_name: change.repository.name,
        path: change.path,
        before: change.before ? JSON.stringify(change.before) : null,
        after: change.after ? JSON.stringify(change.after) : null,
        at: databaseNow(tx),
      })),
    );
  }
  return { number, ...counted };
}

function countOf(changes: PlaceChange[], kind: PlaceChange['kind']): number {
  return changes.filter(change => change.kind === kind).length;
}
