import { lessonDefinitions, MOST_LESSONS } from './lessons';
import { reviewDefinitions } from './review';
import { codeLanguageNames } from '../search/codeLanguages';

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
      description:
        "Unique, for URLs and branches; 'search' and 'status' are pages already",
      type: 'string',
      pattern: '^(?!(?:search|status)$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$',
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
          samples: {
            description:
              'Rows of the old and the new dataset (from, to), and of others by their names, on which SQL must give the same before and after: files of CSV, JSON lines or YAML, or in line',
            type: 'object',
            maxProperties: 50,
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
          items: { $ref: '#/$defs/codeSearchQuery' },
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
    lessons: {
      description: 'What people found out in review, for all jobs that follow',
      type: 'array',
      maxItems: MOST_LESSONS,
      items: { $ref: '#/$defs/lesson' },
    },
    transform: {
      description: 'How a change is made: one kind of step each, in order',
      type: 'array',
      minItems: 1,
      maxItems: 10,
      items: {
        type: 'object',
        additionalProperties: false,
        minProperties: 1,
        maxProperties: 1,
        properties: {
          mapping: { $ref: '#/$defs/mappingStep' },
          agent: { $ref: '#/$defs/agentStep' },
          command: { $ref: '#/$defs/commandStep' },
        },
      },
    },
    gates: { $ref: '#/$defs/gates' },
    judge: { $ref: '#/$defs/judge' },
    verification: {
      type: 'object',
      additionalProperties: false,
      properties: {
        baseline: {
          description:
            'Where checks fail before any change: leave the target alone (required, the default), blame only new failures (compare), or leave those checks out (ignore)',
          enum: ['required', 'compare', 'ignore'],
        },
        unverified: {
          description:
            'Whether an agent may work where nothing can verify its change; skip is the default',
          enum: ['skip', 'allow'],
        },
        requireBaseline: {
          description: 'Write baseline: required or ignore instead',
          type: 'boolean',
          deprecated: true,
        },
        timeoutMinutes: { type: 'number', exclusiveMinimum: 0, maximum: 240 },
        samples: {
          description: 'How SQL is run on the sample rows of the datasets',
          type: 'object',
          additionalProperties: false,
          properties: {
            time: {
              description:
                'When the rows are from, with a time zone: it stands for the current time',
              type: 'string',
              format: 'date-time',
            },
            parameters: {
              description:
                'Values of query parameters, as SQL: { run_date: "DATE \'2026-03-01\'" }',
              type: 'object',
              maxProperties: 50,
              propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]{0,99}$' },
              additionalProperties: {
                type: 'string',
                minLength: 1,
                maxLength: 500,
              },
            },
          },
        },
        remoteCi: {
          description:
            "Push each change to a scratch branch, and propose it when the repository's own CI passed",
          type: 'object',
          additionalProperties: false,
          properties: {
            checks: {
              description: 'Checks that must pass; all that appear by default',
              type: 'array',
              minItems: 1,
              maxItems: 50,
              items: { type: 'string', minLength: 1, maxLength: 255 },
            },
            timeoutMinutes: {
              type: 'number',
              exclusiveMinimum: 0,
              maximum: 1_440,
            },
          },
        },
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
        order: { enum: ['spread', 'upstreamFirst'] },
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
        amount: { $ref: '#/$defs/money' },
        currency: { type: 'string', pattern: '^[A-Z]{3}$' },
        perRun: { $ref: '#/$defs/money' },
        perJob: { $ref: '#/$defs/money' },
        tokens: {
          description: 'Input and output tokens, cached ones included',
          type: 'object',
          additionalProperties: false,
          properties: {
            amount: { $ref: '#/$defs/tokens' },
            perRun: { $ref: '#/$defs/tokens' },
            perJob: { $ref: '#/$defs/tokens' },
          },
        },
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
    ...reviewDefinitions,
    ...lessonDefinitions,
    codeSearchQuery: {
      type: 'object',
      additionalProperties: false,
      required: ['query'],
      properties: {
        query: {
          description: 'Words of one line, at least two characters',
          type: 'string',
          minLength: 2,
          maxLength: 200,
          pattern: '^[^\\r\\n\\u0000]+$',
        },
        regex: {
          description: 'Read the query as a regular expression, as RE2 does',
          type: 'boolean',
        },
        languages: {
          type: 'array',
          minItems: 1,
          maxItems: 30,
          uniqueItems: true,
          items: { enum: codeLanguageNames },
        },
        extensions: {
          type: 'array',
          minItems: 1,
          maxItems: 30,
          items: {
            description: 'An extension without its dot',
            type: 'string',
            pattern: '^[A-Za-z0-9_+-]{1,30}$',
          },
        },
        path: {
          description: 'A folder or a file of the repository, without patterns',
          type: 'string',
          minLength: 1,
          maxLength: 500,
          pattern: '^(?!.*(?:^|/)\\.{1,2}(?:/|$))[^\\u0000-\\u001f*?]+$',
        },
        repository: {
          description:
            "owner/name or host/owner/name, or a list; '*' matches within a part",
          anyOf: [
            { $ref: '#/$defs/repositoryPattern' },
            {
              type: 'array',
              minItems: 1,
              maxItems: 50,
              items: { $ref: '#/$defs/repositoryPattern' },
            },
          ],
        },
      },
    },
    mappingStep: {
      type: 'object',
      additionalProperties: false,
      properties: {
        outputs: { enum: ['preserve', 'rename'] },
        comments: { enum: ['leave', 'rename'] },
        documentation: { enum: ['leave', 'datasets', 'rename'] },
        data: { enum: ['leave', 'rename'] },
        commands: { enum: ['leave', 'rename'] },
        localNames: { enum: ['leave', 'follow'] },
        definitions: { enum: ['leave', 'rename', 'move'] },
        alignment: { enum: ['leave', 'keep'] },
        defaultProject: {
          description: 'Project of names that give none',
          type: 'string',
          pattern: '^[A-Za-z0-9_-]+$',
        },
      },
    },
    agentStep: {
      type: 'object',
      additionalProperties: false,
      properties: {
        when: { enum: ['refused', 'always'] },
        model: {
          type: 'string',
          pattern: '^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,99}$',
        },
        effort: { enum: ['low', 'medium', 'high'] },
        thinking: { type: 'boolean' },
        maxTokens: { type: 'integer', minimum: 1_000, maximum: 128_000 },
        maxTotalTokens: {
          type: 'integer',
          minimum: 1_000,
          maximum: 50_000_000,
        },
        maxTurns: { type: 'integer', minimum: 1, maximum: 500 },
        timeoutMinutes: { type: 'number', exclusiveMinimum: 0, maximum: 240 },
        bash: {
          description: 'Commands, each as its words: [make, lint]',
          type: 'array',
          maxItems: 50,
          items: { $ref: '#/$defs/words' },
        },
        skills: { $ref: '#/$defs/names' },
        mcp: { $ref: '#/$defs/names' },
      },
    },
    commandStep: {
      type: 'object',
      additionalProperties: false,
      required: ['run'],
      properties: {
        run: { $ref: '#/$defs/words' },
        when: { enum: ['refused', 'always'] },
        environment: {
          type: 'object',
          maxProperties: 50,
          propertyNames: {
            description:
              'Letters, digits and underscores; not those that Skein or the loader sets',
            pattern:
              '^(?!(?:SKEIN|ANTHROPIC|LD|DYLD|GIT|NODE)_|(?:PATH|HOME|TMPDIR|IFS)$)[A-Za-z_][A-Za-z0-9_]{0,99}$',
          },
          additionalProperties: { type: 'string', maxLength: 4_096 },
        },
        timeoutMinutes: { type: 'number', exclusiveMinimum: 0, maximum: 240 },
      },
    },
    words: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: { type: 'string', minLength: 1, maxLength: 4_096 },
    },
    datasetName: {
      type: 'string',
      pattern: '^[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+){1,2}\\*?$',
      maxLength: 300,
    },
    money: {
      description: "In the budget's currency",
      type: 'number',
      minimum: 0,
      maximum: 1_000_000,
    },
    tokens: { type: 'integer', minimum: 0, maximum: 1_000_000_000_000 },
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
