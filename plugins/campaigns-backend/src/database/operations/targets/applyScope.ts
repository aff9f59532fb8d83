import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { ScopeDecision } from '../../../scope';
import { canHappen, TargetEvent } from '../../../targets/reduceTarget';
import { databaseNow } from '../../clock';
import { CampaignRow, TargetRow } from '../../tables';
import { transitionTarget } from './transitionTarget';

const newcomer =
  'Appeared after the launch: a person decides whether it is taken in';
const vanished = 'Neither lineage nor code search finds it any more';

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
): Promise<{ added: number; removed: number; inScope: number }> {
  const known = new Map(
    (await tx<TargetRow>('targets').where({ campaign_id: campaign.id })).map(
      row => [keyOfRow(row), row],
    ),
  );
  const launched = campaign.state !== 'draft';
  let added = 0;
  for (const decision of decisions) {
    const key = keyOfDecision(decision);
    const row = known.get(key);
    known.delete(key);
    if (!row) {
      added += 1;
      await insertTarget(tx, campaign, decision, launched);
      continue;
    }
    await tx<TargetRow>('targets')
      .where({ id: row.id })
      .update({
        framework: decision.framework,
        entity_ref: decision.entityRef ?? null,
        owner_ref: decision.ownerRef ?? null,
        reasons: JSON.stringify(decision.reasons),
      });
    if (!row.decided_by_person && !launched) {
      const event = eventOf(decision);
      if (canHappen(row.state, event.type)) {
        await transitionTarget(tx, row.id, event);
      }
    }
  }
  const removed = await removeVanished(tx, [...known.values()], launched);
  const inScope = decisions.filter(({ decision }) => decision === 'in').length;
  return { added, removed, inScope };
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
    created_at: databaseNow(tx),
    updated_at: databaseNow(tx),
  });
}

async function removeVanished(
  tx: Knex.Transaction,
  rows: TargetRow[],
  launched: boolean,
): Promise<number> {
  let removed = 0;
  for (const row of rows) {
    const untouched = ['pending', 'candidate', 'outOfScope'].includes(
      row.state,
    );
    if (!untouched || row.decided_by_person) continue;
    removed += 1;
    if (launched) {
      const event = { type: 'excluded', reason: vanished } as const;
      await transitionTarget(tx, row.id, event);
    } else {
      await tx('targets').where({ id: row.id }).delete();
    }
  }
  return removed;
}

function keyOfRow(row: TargetRow): string {
  return [row.repo_host, row.repo_owner, row.repo_name, row.path].join('/');
}

function keyOfDecision({ repository, path }: ScopeDecision): string {
  return [repository.host, repository.owner, repository.name, path].join('/');
}
