import {
  BulkResult,
  CampaignSpec,
  TargetSelection,
  TargetState,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../authorization';
import { CampaignChanges } from '../changes/CampaignChanges';
import {
  ActivityEntry,
  recordActivity,
} from '../database/operations/activity/recordActivity';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { rollBackTargets } from '../database/operations/rollbacks/rollBackTargets';
import { insertRun } from '../database/operations/runs/insertRun';
import { selectTargets } from '../database/operations/targets/selectTargets';
import { transitionTarget } from '../database/operations/targets/transitionTarget';
import { CampaignRow, TargetRow } from '../database/tables';
import { stopJobs } from '../database/operations/jobs/stopJobs';
import { canHappen, reduceTarget, TargetEvent } from './reduceTarget';

/** A bulk action and what is known of the one who asks for it. */
export interface TargetActionRequest {
  campaignId: string;
  selection: TargetSelection;
  actor: string;
  /** The targets that the person may read: of others nothing is answered. */
  readable: RowFilter;
  /** The targets that the permission covers. */
  allowed: RowFilter;
}

/** What a bulk action did, with each change of state for the audit log. */
export interface TargetActionResult extends BulkResult {
  transitions: Array<{
    targetId: string;
    before: TargetState;
    after: TargetState;
  }>;
}

type Action = {
  /** For the history: `target.approve`. */
  name: string;
  /** For people: `Approved`. */
  done: string;
  event: TargetEvent;
  reason?: string;
  /** Why the campaign forbids it for this person, where it does. */
  forbids?: (campaign: CampaignRow) => string | undefined;
  /** Why it is not to be done to a target, where it is not. */
  forbidsFor?: (target: TargetRow) => string | undefined;
  apply?: (
    tx: Knex.Transaction,
    targets: TargetRow[],
    campaign: CampaignRow,
  ) => Promise<unknown>;
};

/**
 * What people do to targets, one or many at once. Targets that are not in a
 * state for it, or not the person's to act on, are skipped and named.
 */
export class TargetActions {
  readonly #knex: Knex;
  readonly #changes: CampaignChanges;

  constructor(options: { knex: Knex; changes: CampaignChanges }) {
    this.#knex = options.knex;
    this.#changes = options.changes;
  }

  approve(request: TargetActionRequest): Promise<TargetActionResult> {
    return this.#act(request, {
      name: 'target.approve',
      done: 'Approved',
      event: { type: 'approved' },
      forbids: campaign => {
        const spec: CampaignSpec = JSON.parse(campaign.spec);
        return spec.rollout.separateApprover &&
          campaign.launched_by === request.actor
          ? 'The one who launched this campaign may not approve its changes'
          : onlyWhileItRuns(campaign);
      },
      forbidsFor: target =>
        target.approval_required && !isOne(request.selection)
          ? 'Its review asks for a look: approve it by itself'
          : undefined,
    });
  }

  /** Has targets tried again with the newest context revision. */
  retry(request: TargetActionRequest): Promise<TargetActionResult> {
    return this.#act(request, {
      name: 'target.retry',
      done: 'Retried',
      event: { type: 'retried' },
      forbids: onlyWhileItRuns,
      apply: async (tx, targets, campaign) => {
        const run = await insertRun(tx, {
          campaign_id: campaign.id,
          kind: 'retry',
          revision_id: campaign.revision_id!,
          created_by: request.actor,
          targetCount: targets.length,
        });
        for (const target of targets) {
          await transitionTarget(tx, target.id, { type: 'retried' });
          await tx('targets')
            .where({ id: target.id })
            .update({ run_id: run.id });
        }
      },
    });
  }

  skip(
    request: TargetActionRequest,
    reason: string,
  ): Promise<TargetActionResult> {
    return this.#act(request, {
      name: 'target.skip',
      done: 'Skipped',
      reason,
      event: { type: 'excluded', reason },
      apply: async (tx, targets) => {
        for (const target of targets) {
          await transitionTarget(tx, target.id, { type: 'excluded', reason });
        }
        await markDecided(tx, targets);
      },
    });
  }

  /** Takes targets into scope; in a launched campaign they go with the last wave. */
  include(request: TargetActionRequest): Promise<TargetActionResult> {
    return this.#act(request, {
      name: 'target.include',
      done: 'Taken into scope',
      event: { type: 'included' },
      forbids: campaign =>
        campaign.state === 'draft' ? undefined : onlyWhileItRuns(campaign),
      apply: async (tx, targets, campaign) => {
        const { rollout }: CampaignSpec = JSON.parse(campaign.spec);
        const index = rollout.waves.length - 1;
        for (const target of targets) {
          await transitionTarget(tx, target.id, {
            type: 'included',
            reason: `Taken into scope by ${request.actor}`,
          });
          if (campaign.state !== 'draft' && target.wave_index === null) {
            await tx('targets')
              .where({ id: target.id })
              .update({ wave: rollout.waves[index].name, wave_index: index });
          }
        }
        await markDecided(tx, targets);
      },
    });
  }

  stop(request: TargetActionRequest): Promise<TargetActionResult> {
    const reason = `Stopped by ${request.actor}`;
    return this.#act(request, {
      name: 'target.stop',
      done: 'Stopped',
      event: { type: 'stopped', reason },
      apply: async (tx, targets) => {
        await stopJobs(
          tx,
          targets.map(({ id }) => id),
          reason,
        );
        // Those that wait for CI have no job any more; their branch is cleaned up.
        const waiting = targets.filter(({ state }) => state === 'verifying');
        await applyEach(tx, waiting, { type: 'stopped', reason });
      },
    });
  }

  /** Takes changes back that are not merged; closing pull requests follows at the forge's pace. */
  rollBack(
    request: TargetActionRequest,
    reason: string,
  ): Promise<TargetActionResult> {
    return this.#act(request, {
      name: 'target.roll-back',
      done: 'Rolled back',
      reason,
      event: { type: 'rolledBack', reason },
      apply: (tx, targets) =>
        rollBackTargets(
          tx,
          targets.map(({ id }) => id),
          reason,
        ),
    });
  }

  async #act(
    request: TargetActionRequest,
    action: Action,
  ): Promise<TargetActionResult> {
    const { campaignId, selection, actor } = request;
    const result = await this.#knex.transaction(async tx => {
      const campaign = await getCampaignRow(tx, campaignId, { lock: true });
      const forbidden = action.forbids?.(campaign);
      const rows = await selectTargets(
        tx,
        campaign.id,
        selection,
        request.readable,
      );
      const allowed = await idsOfAllowed(tx, rows, request.allowed);
      const skipped: BulkResult['skipped'] = [];
      const targets = rows.filter(row => {
        const reason =
          forbidden ??
          (allowed.has(row.id) ? undefined : 'You may not do this here') ??
          reasonToSkip(row, action.event) ??
          action.forbidsFor?.(row);
        if (reason) skipped.push({ targetId: row.id, reason });
        return !reason;
      });
      skipped.push(...missing(selection, rows));
      if (targets.length > 0) {
        await (action.apply
          ? action.apply(tx, targets, campaign)
          : applyEach(tx, targets, action.event));
        await recordActivity(tx, {
          campaignId: campaign.id,
          ...aboutOneOrMany(targets),
          actor,
          action: action.name,
          message: `${action.done}: ${describe(targets)}${
            action.reason ? ` (${action.reason})` : ''
          }`,
        });
      }
      const transitions = targets.map(({ id, state }) => ({
        targetId: id,
        before: state,
        after: reduceTarget({ state }, action.event).state,
      }));
      return { changed: targets.length, skipped, transitions };
    });
    this.#changes.notify({ campaignId });
    return result;
  }
}

async function applyEach(
  tx: Knex.Transaction,
  targets: TargetRow[],
  event: TargetEvent,
): Promise<void> {
  for (const { id } of targets) await transitionTarget(tx, id, event);
}

async function markDecided(
  tx: Knex.Transaction,
  targets: TargetRow[],
): Promise<void> {
  for (const { id } of targets) {
    await tx('targets').where({ id }).update({ decided_by_person: true });
  }
}

function isOne(selection: TargetSelection): boolean {
  return 'targetIds' in selection && selection.targetIds.length === 1;
}

function onlyWhileItRuns(campaign: CampaignRow): string | undefined {
  return campaign.state === 'active' || campaign.state === 'paused'
    ? undefined
    : `The campaign is ${campaign.state}`;
}

function reasonToSkip(row: TargetRow, event: TargetEvent): string | undefined {
  return canHappen(row.state, event.type)
    ? undefined
    : `It is '${row.state}', which does not allow this`;
}

async function idsOfAllowed(
  tx: Knex.Transaction,
  rows: TargetRow[],
  allowed: RowFilter,
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const query = tx('targets')
    .where({ campaign_id: rows[0].campaign_id })
    .select('id');
  allowed(query);
  return new Set((await query).map(({ id }) => id));
}

function missing(
  selection: TargetSelection,
  rows: TargetRow[],
): BulkResult['skipped'] {
  if (!('targetIds' in selection)) return [];
  const found = new Set(rows.map(({ id }) => id));
  return selection.targetIds
    .filter(id => !found.has(id))
    .map(targetId => ({ targetId, reason: 'Not a target of this campaign' }));
}

/** Of several targets only those read that may read all of the campaign. */
function aboutOneOrMany(
  targets: TargetRow[],
): Pick<ActivityEntry, 'targetId'> & { summary: undefined } {
  return {
    targetId: targets.length === 1 ? targets[0].id : undefined,
    summary: undefined,
  };
}

function describe(targets: TargetRow[]): string {
  if (targets.length > 1) return `${targets.length} targets`;
  const [{ repo_owner: owner, repo_name: name, path }] = targets;
  return `${owner}/${name}${path && `/${path}`}`;
}
