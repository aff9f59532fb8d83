import { randomUUID } from 'crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  CampaignSpec,
  CampaignSpend,
  SystemStatus,
} from '@skein/plugin-campaigns-common';
import {
  ModelCallError,
  ModelMessage,
  ModelProvider,
  ModelRequest,
} from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { RowFilter } from '../authorization';
import { ModelTerms } from '../campaigns/spec/checkModelWishes';
import { CampaignChanges } from '../changes/CampaignChanges';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { recordBudgetRefusal } from '../database/operations/modelCalls/recordBudgetRefusal';
import { CampaignRow } from '../database/tables';
import { assertAttemptLives } from './assertAttemptLives';
import { budgetScopes } from './budget/budgetScopes';
import { BudgetExceededError, GatewayError } from './GatewayError';
import { Ledger } from './Ledger';
import { CallLimiter } from './limiter/CallLimiter';
import { CallInProgress, PreparedCall } from './CallInProgress';
import { ModelPrices } from './prices';
import { AgentModelStep, ModelSettings, modelSettings } from './modelSettings';
import { assertPriced, ModelConfig } from './readModelConfig';
import { toGatewayError } from './toGatewayError';
import { readSpend } from './readSpend';
import { ModelCall } from './types';
import { withoutSecrets } from './withoutSecrets';

/** What a {@link ModelGateway} is made from. */
export interface ModelGatewayOptions {
  database: Knex;
  /** Undefined where no model is connected: every call is then refused with a plain word. */
  provider: ModelProvider | undefined;
  config: ModelConfig;
  changes: CampaignChanges;
  logger: LoggerService;
  /** Of reservations, for tests. */
  leaseMilliseconds?: number;
}

/**
 * The one way to the model, for runners (over the job protocol) and for the
 * back end's own calls. It holds the budgets, the ledger, the shared limit and
 * the retries; the provider behind it holds the key.
 */
export class ModelGateway {
  readonly #options: ModelGatewayOptions;
  readonly #ledger: Ledger;
  readonly #limiter: CallLimiter;

  private constructor(options: ModelGatewayOptions, ledger: Ledger) {
    this.#options = options;
    this.#ledger = ledger;
    this.#limiter = new CallLimiter(options.config.concurrency);
  }

  /** @throws InputError where the provider's default model has no price */
  static start(options: ModelGatewayOptions): ModelGateway {
    const { config, provider, ...rest } = options;
    if (provider) assertPriced(config.prices, provider.defaults.model);
    const mostAtOnce = config.sharedConcurrency;
    return new ModelGateway(options, Ledger.start({ ...rest, mostAtOnce }));
  }

  async stop(): Promise<void> {
    await this.#ledger.stop();
  }

  /** Whether there is a model, for the portal. */
  describe(): SystemStatus['model'] {
    const { provider } = this.#options;
    if (!provider) {
      return {
        available: false,
        message:
          'No model is connected: changes come from mapping tables alone, and what needs judgement is left to people.',
      };
    }
    return {
      available: true,
      message: `${provider.title}, ${provider.defaults.model}`,
    };
  }

  /** Bytes that a request may have. */
  get requestBytes(): number {
    return this.#options.config.requestBytes;
  }

  /** Models that may be asked for; none where no model is connected. */
  get models(): string[] {
    const { provider, config } = this.#options;
    return provider
      ? [...new Set([provider.defaults.model, ...config.models])]
      : [];
  }

  /** What campaigns may ask for; undefined where no model is connected. */
  get terms(): ModelTerms | undefined {
    const { provider, config } = this.#options;
    return provider && { currency: config.currency, models: this.models };
  }

  /** What a call of one of these models costs, per million tokens. */
  pricesOf(model: string): { prices: ModelPrices; currency: string } {
    const { prices, currency } = this.#options.config;
    assertPriced(prices, model);
    return { prices: prices[model], currency };
  }

  /** What the model has cost a campaign. */
  spendOf(campaign: CampaignRow, readable?: RowFilter): Promise<CampaignSpend> {
    const { config, database } = this.#options;
    return readSpend(database, campaign, config, readable);
  }

  /**
   * What an agent's calls shall ask for: what its step says, else what the
   * provider is configured with; undefined where no model is connected.
   */
  settings(step: AgentModelStep = {}): ModelSettings | undefined {
    const { provider, config } = this.#options;
    return provider && modelSettings(step, provider.defaults, config.maxTokens);
  }

  /**
   * Makes a call and answers with the whole message.
   *
   * @throws BudgetExceededError where no budget has room for it: then the job, if it is one's, ends as over budget
   * @throws GatewayError for all other reasons
   */
  async createMessage(call: ModelCall): Promise<ModelMessage> {
    const { config, database, logger } = this.#options;
    const provider = this.#connected();
    const prepared = await this.#prepare(provider, call);
    const parts = {
      provider,
      ledger: this.#ledger,
      limiter: this.#limiter,
      config,
      logger,
    };
    try {
      return await new CallInProgress(parts, prepared).run();
    } catch (error) {
      const { jobId, attempt } = call;
      if (error instanceof BudgetExceededError && jobId && attempt) {
        await recordBudgetRefusal(
          database,
          { jobId, number: attempt },
          error.message,
        );
      }
      throw toGatewayError(error, logger);
    }
  }

  /**
   * Tokens of a request's input; free of charge.
   *
   * @throws GatewayError
   */
  async countTokens(call: ModelCall): Promise<number> {
    const provider = this.#connected();
    const { request, caller, signal } = await this.#prepare(provider, call);
    try {
      return await provider.countTokens(request, { caller, signal });
    } catch (error) {
      if (error instanceof ModelCallError && error.kind === 'rate-limited') {
        this.#limiter.refused(error.retryAfterMilliseconds);
        await this.#ledger.pause(provider.id, error.retryAfterMilliseconds);
      }
      throw toGatewayError(error, this.#options.logger);
    }
  }

  #connected(): ModelProvider {
    const { provider } = this.#options;
    if (!provider) {
      throw new GatewayError(this.describe().message, {
        status: 503,
        type: 'api_error',
      });
    }
    return provider;
  }

  async #prepare(
    provider: ModelProvider,
    call: ModelCall,
  ): Promise<PreparedCall> {
    const { config, database } = this.#options;
    const campaign = await getCampaignRow(database, call.campaignId);
    const { budget }: Partial<CampaignSpec> = JSON.parse(campaign.spec);
    if (budget && budget.currency !== config.currency) {
      throw GatewayError.invalid(
        `The campaign's budget is in ${budget.currency}, but the model's prices are in ${config.currency}: give the budget in ${config.currency}`,
      );
    }
    const request = this.#complete(provider, call, campaign);
    const { jobId, attempt } = call;
    return {
      row: {
        id: randomUUID(),
        campaign_id: call.campaignId,
        run_id: call.runId ?? null,
        job_id: jobId ?? null,
        attempt: attempt ?? null,
        revision_id: call.revisionId,
        purpose: call.purpose,
        provider: provider.id,
        model: request.model,
      },
      request,
      prices: config.prices[request.model],
      budgets: budgetScopes(call, budget, config.budget),
      caller: { campaign: campaign.name, ownerRef: campaign.owner_ref },
      signal: call.signal ?? new AbortController().signal,
      assertWanted: async () => {
        if (jobId && attempt) {
          await assertAttemptLives(database, { jobId, number: attempt });
        }
      },
    };
  }

  #complete(
    provider: ModelProvider,
    call: ModelCall,
    campaign: CampaignRow,
  ): ModelRequest {
    const { config } = this.#options;
    const {
      model = provider.defaults.model,
      max_tokens: maxTokens = Math.min(
        provider.defaults.maxTokens,
        config.maxTokens,
      ),
    } = call.request;
    if (!this.models.includes(model)) {
      throw new GatewayError(
        `The model '${model}' is not allowed here; allowed are: ${this.models.join(
          ', ',
        )} (see 'campaigns.model.models')`,
        { status: 403, type: 'permission_error' },
      );
    }
    if (maxTokens > config.maxTokens) {
      throw GatewayError.invalid(
        `max_tokens: ${maxTokens} is more than the ${config.maxTokens} that are allowed here ('campaigns.model.maxTokens')`,
      );
    }
    return {
      ...withoutSecrets(call.request),
      model,
      max_tokens: maxTokens,
      // Opaque, as the provider asks: it tells callers apart, not who they are.
      metadata: { user_id: call.jobId ?? campaign.id },
    };
  }
}
