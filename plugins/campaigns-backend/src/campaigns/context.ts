import { createHash } from 'crypto';
import { latestTemplates } from '@skein/agent-context';
import {
  CampaignDataset,
  CampaignSpec,
  GatesSpec,
  JudgeSpec,
  Lesson,
  VerificationSpec,
} from '@skein/plugin-campaigns-common';
import { Samples } from '@skein/job-runner';
import { MappingTable, RewriteOptions, Schemas } from '@skein/mapping-rewriter';
import { AgentOffers, noAgentOffers } from './AgentOffers';
import { ContextStep, contextStepsOf } from './contextStepsOf';

/** The content of a context revision: all that a job is told about the campaign. */
export interface ContextContent {
  mappings: MappingTable[];
  options: RewriteOptions;
  verification: VerificationSpec;
  gates: GatesSpec;
  judge: JudgeSpec;
  prompt?: string;
  /** Absent where there are none. */
  lessons?: Lesson[];
  /** Absent where the campaign has none. */
  samples?: Samples;
  /** Absent where the mapping tables alone make the change. */
  steps?: ContextStep[];
  /** Version of the templates that the prompt is made of; absent where there is no agent. */
  promptVersion?: string;
}

/** The context that a spec stands for, with what it asks of the operator's offers written out. */
export function contextOf(
  spec: CampaignSpec,
  offers: AgentOffers = noAgentOffers,
): ContextContent {
  const mapping =
    spec.transform.flatMap(step =>
      'mapping' in step ? [step.mapping] : [],
    )[0] ?? {};
  const steps = contextStepsOf(spec.transform, offers);
  return {
    mappings: spec.datasets.map(dataset => dataset.mapping),
    options: {
      outputs: mapping.outputs ?? 'preserve',
      comments: mapping.comments ?? 'leave',
      documentation: mapping.documentation,
      data: mapping.data,
      commands: mapping.commands,
      localNames: mapping.localNames,
      definitions: mapping.definitions,
      alignment: mapping.alignment,
      guideUrl: spec.guide,
      schemas: mergeSchemas(spec.datasets),
      defaultProject: mapping.defaultProject ?? assumedProject(spec.datasets),
    },
    verification: spec.verification,
    gates: spec.gates,
    judge: spec.judge,
    prompt: spec.prompt,
    ...(spec.lessons?.length && { lessons: spec.lessons }),
    ...samplesOf(spec),
    ...(steps.some(step => step.type !== 'mapping') && {
      steps,
      promptVersion: latestTemplates,
    }),
  };
}

/**
 * The project that all names without one are taken to be of: that of all the
 * datasets. Where one of them moves to another project, a name that is taken
 * wrongly would be given that; so then it has to be said.
 */
function assumedProject(datasets: CampaignDataset[]): string | undefined {
  const projects = new Set(
    datasets.flatMap(({ from, to }) => [projectOf(from), projectOf(to)]),
  );
  return projects.size === 1 ? [...projects][0] : undefined;
}

function projectOf(name: string): string | undefined {
  const parts = name.split('.');
  return parts.length === 3 ? parts[0] : undefined;
}

/** A campaign without sample rows has the context that it always had. */
function samplesOf({
  datasets,
  verification,
}: CampaignSpec): Pick<ContextContent, 'samples'> {
  const tables = Object.assign(
    {},
    ...datasets.map(({ samples }) => samples ?? {}),
  );
  if (Object.keys(tables).length === 0) return {};
  return { samples: { tables, ...verification.samples } };
}

function mergeSchemas(datasets: CampaignDataset[]): Schemas {
  return Object.assign({}, ...datasets.map(dataset => dataset.schemas ?? {}));
}

/** SHA-256 of a context, hexadecimal: equal contexts have equal digests. */
export function digestOf(context: ContextContent): string {
  return createHash('sha256').update(JSON.stringify(context)).digest('hex');
}
