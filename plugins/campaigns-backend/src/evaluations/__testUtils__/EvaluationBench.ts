import { mockServices } from '@backstage/backend-test-utils';
import {
  Evaluation,
  EvaluationSample,
  TrialOutcome,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { allRows, RowFilter } from '../../authorization';
import { CampaignChanges } from '../../changes/CampaignChanges';
import { migrate } from '../../database/migrate';
import { insertChange } from '../../database/operations/jobs/insertChange';
import { JobRow } from '../../database/operations/jobs/tables';
import { addSpend } from '../../database/operations/modelCalls/addSpend';
import { TargetRow } from '../../database/tables';
import {
  insertCampaign,
  insertTarget,
} from '../../jobs/__testUtils__/campaign';
import { ClaimedAttempt, JobQueue } from '../../queue/JobQueue';
import { CampaignPlanner } from '../../runs/CampaignPlanner';
import { EvaluationService } from '../EvaluationService';

/** Who starts evaluations here. */
export const actor = 'user:default/alice';

/** For tests: evaluations of a paused campaign, whose trials end as the test says. */
export class EvaluationBench {
  readonly changes = new CampaignChanges();
  readonly service: EvaluationService;
  readonly queue: JobQueue;
  /** Plans when it is told to. */
  readonly planner: CampaignPlanner;

  private constructor(
    readonly knex: Knex,
    readonly campaignId: string,
    readonly revisionId: string,
  ) {
    const { changes } = this;
    this.service = new EvaluationService({ knex, changes, currency: 'USD' });
    this.queue = JobQueue.create({
      database: knex,
      changes,
      backoff: { first: 0, longest: 0 },
    });
    this.planner = CampaignPlanner.start({
      knex,
      changes: new CampaignChanges(),
      logger: mockServices.logger.mock(),
      sweepMilliseconds: 1_000_000,
    });
  }

  static async create(knex: Knex): Promise<EvaluationBench> {
    await migrate(knex);
    const { campaignId, revisionId } = await insertCampaign(knex);
    await knex('campaigns').update({ state: 'paused' });
    return new EvaluationBench(knex, campaignId, revisionId);
  }

  stop(): Promise<void> {
    return this.planner.stop();
  }

  /** Makes targets named `a`, `b`, … with these states. */
  async targets(...states: string[]): Promise<string[]> {
    const { knex, campaignId } = this;
    const ids: string[] = [];
    for (const [index, state] of states.entries()) {
      const name = String.fromCharCode(97 + index);
      ids.push(await insertTarget(knex, { campaignId, name, state }));
    }
    return ids;
  }

  /** States of all targets, by name. */
  async states(): Promise<string[]> {
    const rows = await this.knex<TargetRow>('targets').orderBy('repo_name');
    return rows.map(({ state }) => state);
  }

  async job(id: string): Promise<JobRow> {
    return (await this.knex<JobRow>('jobs').where({ id }).first())!;
  }

  start(sample: EvaluationSample, readable: RowFilter = allRows) {
    const { campaignId, revisionId } = this;
    const request = { revisionId, sample, actor, readable };
    return this.service.start(campaignId, request);
  }

  look({ id }: Evaluation, readable: RowFilter = allRows) {
    return this.service.get(this.campaignId, id, readable);
  }

  trials({ id }: Evaluation, outcomes?: TrialOutcome[], readable = allRows) {
    const { campaignId } = this;
    return this.service.listTrials(campaignId, id, { outcomes }, readable);
  }

  /** Ends a trial as its runner's result would. */
  async end(
    held: ClaimedAttempt,
    outcome: TrialOutcome,
    options: { patch?: string; approvalRequired?: boolean } = {},
  ): Promise<void> {
    const { patch, approvalRequired } = options;
    await this.queue.complete(held, async (tx, row) => ({
      message: outcome,
      event: {
        type: 'finished',
        outcome: outcome as 'proposed',
        reason: `It is ${outcome}`,
        changeId: patch && (await this.#change(tx, row, patch)),
        editCount: 3,
        noteCount: 1,
        approvalRequired,
      },
    }));
  }

  /** Ends each trial in the queue as is said of its target's name. */
  async endAll(
    outcomes: Record<string, { outcome: TrialOutcome; patch?: string }>,
  ): Promise<void> {
    for (const held of await this.queue.claim(50, 'test')) {
      const target = await this.knex<TargetRow>('targets')
        .where({ id: held.targetId })
        .first();
      const { outcome, patch } = outcomes[target!.repo_name];
      await this.end(held, outcome, { patch });
    }
    await this.planner.plan(this.campaignId);
  }

  /** Has a trial cost a quarter of a unit, and 1,000 tokens. */
  async pay(evaluation: Evaluation, jobId: string): Promise<void> {
    const call = {
      campaign_id: this.campaignId,
      run_id: evaluation.id,
      job_id: jobId,
    };
    await this.knex.transaction(tx =>
      addSpend(tx, call, {
        spent: { nanos: 250_000_000, tokens: 1_000 },
        reserved: { nanos: 0, tokens: 0 },
      }),
    );
  }

  #change(tx: Knex.Transaction, row: JobRow, patch: string): Promise<string> {
    return insertChange(tx, row, {
      baseCommit: 'c0ffee',
      patch,
      report: { edits: [], refusals: [] } as never,
      filesChanged: 1,
      insertions: 2,
      deletions: 1,
    });
  }
}
