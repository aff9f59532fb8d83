import {
  campaignFileSchema,
  campaignStates,
} from '@skein/plugin-campaigns-common';
import {
  anything,
  boolean,
  component,
  counts,
  integer,
  list,
  object,
  string,
  time,
} from './words';

const schemaOrigin = object(
  {
    dataset: string,
    state: { enum: ['known', 'missing', 'waiting', 'failed', 'unknown'] },
  },
  { source: string, columns: integer, readAt: time, message: string },
);

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

/** Schemas of campaigns, their files and their history. */
export const campaignSchemas = {
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
      component('CampaignFiles'),
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
      problems: list(component('SpecProblem')),
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
  Activity: object(
    { id: string, at: time, actor: string, action: string, message: string },
    { targetId: string },
  ),
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
};
