import {
  campaignFileSchema,
  CampaignSpec,
  SpecProblem,
} from '@skein/plugin-campaigns-common';
import Ajv, { ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { checkPattern } from '../../search/checkPattern';
import { LocatedDocument } from './LocatedDocument';
import { WrittenVerification } from './readVerification';

/** A campaign file that fits the schema, before its files are read in and its defaults filled. */
export type WrittenCampaign = Pick<
  CampaignSpec,
  | 'apiVersion'
  | 'kind'
  | 'name'
  | 'title'
  | 'owner'
  | 'description'
  | 'deadline'
  | 'guide'
  | 'prompt'
  | 'lessons'
  | 'budget'
> & {
  datasets: Array<{
    from: string;
    to: string;
    mapping: string | Record<string, unknown>;
    schemas?: Record<string, unknown>;
    samples?: Record<string, unknown>;
  }>;
  scope?: Partial<CampaignSpec['scope']>;
  transform?: CampaignSpec['transform'];
  verification?: WrittenVerification;
  gates?: Partial<Omit<CampaignSpec['gates'], 'policy'>> & {
    policy?: Partial<CampaignSpec['gates']['policy']>;
  };
  judge?: Partial<CampaignSpec['judge']>;
  rollout?: Partial<CampaignSpec['rollout']>;
  pullRequest?: Partial<CampaignSpec['pullRequest']>;
};

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  allowUnionTypes: true,
  strictRequired: false,
});
addFormats(ajv);
const validate = ajv.compile<WrittenCampaign>(campaignFileSchema);

/** Each error is compared with the others, and each problem is looked up in the text. */
const MAX_ERRORS = 1000;
/** More of them help nobody. */
const MAX_PROBLEMS = 100;

/** Checks a campaign file against its schema and the rules that a schema cannot tell. */
export function validateCampaignFile(document: LocatedDocument): {
  written?: WrittenCampaign;
  problems: SpecProblem[];
} {
  const { value } = document;
  if (!validate(value)) {
    return {
      problems: (validate.errors ?? [])
        .slice(0, MAX_ERRORS)
        .filter((problem, _index, all) => !saysNothingNew(problem, all))
        .slice(0, MAX_PROBLEMS)
        .map(problem => toProblem(problem, document)),
    };
  }
  const problems = [
    ...duplicates(
      value.datasets.map(dataset => dataset.from.toLowerCase()),
      index => `/datasets/${index}/from`,
      'Dataset',
      document,
    ),
    ...duplicates(
      (value.rollout?.waves ?? []).map(wave => wave.name),
      index => `/rollout/waves/${index}/name`,
      'Wave',
      document,
    ),
    ...sharesThatFall(value, document),
    ...patternsThatFail(value, document),
    ...remoteCiForAnyFile(value, document),
  ];
  return { written: problems.length === 0 ? value : undefined, problems };
}

/** The alternatives of a failed choice say the same again, and that the value is not the other one. */
function saysNothingNew(problem: ErrorObject, all: ErrorObject[]): boolean {
  if (problem.keyword === 'oneOf' || problem.keyword === 'anyOf') return true;
  return (
    problem.keyword === 'type' &&
    /\/(oneOf|anyOf)\//.test(problem.schemaPath) &&
    all.some(
      other =>
        other.keyword !== 'type' &&
        other.keyword !== 'anyOf' &&
        other.keyword !== 'oneOf' &&
        other.instancePath.startsWith(problem.instancePath),
    )
  );
}

function toProblem(
  problem: ErrorObject,
  document: LocatedDocument,
): SpecProblem {
  const { instancePath, keyword, params } = problem;
  const name = instancePath.split('/').slice(1).join('.') || 'the campaign';
  const path =
    keyword === 'additionalProperties'
      ? `${instancePath}/${params.additionalProperty}`
      : instancePath;
  return {
    severity: 'error',
    message: messageOf(problem, name),
    path,
    ...document.locate(path),
  };
}

function messageOf(problem: ErrorObject, name: string): string {
  const { keyword, params, parentSchema } = problem;
  const hint = parentSchema?.description
    ? ` (${parentSchema.description})`
    : '';
  switch (keyword) {
    case 'required':
      return `${name} has no '${params.missingProperty}'`;
    case 'additionalProperties':
      return `${name} has an unknown field '${params.additionalProperty}'`;
    case 'enum':
      return `${name} must be one of: ${params.allowedValues.join(', ')}`;
    case 'const':
      return `${name} must be '${params.allowedValue}'`;
    case 'pattern':
      return `${name} has a form that is not allowed${hint}: ${JSON.stringify(
        problem.data,
      )} does not match ${params.pattern}`;
    default:
      return `${name} ${problem.message}${hint}`;
  }
}

function duplicates(
  names: string[],
  pointer: (index: number) => string,
  what: string,
  document: LocatedDocument,
): SpecProblem[] {
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      {
        severity: 'error' as const,
        message: `${what} '${name}' is named twice`,
        path: pointer(index),
        ...document.locate(pointer(index)),
      },
    ];
  });
}

/** Shares are of all targets together, so each must be larger than the one before. */
function sharesThatFall(
  value: WrittenCampaign,
  document: LocatedDocument,
): SpecProblem[] {
  let reached = 0;
  return (value.rollout?.waves ?? []).flatMap((wave, index) => {
    if (wave.share === undefined) return [];
    const before = reached;
    reached = Math.max(reached, wave.share);
    if (wave.share > before) return [];
    const path = `/rollout/waves/${index}/share`;
    return [
      {
        severity: 'error' as const,
        message: `Wave '${wave.name}' reaches a share of ${wave.share} of all targets, but the waves before it reach ${before} already`,
        path,
        ...document.locate(path),
      },
    ];
  });
}

/** What is pushed for CI runs there before a person has read it: which files that may be is said beforehand. */
function remoteCiForAnyFile(
  value: WrittenCampaign,
  document: LocatedDocument,
): SpecProblem[] {
  if (!value.verification?.remoteCi || value.gates?.allowedFiles) return [];
  const path = '/verification/remoteCi';
  return [
    {
      severity: 'error',
      message:
        "remoteCi pushes each change before a person reads it, so the campaign says which files it may change: add gates.allowedFiles, for example ['**/*.sql', '**/models/**/*.yml']",
      path,
      ...document.locate(path),
    },
  ];
}

function patternsThatFail(
  value: WrittenCampaign,
  document: LocatedDocument,
): SpecProblem[] {
  return (value.scope?.codeSearch ?? []).flatMap((query, index) => {
    const message = checkPattern(query);
    const path = `/scope/codeSearch/${index}/query`;
    return message
      ? [
          {
            severity: 'error' as const,
            message,
            path,
            ...document.locate(path),
          },
        ]
      : [];
  });
}
