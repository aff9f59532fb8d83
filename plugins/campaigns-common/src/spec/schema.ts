/**
 * JSON schema (draft 2020-12 vocabulary that draft 7 readers understand too) of
 * a campaign file. Point an editor at it for completion.
 *
 * @public
 */
export const campaignFileSchema = {
  $id: 'skein/v1/campaign',
  title: 'Skein campaign',
  type: 'object',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'name', 'title', 'owner', 'datasets'],
  properties: {
    apiVersion: { const: 'skein/v1' },
    kind: { const: 'Campaign' },
    name: {
      description: 'Unique, for URLs and branches',
      type: 'string',
      pattern: '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$',
    },
    title: { type: 'string', minLength: 1, maxLength: 255 },
    description: { type: 'string', maxLength: 10_000 },
    owner: {
      description: 'Entity ref of the group or user that runs the campaign',
      type: 'string',
      pattern: '^(?:[A-Za-z]+:)?(?:[A-Za-z0-9_.-]+/)?[A-Za-z0-9_.-]+$',
      maxLength: 255,
    },
    deadline: { description: 'ISO date', type: 'string', format: 'date' },
    guide: {
      description:
        'Address of the migration guide for people, or a Markdown file beside this one',
      type: 'string',
      minLength: 1,
      maxLength: 2048,
    },
    datasets: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'to', 'mapping'],
        properties: {
          from: { $ref: '#/$defs/datasetName' },
          to: { $ref: '#/$defs/datasetName' },
          mapping: {
            description:
              'A mapping table, or the path of a YAML or CSV file that holds it',
            type: ['string', 'object'],
          },
          schemas: {
            description:
              'Columns of the old and the new dataset: files, or in line',
            type: 'object',
            maxProperties: 20,
          },
        },
      },
    },
    scope: {
      type: 'object',
      additionalProperties: false,
      properties: {
        lineage: {
          type: 'object',
          additionalProperties: false,
          properties: {
            direction: { const: 'downstream' },
            depth: { type: 'integer', minimum: 1, maximum: 20 },
          },
        },
        codeSearch: {
          type: 'array',
          maxItems: 50,
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['query'],
            properties: {
              query: { type: 'string', minLength: 2, maxLength: 200 },
              regex: { type: 'boolean' },
              extensions: {
                type: 'array',
                maxItems: 30,
                items: { type: 'string', pattern: '^[A-Za-z0-9_+-]+$' },
              },
              path: { type: 'string', maxLength: 500 },
              repository: { $ref: '#/$defs/repositoryPattern' },
            },
          },
        },
        frameworks: {
          type: 'object',
          additionalProperties: false,
          properties: {
            include: { $ref: '#/$defs/names' },
            exclude: { $ref: '#/$defs/names' },
          },
        },
        repositories: {
          type: 'object',
          additionalProperties: false,
          properties: {
            include: {
              type: 'array',
              items: { $ref: '#/$defs/repositoryPattern' },
            },
            exclude: {
              type: 'array',
              items: { $ref: '#/$defs/repositoryPattern' },
            },
          },
        },
      },
    },
    prompt: { type: 'string', maxLength: 100_000 },
    transform: {
      type: 'array',
      minItems: 1,
      maxItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['mapping'],
        properties: {
          mapping: {
            type: 'object',
            additionalProperties: false,
            properties: {
              outputs: { enum: ['preserve', 'rename'] },
              comments: { enum: ['leave', 'rename'] },
              defaultProject: {
                description: 'Project of names that give none',
                type: 'string',
                pattern: '^[A-Za-z0-9_-]+$',
              },
            },
          },
        },
      },
    },
    verification: {
      type: 'object',
      additionalProperties: false,
      properties: {
        requireBaseline: { type: 'boolean' },
        timeoutMinutes: { type: 'number', exclusiveMinimum: 0, maximum: 240 },
      },
    },
    rollout: {
      type: 'object',
      additionalProperties: false,
      properties: {
        waves: {
          type: 'array',
          minItems: 1,
          maxItems: 50,
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['name'],
            properties: {
              name: { type: 'string', minLength: 1, maxLength: 64 },
              size: { type: 'integer', minimum: 1 },
              share: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
            },
            oneOf: [{ required: ['size'] }, { required: ['share'] }],
          },
        },
        concurrency: { type: 'integer', minimum: 1, maximum: 1000 },
        openPullRequests: { type: 'integer', minimum: 1, maximum: 10_000 },
        failureThreshold: { type: 'number', minimum: 0, maximum: 1 },
        approval: { enum: ['automatic', 'required'] },
        separateApprover: { type: 'boolean' },
      },
    },
    budget: {
      type: 'object',
      additionalProperties: false,
      required: ['amount', 'currency'],
      properties: {
        amount: { type: 'number', minimum: 0 },
        currency: { type: 'string', pattern: '^[A-Z]{3}$' },
      },
    },
    pullRequest: {
      type: 'object',
      additionalProperties: false,
      properties: {
        title: { type: 'string', minLength: 1, maxLength: 200 },
        intro: { type: 'string', maxLength: 10_000 },
        labels: {
          type: 'array',
          maxItems: 20,
          items: { type: 'string', minLength: 1, maxLength: 50 },
        },
        draft: { type: 'boolean' },
        branchPrefix: {
          type: 'string',
          pattern: '^[A-Za-z0-9][A-Za-z0-9/_-]{0,50}$',
        },
      },
    },
  },
  $defs: {
    datasetName: {
      type: 'string',
      pattern: '^[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+){1,2}\\*?$',
      maxLength: 300,
    },
    names: {
      type: 'array',
      maxItems: 100,
      items: { type: 'string', minLength: 1, maxLength: 64 },
    },
    repositoryPattern: {
      type: 'string',
      pattern: '^(?:[A-Za-z0-9.:*-]+/)?[A-Za-z0-9_.*-]+/[A-Za-z0-9_.*-]+$',
      maxLength: 300,
    },
  },
} as const;
