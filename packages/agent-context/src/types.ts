import type {
  Edit,
  MappingTable,
  Refusal,
  RewriteOptions,
} from '@skein/mapping-rewriter';

/** What people found out in review. @public */
export interface PromptLesson {
  text: string;
  /** Who is told. */
  for: Array<'agent' | 'judge'>;
}

/** What all jobs of a context revision are told alike. @public */
export interface PromptContext {
  /** Version of the templates, as `v1`. */
  version: string;
  mappings: MappingTable[];
  options: RewriteOptions;
  /** The campaign's own words. */
  text?: string;
  /** An agent is told its own, the judge its own. */
  lessons?: PromptLesson[];
  /** Texts that the campaign may use, by name. */
  skills?: Array<{ name: string; text: string }>;
}

/** One target. @public */
export interface PromptTarget {
  /** `host/owner/name`. */
  repository: string;
  /** Folder in the repository; empty for all of it. */
  path: string;
  framework: string;
  /** Names of the checks that `verify` runs; undefined where they are not known yet. */
  checks?: string[];
}

/** What the steps before the agent did; paths are relative to the repository. @public */
export interface PromptRewrite {
  edits: Edit[];
  refusals: Refusal[];
  /** What verification or review said of it, where that is why the agent is called. */
  problems?: string[];
}

/** @public */
export interface PromptInput {
  context: PromptContext;
  target: PromptTarget;
  rewrite: PromptRewrite;
  /** What marks repository text; for a job one that its repository cannot know, see `createFence`. */
  fence: string;
}

/** The three parts of a prompt, in their order; the first two are the same for all jobs of a revision. @public */
export interface RenderedPrompt {
  system: string;
  campaign: string;
  target: string;
}
