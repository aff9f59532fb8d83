/** What a call to the model is made for. @public */
export type ModelCallPurpose = 'agent' | 'judge' | 'estimate';

/** Tokens by what they cost; the kinds are disjoint. @public */
export interface ModelTokens {
  /** Neither written to the cache nor read from it. */
  input: number;
  output: number;
  /** Kept for five minutes. */
  cacheWrite5m: number;
  /** Kept for an hour. */
  cacheWrite1h: number;
  cacheRead: number;
}

/** One call to the model, as the ledger has it. @public */
export interface ModelCall {
  id: string;
  at: string;
  finishedAt?: string;
  purpose: ModelCallPurpose;
  /** Of the job. */
  attempt?: number;
  revisionId: string;
  provider: string;
  model: string;
  /**
   * - `completed`: a message came
   * - `failed`: none came, with all its tries
   * - `aborted`: nobody waited for it any more
   * - `expired`: its process was lost; its worst case is charged
   *
   * Undefined while it is under way.
   */
  outcome?: 'completed' | 'failed' | 'aborted' | 'expired';
  /** Why there was no message, in one line. */
  message?: string;
  tokens: ModelTokens;
  /** In the currency of the campaign's spend. */
  cost: number;
  /** The part of it that is a worst case: nobody said what was really used. */
  assumedCost: number;
  retries: number;
  stopReason?: string;
  latencyMs?: number;
  firstTokenMs?: number;
}

/** A share of a campaign's spend. @public */
export interface SpendShare {
  /** Purpose, model, id of the context revision, or day (`2026-11-21`, UTC). */
  key: string;
  calls: number;
  cost: number;
  tokens: ModelTokens;
  /** Part of the input that came from the cache, 0 to 1; undefined without input. */
  cacheHitRate?: number;
}

/** What the model has cost a campaign. @public */
export interface CampaignSpend {
  /** ISO code of all amounts here. */
  currency: string;
  spent: number;
  /** By calls that are under way, at most. */
  reserved: number;
  /** Part of what was spent that is a worst case. */
  assumed: number;
  /** Of all kinds. */
  tokensSpent: number;
  calls: number;
  cacheHitRate?: number;
  /** What may be spent: the campaign's own bounds, else the installation's. */
  budget: {
    amount?: number;
    perRun?: number;
    perJob?: number;
    tokens: { amount?: number; perRun?: number; perJob?: number };
  };
  byPurpose: SpendShare[];
  byModel: SpendShare[];
  /** Newest revision first. */
  byRevision: Array<SpendShare & { revisionNumber: number }>;
  /** Oldest first, at most the last 90 days with calls. */
  byDay: SpendShare[];
  /** The newest. */
  estimate?: CostEstimate;
}

/** What a campaign was expected to cost before it ran. @public */
export interface CostEstimate {
  id: string;
  createdAt: string;
  createdBy: string;
  revisionId: string;
  revisionNumber: number;
  model: string;
  currency: string;
  /** Targets that it is for: those in scope that have no change yet. */
  targets: number;
  /** Targets whose prompts were rendered and counted. */
  sampleSize: number;
  /** Of the sample, how many need the model at all. */
  sampleNeedingModel: number;
  low: number;
  expected: number;
  high: number;
  /** What each target that needs the model was reckoned with. */
  perTarget: {
    /** First prompt, measured; a mean. */
    promptTokens: number;
    calls: number;
    outputTokensPerCall: number;
    growthTokensPerCall: number;
    /** `history`: from so many earlier jobs of this installation; `configuration`: nothing is known yet. */
    basis: 'history' | 'configuration';
    historyJobs: number;
  };
}
