import { LoggerService } from '@backstage/backend-plugin-api';
import {
  CampaignSpec,
  FailureKind,
  RolloutSpec,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { CampaignChanges } from '../changes/CampaignChanges';
import {
  forAll,
  PAUSED_BY_POLICY,
  POLICY_ACTOR,
  recordActivity,
} from '../database/operations/activity/recordActivity';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { updateCampaign } from '../database/operations/campaigns/updateCampaign';
import { finishEvaluations } from '../database/operations/evaluations/finishEvaluations';
import { finishRuns } from '../database/operations/runs/finishRuns';
import { insertRun } from '../database/operations/runs/insertRun';
import { transitionTarget } from '../database/operations/targets/transitionTarget';
import { CampaignRow, TargetRow } from '../database/tables';
import { enqueueJob } from '../database/operations/jobs/enqueueJob';
import { WorkLoop } from '../loop/WorkLoop';
import { planPublication } from '../database/operations/publications/planPublication';
import { CampaignPlan, planCampaign, reopeningStates } from './planCampaign';

/**
 * Carries out campaigns' plans. A plan is made and done in one transaction that
 * holds the campaign's row: two replicas never carry out the same one.
 */
export class CampaignPlanner {
  readonly #knex: Knex;
  readonly #changes: CampaignChanges;
  readonly #changed = new Set<string>();
  #loop!: WorkLoop<string>;
  #unsubscribe = () => {};
  #sweepAt = 0;

  private constructor(knex: Knex, changes: CampaignChanges) {
    this.#knex = knex;
    this.#changes = changes;
  }

  static start(options: {
    knex: Knex;
    changes: CampaignChanges;
    logger: LoggerService;
    /** How often to look at all active campaigns, changed or not. Default: 5,000. */
    sweepMilliseconds?: number;
  }): CampaignPlanner {
    const { knex, changes, logger, sweepMilliseconds = 5_000 } = options;
    const planner = new CampaignPlanner(knex, changes);
    planner.#loop = WorkLoop.start({
      name: 'campaign planner',
      logger,
      concurrency: 1,
      idleMilliseconds: sweepMilliseconds,
      claim: () => planner.#claim(sweepMilliseconds),
      handle: campaignId => planner.plan(campaignId),
    });
    planner.#unsubscribe = changes.subscribe(({ campaignId }) => {
      planner.#changed.add(campaignId);
      planner.#loop.wake();
    });
    return planner;
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#loop.stop();
  }

  /** Makes and carries out one campaign's plan. */
  async plan(campaignId: string): Promise<void> {
    const acted = await this.#knex.transaction(async tx => {
      const campaign = await getCampaignRow(tx, campaignId, { lock: true });
      await finishRuns(tx, campaignId);
      const evaluated = await endEvaluations(tx, campaign);
      if (campaign.state !== 'active' && campaign.state !== 'completed') {
        return evaluated;
      }
      const plan = await makePlan(tx, campaign);
      return (await carryOut(tx, campaign, plan)) || evaluated;
    });
    if (acted) this.#changes.notify({ campaignId });
  }

  async #claim(sweepMilliseconds: number): Promise<string[]> {
    if (this.#changed.size === 0 && Date.now() >= this.#sweepAt) {
      this.#sweepAt = Date.now() + sweepMilliseconds;
      const active = await this.#knex<CampaignRow>('campaigns')
        .where({ state: 'active' })
        .orWhere(query =>
          query.where({ state: 'completed' }).whereIn(
            'id',
            this.#knex('targets')
              .whereIn('state', [...reopeningStates])
              .select('campaign_id'),
          ),
        )
        .orWhereIn(
          'id',
          this.#knex('runs')
            .where({ kind: 'dryRun', state: 'running' })
            .select('campaign_id'),
        )
        .select('id');
      for (const { id } of active) this.#changed.add(id);
    }
    const [next] = this.#changed;
    if (!next) return [];
    this.#changed.delete(next);
    return [next];
  }
}

/** @returns whether any has come to its end */
async function endEvaluations(
  tx: Knex.Transaction,
  campaign: CampaignRow,
): Promise<boolean> {
  const ended = await finishEvaluations(tx, campaign.id);
  for (const { number, passed, target_count: targets } of ended) {
    const message = `Evaluation ${number} ended: ${passed} of ${targets} targets passed`;
    await note(tx, campaign, 'evaluation.finish', {
      message,
      summary: `Evaluation ${number} ended`,
    });
  }
  return ended.length > 0;
}

async function makePlan(
  tx: Knex.Transaction,
  campaign: CampaignRow,
): Promise<CampaignPlan> {
  const targets = await tx<TargetRow>('targets')
    .where({ campaign_id: campaign.id })
    .select('id', 'state', 'failure_kind', 'wave_index', 'approval_required');
  return planCampaign({
    state: campaign.state,
    rollout: rolloutOf(campaign),
    targets: targets.map(target => ({
      id: target.id,
      state: target.state,
      failureKind: (target.failure_kind as FailureKind | null) ?? undefined,
      waveIndex: target.wave_index ?? undefined,
      approvalRequired: Boolean(target.approval_required),
    })),
    releasedWaves: await countReleasedWaves(tx, campaign.id),
    toleratedWaveIndex: campaign.tolerated_wave_index ?? undefined,
  });
}

/** @returns whether anything was done */
async function carryOut(
  tx: Knex.Transaction,
  campaign: CampaignRow,
  plan: CampaignPlan,
): Promise<boolean> {
  if (plan.pause) {
    await updateCampaign(tx, campaign.id, {
      state: 'paused',
      state_reason: plan.pause,
    });
    await note(tx, campaign, 'campaign.pause', {
      message: plan.pause,
      summary: PAUSED_BY_POLICY,
    });
    return true;
  }
  if (plan.reopen) {
    await updateCampaign(tx, campaign.id, {
      state: 'active',
      state_reason: null,
    });
    await note(tx, campaign, 'campaign.reopen', {
      message: plan.reopen,
      summary: 'Opened again: not all that was merged is verified',
    });
    return true;
  }
  if (plan.complete) {
    await updateCampaign(tx, campaign.id, {
      state: 'completed',
      state_reason: null,
    });
    const message = 'Every target in scope has reached its end';
    await note(tx, campaign, 'campaign.complete', forAll(message));
    return true;
  }
  if (plan.releaseWave !== undefined) {
    await releaseWave(tx, campaign, plan.releaseWave);
  }
  for (const targetId of plan.enqueue) {
    const target = await tx<TargetRow>('targets')
      .where({ id: targetId })
      .first('run_id');
    await enqueueJob(tx, {
      campaignId: campaign.id,
      targetId,
      runId: target?.run_id ?? undefined,
      revisionId: campaign.revision_id!,
      task: 'transform',
    });
  }
  for (const targetId of plan.approve) {
    await transitionTarget(tx, targetId, { type: 'approved' });
  }
  for (const targetId of plan.publish) {
    await planPublication(tx, targetId);
  }
  return (
    plan.releaseWave !== undefined ||
    plan.enqueue.length + plan.approve.length + plan.publish.length > 0
  );
}

async function releaseWave(
  tx: Knex.Transaction,
  campaign: CampaignRow,
  index: number,
): Promise<void> {
  const wave = rolloutOf(campaign).waves[index].name;
  const targets = tx<TargetRow>('targets').where({
    campaign_id: campaign.id,
    wave_index: index,
    state: 'pending',
  });
  const [{ total }] = await targets.clone().count({ total: '*' });
  const run = await insertRun(tx, {
    campaign_id: campaign.id,
    kind: 'wave',
    wave,
    revision_id: campaign.revision_id!,
    created_by: POLICY_ACTOR,
    targetCount: Number(total),
  });
  await targets.clone().update({ run_id: run.id });
  await note(tx, campaign, 'wave.release', {
    message: `Wave '${wave}' released with ${total} targets`,
    summary: `Wave '${wave}' released`,
  });
}

/** Each released wave has exactly one run of kind `wave`. */
async function countReleasedWaves(
  tx: Knex.Transaction,
  campaignId: string,
): Promise<number> {
  const [{ total }] = await tx('runs')
    .where({ campaign_id: campaignId, kind: 'wave' })
    .count({ total: '*' });
  return Number(total);
}

async function note(
  tx: Knex.Transaction,
  campaign: CampaignRow,
  action: string,
  said: { message: string; summary: string },
): Promise<void> {
  await recordActivity(tx, {
    campaignId: campaign.id,
    actor: POLICY_ACTOR,
    action,
    ...said,
  });
}

function rolloutOf(campaign: CampaignRow): RolloutSpec {
  return (JSON.parse(campaign.spec) as CampaignSpec).rollout;
}
