import { GateAction, gateNames, GateName } from '../types/review';

/** How the gates judge a change. @public */
export interface GatesSpec {
  /** What follows a finding. In a campaign file only those that differ from {@link defaultGates}. */
  policy: Record<GateName, GateAction>;
  /** Patterns as in a `.gitignore`, relative to the repository: a change touches no other file. Default: all. */
  allowedFiles?: string[];
  /**
   * Of the files that CI or a developer's machine executes, or that decide who
   * owns and checks the code: those that this campaign is about. Patterns as in
   * a `.gitignore`. Default: none.
   */
  allowedProtectedFiles?: string[];
  /** Of one change. Default: 200. */
  maxFiles: number;
  /** Added and removed, of one change. Default: 5,000. */
  maxLines: number;
}

/** Who asks a judge, and how often it may say no. @public */
export interface JudgeSpec {
  /** `agent` (default): changes in which an agent or a command had a part; `all`; or `none`. */
  changes: 'agent' | 'all' | 'none';
  /** So often a veto goes back to the agent; after that a person decides. Default: 2. */
  maxVetoes: number;
  /** What reviews of this campaign have shown, in words: the judge is told to look for it. */
  instructions?: string;
  /** Default: the model that the backend is configured with. */
  model?: string;
}

/** @public */
export const defaultGates: GatesSpec = {
  maxFiles: 200,
  maxLines: 5_000,
  policy: {
    allowedFiles: 'block',
    tests: 'block',
    lintRules: 'block',
    versions: 'block',
    protectedFiles: 'block',
    secrets: 'block',
    size: 'ask',
    oldDataset: 'block',
    mapping: 'block',
  },
};

/** @public */
export const defaultJudge: JudgeSpec = { changes: 'agent', maxVetoes: 2 };

/** Parts of the schema of a campaign file. */
export const reviewDefinitions = {
  gates: {
    description: 'What no change may do, and what follows where one does',
    type: 'object',
    additionalProperties: false,
    properties: {
      policy: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          gateNames.map(name => [name, { enum: ['block', 'ask', 'warn'] }]),
        ),
      },
      allowedFiles: {
        description: 'Patterns as in a .gitignore',
        type: 'array',
        minItems: 1,
        maxItems: 100,
        items: { type: 'string', minLength: 1, maxLength: 500 },
      },
      allowedProtectedFiles: {
        description:
          "Files that CI or a developer's machine executes, or that decide who owns code, which this campaign may change: patterns as in a .gitignore",
        type: 'array',
        minItems: 1,
        maxItems: 100,
        items: { type: 'string', minLength: 1, maxLength: 500 },
      },
      maxFiles: { type: 'integer', minimum: 1, maximum: 10_000 },
      maxLines: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    },
  },
  judge: {
    description: 'A second model call that sees request and diff alone',
    type: 'object',
    additionalProperties: false,
    properties: {
      changes: { enum: ['agent', 'all', 'none'] },
      maxVetoes: { type: 'integer', minimum: 0, maximum: 10 },
      instructions: { type: 'string', maxLength: 20_000 },
      model: {
        type: 'string',
        pattern: '^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,99}$',
      },
    },
  },
} as const;
