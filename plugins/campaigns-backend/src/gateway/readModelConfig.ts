import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { BudgetSpec } from '@skein/plugin-campaigns-common';
import { TargetAssumptions } from './estimate/estimateTarget';
import { defaultPrices, ModelPrices, PriceTable, TokenPrices } from './prices';

/** What the configuration says of the model gateway; `config.d.ts` describes it. */
export interface ModelConfig {
  /** ISO code of the prices' currency. */
  currency: string;
  prices: PriceTable;
  /** Models that may be asked for beside the provider's default. */
  models: string[];
  /** Calls of this process at one time, at most. */
  concurrency: number;
  /** Calls of all processes together at one time, at most; undefined where only each has its bound. */
  sharedConcurrency?: number;
  /** How long one call may be tried again and again. */
  patienceMilliseconds: number;
  /** How long a call may wait for money that other calls have reserved. */
  budgetPatienceMilliseconds: number;
  /** Most tokens that one answer may have. */
  maxTokens: number;
  /** Bytes of a request. */
  requestBytes: number;
  /** For campaigns that do not say. */
  budget: DefaultBudget;
  estimate: EstimateConfig;
}

/** What estimates assume where no earlier job tells. */
export interface EstimateConfig extends TargetAssumptions {
  /** Targets that are looked at. */
  sampleSize: number;
}

/** A budget in the price table's currency, all of it optional. */
export type DefaultBudget = Partial<Omit<BudgetSpec, 'currency'>>;

/** The gateway where the configuration says nothing. */
export const defaultModelConfig: ModelConfig = {
  currency: 'USD',
  prices: defaultPrices,
  models: [],
  concurrency: 16,
  patienceMilliseconds: 10 * 60_000,
  budgetPatienceMilliseconds: 10 * 60_000,
  maxTokens: 64_000,
  requestBytes: 8 * 1024 ** 2,
  budget: { perJob: 10, tokens: {} },
  estimate: {
    sampleSize: 10,
    calls: 12,
    outputTokensPerCall: 800,
    growthTokensPerCall: 2_000,
  },
};

/**
 * Reads `campaigns.model`.
 *
 * @throws InputError where a model is allowed that has no price
 */
export function readModelConfig(root: Config): ModelConfig {
  const config = root.getOptionalConfig('campaigns.model');
  if (!config) return defaultModelConfig;
  const defaults = defaultModelConfig;
  const currency = config.getOptionalString('currency') ?? defaults.currency;
  const own = readPrices(config);
  if (currency !== defaults.currency && Object.keys(own).length === 0) {
    throw new InputError(
      `'campaigns.model.currency' is ${currency}, but the built-in prices are in ${defaults.currency}: give 'campaigns.model.prices' too`,
    );
  }
  const prices =
    currency === defaults.currency ? { ...defaults.prices, ...own } : own;
  const models = config.getOptionalStringArray('models') ?? defaults.models;
  for (const model of models) assertPriced(prices, model);
  return {
    currency,
    prices,
    models,
    concurrency: atLeastOne(config, 'concurrency', defaults.concurrency),
    ...(config.has('sharedConcurrency') && {
      sharedConcurrency: atLeastOne(config, 'sharedConcurrency', 1),
    }),
    patienceMilliseconds: duration(
      config,
      'patience',
      defaults.patienceMilliseconds,
    ),
    budgetPatienceMilliseconds: duration(
      config,
      'budgetPatience',
      defaults.budgetPatienceMilliseconds,
    ),
    maxTokens: atLeastOne(config, 'maxTokens', defaults.maxTokens),
    requestBytes: config.has('requestMegabytes')
      ? config.getNumber('requestMegabytes') * 1024 ** 2
      : defaults.requestBytes,
    budget: readBudget(config.getOptionalConfig('budget')),
    estimate: readEstimate(config.getOptionalConfig('estimate')),
  };
}

/** @throws InputError where the model has no price */
export function assertPriced(prices: PriceTable, model: string): void {
  if (Object.hasOwn(prices, model)) return;
  throw new InputError(
    `No price is known for the model '${model}', so no budget could hold; add it to 'campaigns.model.prices'`,
  );
}

function readPrices(config: Config): PriceTable {
  const prices: Record<string, ModelPrices> = {};
  for (const entry of config.getOptionalConfigArray('prices') ?? []) {
    const long = entry.getOptionalConfig('longPrompt');
    prices[entry.getString('model')] = {
      ...readTokenPrices(entry),
      ...(long && {
        longPrompt: {
          ...readTokenPrices(long),
          aboveTokens: long.getNumber('aboveTokens'),
        },
      }),
    };
  }
  return prices;
}

/** What is left out costs what Anthropic asks for it in proportion to the input. */
function readTokenPrices(entry: Config): TokenPrices {
  const input = entry.getNumber('input');
  const prices = {
    input,
    output: entry.getNumber('output'),
    cacheWrite5m: entry.getOptionalNumber('cacheWrite5m') ?? input * 1.25,
    cacheWrite1h: entry.getOptionalNumber('cacheWrite1h') ?? input * 2,
    cacheRead: entry.getOptionalNumber('cacheRead') ?? input * 0.1,
  };
  if (Object.values(prices).some(price => price < 0)) {
    throw new InputError("A price in 'campaigns.model.prices' is below zero");
  }
  return prices;
}

/** What is left out of it keeps its default. */
function readBudget(config: Config | undefined): DefaultBudget {
  const bounds = (from: Config | undefined) => ({
    amount: from?.getOptionalNumber('amount'),
    perRun: from?.getOptionalNumber('perRun'),
    perJob: from?.getOptionalNumber('perJob'),
  });
  const { perJob = defaultModelConfig.budget.perJob, ...money } =
    bounds(config);
  return {
    ...money,
    perJob,
    tokens: bounds(config?.getOptionalConfig('tokens')),
  };
}

function readEstimate(config: Config | undefined): EstimateConfig {
  const { estimate } = defaultModelConfig;
  if (!config) return estimate;
  return {
    sampleSize: atLeastOne(config, 'sampleSize', estimate.sampleSize),
    calls: atLeastOne(config, 'callsPerTarget', estimate.calls),
    outputTokensPerCall: atLeastOne(
      config,
      'outputTokensPerCall',
      estimate.outputTokensPerCall,
    ),
    growthTokensPerCall: atLeastOne(
      config,
      'growthTokensPerCall',
      estimate.growthTokensPerCall,
    ),
  };
}

function duration(config: Config, key: string, otherwise: number): number {
  return config.has(key)
    ? durationToMilliseconds(readDurationFromConfig(config, { key }))
    : otherwise;
}

function atLeastOne(config: Config, key: string, otherwise: number): number {
  const value = config.getOptionalNumber(key) ?? otherwise;
  if (value < 1) {
    throw new InputError(`'campaigns.model.${key}' must be at least 1`);
  }
  return Math.floor(value);
}
