import { amount, integer, list, object, string, time } from './words';

const callPurpose = { enum: ['agent', 'judge', 'estimate'] } as const;
const modelTokens = object({
  input: integer,
  output: integer,
  cacheWrite5m: integer,
  cacheWrite1h: integer,
  cacheRead: integer,
});
const spendBounds = object({}, { amount, perRun: amount, perJob: amount });
const spendShare = object(
  { key: string, calls: integer, cost: amount, tokens: modelTokens },
  { cacheHitRate: amount },
);

const costEstimate = object({
  id: string,
  createdAt: time,
  createdBy: string,
  revisionId: string,
  revisionNumber: integer,
  model: string,
  currency: string,
  targets: integer,
  sampleSize: integer,
  sampleNeedingModel: integer,
  low: amount,
  expected: amount,
  high: amount,
  perTarget: object({
    promptTokens: integer,
    calls: amount,
    outputTokensPerCall: integer,
    growthTokensPerCall: integer,
    basis: { enum: ['history', 'configuration'] },
    historyJobs: integer,
  }),
});

/** Schemas of calls to the model and what they cost. */
export const modelSchemas = {
  ModelCall: object(
    {
      id: string,
      at: time,
      purpose: callPurpose,
      revisionId: string,
      provider: string,
      model: string,
      tokens: modelTokens,
      cost: amount,
      assumedCost: amount,
      retries: integer,
    },
    {
      finishedAt: time,
      attempt: integer,
      outcome: { enum: ['completed', 'failed', 'aborted', 'expired'] },
      message: string,
      stopReason: string,
      latencyMs: integer,
      firstTokenMs: integer,
    },
  ),
  CampaignSpend: object(
    {
      currency: string,
      spent: amount,
      reserved: amount,
      assumed: amount,
      tokensSpent: integer,
      calls: integer,
      budget: object({ tokens: spendBounds }, spendBounds.properties),
      byPurpose: list(spendShare),
      byModel: list(spendShare),
      byRevision: list({
        ...spendShare,
        required: [...spendShare.required, 'revisionNumber'],
        properties: { ...spendShare.properties, revisionNumber: integer },
      }),
      byDay: list(spendShare),
    },
    { cacheHitRate: amount, estimate: costEstimate },
  ),
  CostEstimate: costEstimate,
};
