import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import {
  diffScope,
  factsOf,
  KnownPlace,
  PlaceChange,
  placeKey,
  ScopeDecision,
} from '../../../scope';
import { canHappen, TargetEvent } from '../../../targets/reduceTarget';
import { databaseNow } from '../../clock';
import { CampaignRow, TargetRow } from '../../tables';
import { transitionTarget } from './transitionTarget';

const newcomer =
  'Appeared after the launch: a person decides whether it is taken in';
const vanished = 'Neither lineage nor code search finds it any more';

/** What a new scope meant for a campaign's targets. */
export interface ScopeEffect {
  /** Against the snapshot before. */
  changes: PlaceChange[];
  /** Places that appeared after the launch and wait for a person. */
  newcomers: number;
  /** Verified targets that may read the old dataset again. */
  reading: TargetRow[];
}

/**
 * Makes a campaign's targets say what its scope says.
 *
 * What a person decided stays, and what has moved on is not called back. In a
 * launched campaign a new consumer waits for a person.
 */
export async function applyScope(
  tx: Knex.Transaction,
  campaign: CampaignRow,
  decisions: ScopeDecision[],
): Promise<ScopeEffect> {
  const rows = await tx<TargetRow>('targets').where({
    campaign_id: campaign.id,
  });
  const known = new Map(rows.map(row => [placeKey(placeOf(row)), row]));
  const changes = diffScope(rows.map(placeOf), decisions);
  const launched = campaign.state !== 'draft';
  let newcomers = 0;
  for (const decision of decisions) {
    const key = placeKey(decision);
    const row = known.get(key);
    known.delete(key);
    if (!row) {
      await insertTarget(tx, campaign, decision, launched);
      newcomers += launched && decision.decision !== 'out' ? 1 : 0;
      continue;
    }
    await tx<TargetRow>('targets')
      .where({ id: row.id })
      .update({
        framework: decision.framework,
        entity_ref: decision.entityRef ?? null,
        owner_ref: decision.ownerRef ?? null,
        reasons: JSON.stringify(decision.reasons),
        scope_facts: JSON.stringify(factsOf(decision)),
      });
    if (!row.decided_by_person && !launched) {
      const event = eventOf(decision);
      if (canHappen(row.state, event.type)) {
        await transitionTarget(tx, row.id, event);
      }
    }
  }
  await removeVanished(tx, [...known.values()], launched);
  return { changes, newcomers, reading: readingAgain(rows, changes) };
}

function placeOf(row: TargetRow): KnownPlace {
  return {
    repository: {
      host: row.repo_host,
      owner: row.repo_owner,
      name: row.repo_name,
    },
    path: row.path,
    facts: row.scope_facts === null ? undefined : JSON.parse(row.scope_facts),
  };
}

/** Targets that were done, and for which something new speaks. */
function readingAgain(rows: TargetRow[], changes: PlaceChange[]): TargetRow[] {
  const suspect = new Set(
    changes
      .filter(({ kind, after }) => kind !== 'went' && after?.decision === 'in')
      .map(placeKey),
  );
  return rows.filter(
    row => row.state === 'verified' && suspect.has(placeKey(placeOf(row))),
  );
}

function eventOf(decision: ScopeDecision): TargetEvent {
  const { reason } = decision;
  switch (decision.decision) {
    case 'in':
      return { type: 'included', reason };
    case 'out':
      return { type: 'excluded', reason };
    default:
      return { type: 'undecided', reason };
  }
}

async function insertTarget(
  tx: Knex.Transaction,
  campaign: CampaignRow,
  decision: ScopeDecision,
  launched: boolean,
): Promise<void> {
  const waits = decision.decision === 'in' && launched;
  const state = { in: 'pending', out: 'outOfScope', unsure: 'candidate' }[
    decision.decision
  ];
  await tx('targets').insert({
    id: randomUUID(),
    campaign_id: campaign.id,
    repo_host: decision.repository.host,
    repo_owner: decision.repository.owner,
    repo_name: decision.repository.name,
    path: decision.path,
    framework: decision.framework,
    entity_ref: decision.entityRef ?? null,
    owner_ref: decision.ownerRef ?? null,
    state: waits ? 'candidate' : state,
    state_reason: waits ? newcomer : decision.reason,
    reasons: JSON.stringify(decision.reasons),
    scope_facts: JSON.stringify(factsOf(decision)),
    newcomer: launched,
    created_at: databaseNow(tx),
    updated_at: databaseNow(tx),
  });
}

async function removeVanished(
  tx: Knex.Transaction,
  rows: TargetRow[],
  launched: boolean,
): Promise<void> {
  for (const row of rows) {
    const untouched = ['pending', 'candidate', 'outOfScope'].includes(
      row.state,
    );
    const goes = untouched && !row.decided_by_person;
    if (goes && !launched) {
      await tx('targets').where({ id: row.id }).delete();
      continue;
    }
    if (row.scope_facts !== null) {
      await tx('targets').where({ id: row.id }).update({ scope_facts: null });
    }
    if (goes && row.state !== 'outOfScope') {
      const event = { type: 'excluded', reason: vanished } as const;
      await transitionTarget(tx, row.id, event);
    }
  }
}
