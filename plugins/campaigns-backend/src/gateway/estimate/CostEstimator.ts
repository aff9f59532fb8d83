import { randomUUID } from 'crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  CostEstimate,
  Target,
  TargetPrompt,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { allRows, RowFilter } from '../../authorization';
import { ContextContent } from '../../campaigns/context';
import { getNewestEstimate } from '../../database/operations/modelCalls/getNewestEstimate';
import { insertEstimate } from '../../database/operations/modelCalls/insertEstimate';
import { readJobHistory } from '../../database/operations/modelCalls/readJobHistory';
import {
  CampaignRow,
  ContextRevisionRow,
  TargetRow,
} from '../../database/tables';
import { toTarget } from '../../targets/mapTarget';
import { mapLimited } from '../../scope/mapLimited';
import { fromNanos } from '../budget/budgetScopes';
import { ModelGateway } from '../ModelGateway';
import { EstimateConfig } from '../readModelConfig';
import { assumptionsFrom, AssumptionRange } from './assumptions';
import {
  CountedPrompt,
  estimateTarget,
  TargetAssumptions,
} from './estimateTarget';
import { sampleOf } from './sampleOf';

/** Descriptions of the agent's tools, which the runner adds to each prompt. */
const TOOL_TOKENS = 3_000;
/** Earlier jobs that are looked at. */
const HISTORY_JOBS = 50;
/** Targets rendered and counted at one time. */
const CONCURRENCY = 4;
/** How long an estimate may take. */
const PATIENCE_MILLISECONDS = 120_000;

/** What a {@link CostEstimator} is made from. */
export interface CostEstimatorOptions {
  knex: Knex;
  gateway: ModelGateway;
  config: EstimateConfig;
  /** What a target's agent would be told now, and whether it would be asked at all. */
  render: (target: Target) => Promise<TargetPrompt>;
  logger: LoggerService;
}

/** Reckons what a campaign will cost, from the prompts of a sample of its targets. */
export class CostEstimator {
  readonly #options: CostEstimatorOptions;

  constructor(options: CostEstimatorOptions) {
    this.#options = options;
  }

  /**
   * Counts, reckons, and keeps the result.
   *
   * @param readable - the targets that may be read: of others nothing is counted, and what is of some alone is not kept
   * @throws ConflictError where no model is connected, no step asks for one, or no target can be read
   */
  async estimate(
    campaign: CampaignRow,
    actor: string,
    readable: RowFilter = allRows,
  ): Promise<CostEstimate> {
    const { config, gateway, knex } = this.#options;
    const revision = await knex<ContextRevisionRow>('context_revisions')
      .where({ id: campaign.revision_id! })
      .first();
    const context: ContextContent = JSON.parse(revision!.content);
    const agent = context.steps?.find(step => step.type === 'agent');
    const settings = gateway.settings(agent?.type === 'agent' ? agent : {});
    if (!settings) throw new ConflictError(gateway.describe().message);
    if (!agent) {
      throw new ConflictError(
        'No step of this campaign asks the model: its changes cost nothing',
      );
    }
    const targets = await this.#targets(campaign.id, readable);
    const sample = await this.#count(
      campaign,
      sampleOf(targets, config.sampleSize),
      settings.model,
    );
    const range = assumptionsFrom(
      await readJobHistory(knex, settings.model, HISTORY_JOBS),
      config,
    );
    const { prices, currency } = gateway.pricesOf(settings.model);
    const judged = context.judge?.changes !== 'none';
    const total = (assumed: TargetAssumptions) =>
      fromNanos(
        (sample.needing
          .map(prompt => estimateTarget(prices, prompt, assumed, judged))
          .reduce((sum, nanos) => sum + nanos, 0) /
          sample.size) *
          targets.length,
      );
    const estimate = {
      createdBy: actor,
      revisionId: revision!.id,
      revisionNumber: revision!.number,
      model: settings.model,
      currency,
      targets: targets.length,
      sampleSize: sample.size,
      sampleNeedingModel: sample.needing.length,
      low: total(range.low),
      expected: total(range.expected),
      high: total(range.high),
      perTarget: describe(sample.needing, range),
    };
    if (readable !== allRows) {
      const createdAt = new Date().toISOString();
      return { id: randomUUID(), createdAt, ...estimate };
    }
    await insertEstimate(knex, campaign.id, estimate);
    return (await getNewestEstimate(knex, campaign.id))!;
  }

  /** In scope and without a change so far, in an order that mixes nothing by chance. */
  async #targets(
    campaignId: string,
    readable: RowFilter,
  ): Promise<TargetRow[]> {
    const query = this.#options
      .knex<TargetRow>('targets')
      .where({ campaign_id: campaignId })
      .whereIn('state', [
        'pending',
        'queued',
        'failed',
        'overBudget',
        'stopped',
      ])
      .orderBy(['framework', 'repo_owner', 'repo_name', 'path', 'id']);
    readable(query);
    const targets = await query;
    if (targets.length === 0) {
      throw new ConflictError(
        'No target waits to be changed: there is nothing to estimate',
      );
    }
    return targets;
  }

  async #count(
    campaign: CampaignRow,
    targets: TargetRow[],
    model: string,
  ): Promise<{ size: number; needing: CountedPrompt[] }> {
    const { logger, render } = this.#options;
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const prompts = await mapLimited(targets, CONCURRENCY, signal, target =>
      render(
        toTarget({ ...target, campaign_name: campaign.name }, undefined),
      ).catch(error => {
        logger.warn(
          `Estimate of '${campaign.name}': ${target.repo_owner}/${target.repo_name} could not be read`,
          error,
        );
        return undefined;
      }),
    );
    const rendered = prompts.filter(prompt => prompt !== undefined);
    if (rendered.length === 0) {
      throw new ConflictError(
        'None of the sampled targets could be read; look at the access to their repositories',
      );
    }
    const asked = rendered.filter(({ called }) => called);
    const tokensOf = (prompt: TargetPrompt, withTarget: boolean) =>
      this.#countTokens(campaign, model, prompt, withTarget, signal);
    const sharedTokens = asked[0] ? await tokensOf(asked[0], false) : 0;
    const needing = await mapLimited(
      asked,
      CONCURRENCY,
      signal,
      async prompt => ({
        sharedTokens,
        tokens: await tokensOf(prompt, true),
      }),
    );
    return { size: rendered.length, needing };
  }

  async #countTokens(
    campaign: CampaignRow,
    model: string,
    { sections }: TargetPrompt,
    withTarget: boolean,
    signal: AbortSignal,
  ): Promise<number> {
    const text = (name: TargetPrompt['sections'][number]['name']) =>
      sections.find(section => section.name === name)?.text ?? '';
    const counted = await this.#options.gateway.countTokens({
      purpose: 'estimate',
      campaignId: campaign.id,
      revisionId: campaign.revision_id!,
      request: {
        model,
        system: `${text('system')}\n${text('campaign')}`,
        // A message needs some text.
        messages: [
          { role: 'user', content: (withTarget && text('target')) || '.' },
        ],
      },
      signal,
    });
    return TOOL_TOKENS + counted;
  }
}

function describe(
  prompts: CountedPrompt[],
  { expected, basis, historyJobs }: AssumptionRange,
): CostEstimate['perTarget'] {
  const sum = prompts.reduce((total, { tokens }) => total + tokens, 0);
  return {
    promptTokens: Math.round(sum / Math.max(1, prompts.length)),
    calls: Math.round(expected.calls * 10) / 10,
    outputTokensPerCall: Math.round(expected.outputTokensPerCall),
    growthTokensPerCall: Math.round(expected.growthTokensPerCall),
    basis,
    historyJobs,
  };
}
