import {
  campaignFileSchema,
  campaignStates,
  failureKinds,
  targetStates,
} from '@skein/plugin-campaigns-common';

const string = { type: 'string' } as const;
const integer = { type: 'integer' } as const;
const boolean = { type: 'boolean' } as const;
const time = { type: 'string', format: 'date-time' } as const;
const anything = { type: 'object', additionalProperties: true } as const;

function object(
  required: Record<string, object>,
  optional: Record<string, object> = {},
) {
  return {
    type: 'object',
    required: Object.keys(required),
    properties: { ...required, ...optional },
    additionalProperties: false,
  };
}

/** A bounded list of values to filter by. */
function values(items: object = { type: 'string', maxLength: 255 }) {
  return { type: 'array', maxItems: 200, items };
}

function list(items: object) {
  return { type: 'array', items };
}

const schemaOrigin = object(
  {
    dataset: string,
    state: { enum: ['known', 'missing', 'waiting', 'failed', 'unknown'] },
  },
  { source: string, columns: integer, readAt: time, message: string },
);

/** A reference to a component schema. */
export function ref(name: keyof typeof schemas) {
  return { $ref: `#/components/schemas/${name}` };
}

/** The schema of a page of a list. */
export function pageOf(items: object) {
  return object({ items: list(items), totalItems: integer });
}

/** The schema of a list that is given whole. */
export function itemsOf(items: object) {
  return object({ items: list(items) });
}

const amount = { type: 'number', minimum: 0 } as const;
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

const repository = object({ host: string, owner: string, name: string });
const { codeSearchQuery: written, repositoryPattern } =
  campaignFileSchema.$defs;
/** As in a campaign file, whose schema refers to its own definitions. */
const codeSearchQuery = {
  ...written,
  properties: {
    ...written.properties,
    repository: {
      anyOf: [
        repositoryPattern,
        { ...written.properties.repository.anyOf[1], items: repositoryPattern },
      ],
    },
  },
};
const counts = {
  type: 'object',
  additionalProperties: integer,
  description: 'Number of targets by state',
};

const summaryRequired = {
  id: string,
  name: string,
  title: string,
  ownerRef: string,
  state: { enum: campaignStates },
  datasets: list(object({ from: string, to: string })),
  counts,
  inScope: integer,
  scope: object(
    { state: { enum: ['none', 'computing', 'ready', 'failed'] } },
    { message: string, computedAt: time },
  ),
  createdBy: string,
  createdAt: time,
  updatedAt: time,
};
const summaryOptional = {
  stateReason: string,
  deadline: string,
  launchedAt: time,
  launchedBy: string,
};

/** Component schemas of the API; the types of campaigns-common say the same. */
export const schemas = {
  CampaignSummary: object(summaryRequired, summaryOptional),
  Campaign: object(
    {
      ...summaryRequired,
      spec: anything,
      revisionId: string,
      revisionNumber: integer,
      waves: list(
        object({
          name: string,
          state: { enum: ['waiting', 'running', 'finished'] },
          targets: integer,
          counts,
        }),
      ),
      newcomers: integer,
      failures: list(
        object({ kind: string, count: integer }, { example: string }),
      ),
    },
    summaryOptional,
  ),
  CampaignFiles: object(
    { yaml: { type: 'string', description: 'Text of the campaign file' } },
    {
      files: {
        type: 'object',
        additionalProperties: string,
        description:
          'Texts of the files that the campaign file names, by the path that it gives',
      },
    },
  ),
  CampaignInput: {
    oneOf: [
      { $ref: '#/components/schemas/CampaignFiles' },
      object({
        spec: {
          ...anything,
          description: `The content of a campaign file with mapping tables and schemas in line; its JSON schema is '${campaignFileSchema.$id}'`,
        },
      }),
    ],
  },
  SpecProblem: object(
    { severity: { enum: ['error', 'warning'] }, message: string },
    { file: string, line: integer, column: integer, path: string },
  ),
  ValidationResult: object(
    {
      valid: boolean,
      problems: list({ $ref: '#/components/schemas/SpecProblem' }),
    },
    { spec: anything },
  ),
  MappingPreview: object({
    dataset: object({ from: string, to: string }),
    lines: list(
      object(
        {
          from: string,
          action: {
            enum: [
              'rename',
              'convert',
              'forward-only',
              'drop',
              'person-decides',
              'keep',
            ],
          },
          description: string,
        },
        {
          to: string,
          example: object({ before: string, after: string }),
          line: integer,
        },
      ),
    ),
    problems: list(anything),
    schemas: list(schemaOrigin),
  }),
  ContextRevision: object(
    {
      id: string,
      campaignId: string,
      number: integer,
      digest: string,
      current: boolean,
      createdBy: string,
      createdAt: time,
    },
    { note: string },
  ),
  Activity: object(
    { id: string, at: time, actor: string, action: string, message: string },
    { targetId: string },
  ),
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
  Run: object(
    {
      id: string,
      campaignId: string,
      number: integer,
      kind: { enum: ['dryRun', 'wave', 'retry'] },
      revisionId: string,
      state: { enum: ['running', 'finished', 'stopped'] },
      targetCount: integer,
      createdBy: string,
      createdAt: time,
    },
    { wave: string, finishedAt: time },
  ),
  PullRequest: object(
    {
      number: integer,
      url: string,
      title: string,
      state: { enum: ['open', 'closed', 'merged'] },
      draft: boolean,
      headBranch: string,
      headSha: string,
      baseBranch: string,
      checks: { enum: ['none', 'pending', 'passing', 'failing'] },
      review: { enum: ['none', 'requested', 'approved', 'changesRequested'] },
      reviewers: list(string),
      mergeable: { enum: ['clean', 'conflict', 'unknown'] },
      humanCommits: boolean,
      openedAt: time,
      syncedAt: time,
    },
    { mergedAt: time, mergeCommit: string, closedAt: time },
  ),
  Target: object(
    {
      id: string,
      campaignId: string,
      campaignName: string,
      repository,
      path: string,
      framework: string,
      state: { enum: targetStates },
      reasons: list(anything),
      editCount: integer,
      noteCount: integer,
      approvalRequired: { type: 'boolean' },
      createdAt: time,
      updatedAt: time,
    },
    {
      entityRef: string,
      ownerRef: string,
      stateReason: string,
      failureKind: { enum: failureKinds },
      wave: string,
      changeId: string,
      jobId: string,
      pullRequest: { $ref: '#/components/schemas/PullRequest' },
      expectedAt: time,
    },
  ),
  TargetFacets: object({
    states: counts,
    frameworks: counts,
    owners: counts,
    waves: counts,
    failureKinds: counts,
  }),
  TargetFilter: object(
    {},
    {
      states: values({ enum: targetStates }),
      frameworks: values(),
      owners: values(),
      waves: values(),
      failureKinds: values(),
      search: { type: 'string', maxLength: 255 },
    },
  ),
  TargetSelection: {
    description: 'Targets by id, or all that match; not both',
    type: 'object',
    properties: {
      targetIds: { type: 'array', items: string, maxItems: 1_000 },
      filter: { $ref: '#/components/schemas/TargetFilter' },
    },
    oneOf: [{ required: ['targetIds'] }, { required: ['filter'] }],
    additionalProperties: false,
  },
  TargetSelectionWithReason: {
    description: 'Targets by id, or all that match, and why',
    type: 'object',
    required: ['reason'],
    properties: {
      targetIds: { type: 'array', items: string, maxItems: 1_000 },
      filter: { $ref: '#/components/schemas/TargetFilter' },
      reason: { type: 'string', minLength: 1, maxLength: 1_000 },
    },
    oneOf: [{ required: ['targetIds'] }, { required: ['filter'] }],
    additionalProperties: false,
  },
  BulkResult: object({
    changed: integer,
    skipped: list(object({ targetId: string, reason: string })),
  }),
  ScopeSnapshot: object({
    id: string,
    campaignId: string,
    number: integer,
    computedAt: time,
    inScope: integer,
    unsure: integer,
    outOfScope: integer,
    came: integer,
    went: integer,
    changed: integer,
    notices: list(string),
  }),
  ScopeChange: object(
    {
      id: string,
      snapshotNumber: integer,
      at: time,
      kind: { enum: ['came', 'went', 'changed'] },
      repository,
      path: string,
    },
    { before: anything, after: anything, targetId: string },
  ),
  Review: object(
    {
      id: string,
      targetId: string,
      jobId: string,
      revisionId: string,
      patchDigest: string,
      round: integer,
      outcome: { enum: ['accepted', 'rejected', 'ask'] },
      findings: list(anything),
      createdAt: time,
    },
    { judge: anything, judgeError: string },
  ),
  ReviewStatistics: object({
    revisionId: string,
    revisionNumber: integer,
    reviewed: integer,
    blocked: integer,
    judged: integer,
    vetoed: integer,
    recovered: integer,
    people: object({
      mergedAsIs: integer,
      mergedEdited: integer,
      closed: integer,
    }),
  }),
  Job: object(
    {
      id: string,
      targetId: string,
      task: { enum: ['transform', 'scan'] },
      state: {
        enum: [
          'queued',
          'running',
          'succeeded',
          'failed',
          'overBudget',
          'stopped',
        ],
      },
      attempts: integer,
      createdAt: time,
    },
    {
      runId: string,
      phase: string,
      failureKind: string,
      failureMessage: string,
      startedAt: time,
      finishedAt: time,
    },
  ),
  JobEvent: object(
    {
      id: integer,
      jobId: string,
      attempt: integer,
      at: time,
      type: { enum: ['log', 'phase', 'outcome', 'transcript'] },
      level: { enum: ['info', 'warn', 'error'] },
      message: string,
    },
    { phase: string, transcript: anything },
  ),
  TargetPrompt: object(
    {
      commit: string,
      templates: string,
      called: boolean,
      reason: string,
      sections: list(
        object({
          name: { enum: ['system', 'campaign', 'target'] },
          text: string,
          tokens: integer,
        }),
      ),
    },
    { model: string },
  ),
  Change: object({
    id: string,
    targetId: string,
    jobId: string,
    revisionId: string,
    baseCommit: string,
    patch: string,
    filesChanged: integer,
    insertions: integer,
    deletions: integer,
    report: anything,
    createdAt: time,
  }),
  LineageNode: object(
    {
      id: string,
      kind: { enum: ['dataset', 'job'] },
      name: string,
      title: string,
      depth: integer,
    },
    {
      entityRef: string,
      ownerRef: string,
      framework: string,
      repository,
      path: string,
      level: integer,
      columnsRead: object({
        dataset: string,
        total: integer,
        items: list(object({ column: string, uses: list(string) })),
      }),
      migration: object({
        campaignName: string,
        targetId: string,
        state: { enum: targetStates },
      }),
    },
  ),
  LineageGraph: object(
    {
      nodes: list({ $ref: '#/components/schemas/LineageNode' }),
      edges: list(
        object(
          {
            from: string,
            to: string,
            providers: list(string),
            lastSeenAt: time,
          },
          { stale: boolean },
        ),
      ),
      truncated: boolean,
      summary: object({
        direct: integer,
        indirect: integer,
        owners: integer,
        deepest: integer,
        byFramework: counts,
        byOwner: counts,
        byDepth: counts,
      }),
    },
    { root: { $ref: '#/components/schemas/LineageNode' } },
  ),
  LineageDatasetPage: object(
    { items: list({ $ref: '#/components/schemas/LineageDataset' }) },
    { after: string },
  ),
  LineageDataset: object(
    {
      name: string,
      title: string,
      readBy: { $ref: '#/components/schemas/LineageDatasetJobs' },
      writtenBy: { $ref: '#/components/schemas/LineageDatasetJobs' },
    },
    { entityRef: string, ownerRef: string },
  ),
  LineageDatasetJobs: object({
    total: integer,
    jobs: list(
      object(
        { name: string, title: string },
        {
          entityRef: string,
          ownerRef: string,
          repository,
          path: string,
        },
      ),
    ),
  }),
  LineageColumnGraph: object(
    {
      columns: list(
        object(
          { id: string, nodeId: string, depth: integer },
          { column: string },
        ),
      ),
      edges: list(
        object(
          {
            from: string,
            jobId: string,
            uses: list(string),
            providers: list(string),
            lastSeenAt: time,
          },
          { to: string, stale: boolean },
        ),
      ),
      nodes: list({ $ref: '#/components/schemas/LineageNode' }),
      truncated: boolean,
    },
    { root: string },
  ),
  LineageProviderStatus: object(
    {
      id: string,
      title: string,
      state: { enum: ['never', 'running', 'ok', 'failed'] },
      nodes: integer,
      edges: integer,
    },
    {
      lastStartedAt: time,
      lastSucceededAt: time,
      lastError: string,
      intervalSeconds: integer,
      nextReadAt: time,
      events: object(
        {
          received: integer,
          rejected: integer,
          staleEdges: integer,
          staleAfterSeconds: integer,
          expireAfterSeconds: integer,
        },
        { lastReceivedAt: time, lastRejectedAt: time, lastRejection: string },
      ),
      progress: string,
      uninstalledSince: time,
      removedAt: time,
    },
  ),
  CodeSearchRequest: object(
    { query: codeSearchQuery },
    {
      providers: {
        description: 'Ids of the providers to ask; all that can, by default',
        type: 'array',
        minItems: 1,
        maxItems: 20,
        items: { type: 'string', maxLength: 100 },
      },
    },
  ),
  CodeSearchReport: object({
    searchedRepositories: integer,
    totals: object({ repositories: integer, files: integer, lines: integer }),
    owners: list(
      object(
        { repositories: integer, files: integer, lines: integer },
        { ownerRef: string },
      ),
    ),
    repositories: list(
      object({
        repository,
        ownerRefs: list(string),
        files: integer,
        lines: integer,
        results: list(
          object(
            {
              path: string,
              lines: integer,
              matches: list(
                object(
                  {
                    text: string,
                    ranges: list({
                      type: 'array',
                      items: integer,
                      minItems: 2,
                      maxItems: 2,
                    }),
                    providers: list(string),
                  },
                  { line: integer },
                ),
              ),
            },
            { ownerRef: string },
          ),
        ),
      }),
    ),
    providers: list(
      object(
        { id: string, title: string, lines: integer, milliseconds: integer },
        { incomplete: string, error: string },
      ),
    ),
  }),
  SystemStatus: object({
    executor: object({
      id: string,
      sandbox: string,
      sandboxed: boolean,
      runningJobs: integer,
      concurrency: integer,
    }),
    forges: list(object({ host: string, title: string }, { identity: string })),
    codeSearch: list(object({ id: string, title: string })),
    model: object({ available: boolean, message: string }),
  }),
};
