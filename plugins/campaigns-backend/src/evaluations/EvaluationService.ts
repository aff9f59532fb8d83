import { ConflictError } from '@backstage/errors';
import {
  Evaluation,
  EvaluationComparison,
  EvaluationSample,
  ListTrialsRequest,
  Page,
  PageRequest,
  Trial,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../authorization';
import { CampaignChanges } from '../changes/CampaignChanges';
import {
  forAll,
  recordActivity,
} from '../database/operations/activity/recordActivity';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { getRevisionRow } from '../database/operations/campaigns/getRevisionRow';
import { enqueueTrials } from '../database/operations/evaluations/enqueueTrials';
import { getEvaluationRow } from '../database/operations/evaluations/getEvaluationRow';
import { listSamePatches } from '../database/operations/evaluations/listSamePatches';
import { listTrials } from '../database/operations/evaluations/listTrials';
import { stopEvaluations } from '../database/operations/evaluations/stopEvaluations';
import { sumTrials } from '../database/operations/evaluations/sumTrials';
import { DEFAULT_PAGE_SIZE, listPage } from '../database/operations/listPage';
import { insertRun } from '../database/operations/runs/insertRun';
import { CampaignRow, ContextRevisionRow, RunRow } from '../database/tables';
import { chooseTargets, MAX_SAMPLE } from './chooseTargets';
import { compareTrials } from './compareTrials';
import { toEvaluation } from './mapEvaluation';

const evaluable: CampaignRow['state'][] = ['draft', 'active', 'paused'];

/**
 * Tries context revisions on some targets, before they are told to all. What is
 * tried leaves nothing but figures: no target changes, and nothing is published.
 */
export class EvaluationService {
  readonly #knex: Knex;
  readonly #changes: CampaignChanges;
  readonly #currency: string;

  constructor(options: {
    knex: Knex;
    changes: CampaignChanges;
    /** ISO code of the prices' currency. */
    currency: string;
  }) {
    this.#knex = options.knex;
    this.#changes = options.changes;
    this.#currency = options.currency;
  }

  /**
   * Newest first.
   *
   * @param readable - of targets; others are not counted
   */
  async list(
    campaignId: string,
    page: PageRequest,
    readable: RowFilter,
  ): Promise<Page<Evaluation>> {
    const { items, totalItems } = await listPage<RunRow, RunRow>(
      this.#knex<RunRow>('runs').where({
        campaign_id: campaignId,
        kind: 'dryRun',
      }),
      page,
      [{ column: 'number', order: 'desc' }],
      row => row,
    );
    return { items: await this.#describe(items, readable), totalItems };
  }

  /** @throws NotFoundError */
  async get(
    campaignId: string,
    evaluationId: string,
    readable: RowFilter,
  ): Promise<Evaluation> {
    const row = await getEvaluationRow(this.#knex, campaignId, evaluationId);
    const [evaluation] = await this.#describe([row], readable);
    return evaluation;
  }

  /**
   * Has a revision tried on a sample; each trial pays into the campaign's
   * budgets.
   *
   * @param request.readable - of targets; others are not tried
   * @throws NotFoundError where there is no such revision or evaluation
   * @throws InputError where a target that was named cannot be tried
   * @throws ConflictError where one is being tried already, or the campaign has ended
   */
  async start(
    campaignId: string,
    request: {
      revisionId: string;
      sample: EvaluationSample;
      actor: string;
      readable: RowFilter;
    },
  ): Promise<Evaluation> {
    const { actor, readable, sample } = request;
    const run = await this.#knex.transaction(async tx => {
      const campaign = await getCampaignRow(tx, campaignId, { lock: true });
      if (!evaluable.includes(campaign.state)) {
        throw new ConflictError(
          `The campaign is ${campaign.state}; nothing is evaluated in it any more`,
        );
      }
      const revision = await getRevisionRow(
        tx,
        campaign.id,
        request.revisionId,
      );
      const targets = await chooseTargets(tx, campaign, sample, readable);
      const row = await insertRun(tx, {
        campaign_id: campaign.id,
        kind: 'dryRun',
        revision_id: revision.id,
        created_by: actor,
        targetCount: targets.length,
      });
      await enqueueTrials(tx, {
        campaignId: campaign.id,
        runId: row.id,
        revisionId: revision.id,
        targets,
      });
      await recordActivity(tx, {
        campaignId: campaign.id,
        actor,
        action: 'evaluation.start',
        message: `Evaluation ${row.number} tries context revision ${revision.number} on ${targets.length} targets`,
        summary: `Evaluation ${row.number} tries context revision ${revision.number}`,
      });
      return row;
    });
    this.#changes.notify({ campaignId });
    return this.get(campaignId, run.id, readable);
  }

  /**
   * Stops the trials that have not ended; what the others came to stays.
   *
   * @throws NotFoundError
   * @throws ConflictError where it has ended
   */
  async stop(
    campaignId: string,
    evaluationId: string,
    actor: string,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      const campaign = await getCampaignRow(tx, campaignId, { lock: true });
      const run = await getEvaluationRow(tx, campaign.id, evaluationId);
      if (run.state !== 'running') {
        throw new ConflictError(`The evaluation is ${run.state} already`);
      }
      await stopEvaluations(
        tx,
        { campaignId: campaign.id, runId: run.id },
        `The evaluation was stopped by ${actor}`,
      );
      await recordActivity(tx, {
        campaignId: campaign.id,
        actor,
        action: 'evaluation.stop',
        ...forAll(`Stopped evaluation ${run.number}`),
      });
    });
    this.#changes.notify({ campaignId });
  }

  /** @throws NotFoundError */
  async listTrials(
    campaignId: string,
    evaluationId: string,
    request: ListTrialsRequest,
    readable: RowFilter,
  ): Promise<Page<Trial>> {
    const run = await getEvaluationRow(this.#knex, campaignId, evaluationId);
    return listTrials(this.#knex, run.id, request, readable);
  }

  /**
   * Two evaluations target by target.
   *
   * @throws NotFoundError
   */
  async compare(
    campaignId: string,
    request: PageRequest & { base: string; head: string },
    readable: RowFilter,
  ): Promise<EvaluationComparison> {
    const { offset = 0, limit = DEFAULT_PAGE_SIZE } = request;
    const rows = [
      await getEvaluationRow(this.#knex, campaignId, request.base),
      await getEvaluationRow(this.#knex, campaignId, request.head),
    ];
    const [base, head] = await this.#describe(rows, readable);
    const [before, after] = await Promise.all(
      rows.map(({ id }) =>
        listTrials(this.#knex, id, { limit: MAX_SAMPLE }, readable),
      ),
    );
    const compared = compareTrials(
      before.items,
      after.items,
      await listSamePatches(this.#knex, base.id, head.id),
    );
    return {
      base,
      head,
      counts: compared.counts,
      items: compared.items.slice(offset, offset + limit),
      totalItems: compared.items.length,
    };
  }

  async #describe(rows: RunRow[], readable: RowFilter): Promise<Evaluation[]> {
    const sums = await sumTrials(
      this.#knex,
      rows.map(({ id }) => id),
      readable,
    );
    const revisions = await this.#knex<ContextRevisionRow>('context_revisions')
      .whereIn(
        'id',
        rows.map(row => row.revision_id),
      )
      .select('id', 'number');
    const numbers = new Map(revisions.map(({ id, number }) => [id, number]));
    return rows.map(row =>
      toEvaluation(row, {
        revisionNumber: numbers.get(row.revision_id)!,
        sums: sums.get(row.id),
        currency: this.#currency,
      }),
    );
  }
}
