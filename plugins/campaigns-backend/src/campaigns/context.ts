import { createHash } from 'crypto';
import {
  CampaignDataset,
  CampaignSpec,
  VerificationSpec,
} from '@skein/plugin-campaigns-common';
import { MappingTable, RewriteOptions, Schemas } from '@skein/mapping-rewriter';

/** The content of a context revision: all that a job is told about the campaign. */
export interface ContextContent {
  mappings: MappingTable[];
  options: RewriteOptions;
  verification: VerificationSpec;
  prompt?: string;
}

/** The context that a spec stands for. */
export function contextOf(spec: CampaignSpec): ContextContent {
  const mapping = spec.transform.find(step => step.mapping)?.mapping ?? {};
  return {
    mappings: spec.datasets.map(dataset => dataset.mapping),
    options: {
      outputs: mapping.outputs ?? 'preserve',
      comments: mapping.comments ?? 'leave',
      guideUrl: spec.guide,
      schemas: mergeSchemas(spec.datasets),
      defaultProject: mapping.defaultProject ?? projectOf(spec.datasets[0]),
    },
    verification: spec.verification,
    prompt: spec.prompt,
  };
}

function projectOf({ from }: CampaignDataset): string | undefined {
  const parts = from.split('.');
  return parts.length === 3 ? parts[0] : undefined;
}

function mergeSchemas(datasets: CampaignDataset[]): Schemas {
  return Object.assign({}, ...datasets.map(dataset => dataset.schemas ?? {}));
}

/** SHA-256 of a context, hexadecimal: equal contexts have equal digests. */
export function digestOf(context: ContextContent): string {
  return createHash('sha256').update(JSON.stringify(context)).digest('hex');
}
