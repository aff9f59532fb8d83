import { ConflictError } from '@backstage/errors';
import { CampaignSpec, CampaignState } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { allRows, RowFilter } from '../authorization';
import { CampaignChanges } from '../changes/CampaignChanges';
import { databaseNow } from '../database/clock';
import {
  forAll,
  recordActivity,
} from '../database/operations/activity/recordActivity';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { updateCampaign } from '../database/operations/campaigns/updateCampaign';
import { CampaignRow, TargetRow } from '../database/tables';
import { stopEvaluations } from '../database/operations/evaluations/stopEvaluations';
import { stopJobs } from '../database/operations/jobs/stopJobs';
import { rolloutLevels } from '../lineage/rolloutLevels';
import { assignWaves } from '../runs/assignWaves';

/** What people do to a campaign as a whole. */
export class CampaignLifecycle {
  readonly #knex: Knex;
  readonly #changes: CampaignChanges;

  constructor(options: { knex: Knex; changes: CampaignChanges }) {
    this.#knex = options.knex;
    this.#changes = options.changes;
  }

  /** Has the scope computed; a campaign whose scope is being computed begins again. */
  async refreshScope(campaignId: string, actor: string): Promise<void> {
    await this.#change(
      campaignId,
      ['draft', 'active', 'paused'],
      async (tx, row) => {
        await updateCampaign(tx, row.id, {
          scope_state: 'computing',
          scope_message: 'Waiting to start',
          scope_ticket: null,
          scope_next_at: databaseNow(tx) as unknown as number,
        });
        return { actor, action: 'scope.refresh', ...forAll('Scope refreshed') };
      },
    );
  }

  /**
   * @param expectedTargets - what the person saw; a launch of anything else is refused
   * @param readable - the targets that the person may see, and so counted
   * @throws ConflictError
   */
  async launch(
    campaignId: string,
    expectedTargets: number,
    actor: string,
    readable: RowFilter = allRows,
  ): Promise<void> {
    await this.#change(campaignId, ['draft'], async (tx, row) => {
      if (row.scope_state !== 'ready') {
        throw new ConflictError(
          'The scope is not ready; refresh it and look at the targets first',
        );
      }
      const pending = tx<TargetRow>('targets').where({
        campaign_id: row.id,
        state: 'pending',
      });
      const targets = await pending.clone();
      const seen = pending.clone().select('id');
      readable(seen);
      const { length: shown } = await seen;
      if (shown === 0) {
        throw new ConflictError('No target is in scope: nothing to launch');
      }
      if (shown !== expectedTargets) {
        throw new ConflictError(
          `${shown} targets are in scope, not ${expectedTargets}: the scope changed since you looked. Look again, then launch.`,
        );
      }
      await putInWaves(tx, row, targets);
      await updateCampaign(tx, row.id, {
        state: 'active',
        state_reason: null,
        launched_by: actor,
        launched_at: databaseNow(tx) as unknown as number,
      });
      return {
        actor,
        action: 'campaign.launch',
        message: `Launched with ${targets.length} targets`,
        summary: 'Launched',
      };
    });
  }

  async pause(
    campaignId: string,
    reason: string | undefined,
    actor: string,
  ): Promise<void> {
    await this.#change(campaignId, ['active'], async (tx, row) => {
      const message = reason ?? `Paused by ${actor}`;
      await updateCampaign(tx, row.id, {
        state: 'paused',
        state_reason: message,
      });
      return { actor, action: 'campaign.pause', ...forAll(message) };
    });
  }

  /** Goes on, also in spite of the failures so far. */
  async resume(campaignId: string, actor: string): Promise<void> {
    await this.#change(campaignId, ['paused'], async (tx, row) => {
      const [{ last }] = await tx('targets')
        .where({ campaign_id: row.id, state: 'failed' })
        .max({ last: 'wave_index' });
      await updateCampaign(tx, row.id, {
        state: 'active',
        state_reason: null,
        tolerated_wave_index: last ?? row.tolerated_wave_index,
      });
      return { actor, action: 'campaign.resume', ...forAll('Resumed') };
    });
  }

  /** Stops all jobs and trials; pull requests that are open stay open. */
  async cancel(
    campaignId: string,
    reason: string,
    actor: string,
  ): Promise<void> {
    await this.#change(
      campaignId,
      ['draft', 'active', 'paused'],
      async (tx, row) => {
        const busy = await tx<TargetRow>('targets')
          .where({ campaign_id: row.id })
          .whereIn('state', ['queued', 'running'])
          .select('id');
        await stopJobs(
          tx,
          busy.map(({ id }) => id),
          `The campaign was cancelled: ${reason}`,
        );
        await stopEvaluations(
          tx,
          { campaignId: row.id },
          `The campaign was cancelled: ${reason}`,
        );
        await updateCampaign(tx, row.id, {
          state: 'cancelled',
          state_reason: reason,
        });
        return { actor, action: 'campaign.cancel', ...forAll(reason) };
      },
    );
  }

  async #change(
    campaignId: string,
    from: CampaignState[],
    change: (
      tx: Knex.Transaction,
      row: CampaignRow,
    ) => Promise<{
      actor: string;
      action: string;
      message: string;
      summary: string;
    }>,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      const row = await getCampaignRow(tx, campaignId, { lock: true });
      if (!from.includes(row.state)) {
        throw new ConflictError(
          `The campaign is ${row.state}; this needs it to be ${from.join(
            ' or ',
          )}`,
        );
      }
      const entry = await change(tx, row);
      await recordActivity(tx, { campaignId: row.id, ...entry });
    });
    this.#changes.notify({ campaignId });
  }
}

/** Jobs to follow where the campaign looks for no consumers by lineage. */
const DEFAULT_LINEAGE_DEPTH = 5;

async function putInWaves(
  tx: Knex.Transaction,
  row: CampaignRow,
  targets: TargetRow[],
): Promise<void> {
  const spec: CampaignSpec = JSON.parse(row.spec);
  const levels =
    spec.rollout.order === 'upstreamFirst'
      ? await rolloutLevels(tx, {
          datasets: spec.datasets.map(dataset => dataset.from),
          depth: spec.scope.lineage?.depth ?? DEFAULT_LINEAGE_DEPTH,
        })
      : undefined;
  const assignments = assignWaves(
    targets.map(target => {
      const repository = `${target.repo_host}/${target.repo_owner}/${target.repo_name}`;
      return {
        id: target.id,
        repository,
        framework: target.framework,
        level: levels?.get(repository.toLowerCase()),
      };
    }),
    spec.rollout.waves,
  );
  for (const { id, wave, index } of assignments) {
    await tx('targets').where({ id }).update({ wave, wave_index: index });
  }
}
