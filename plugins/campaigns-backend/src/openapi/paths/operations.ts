import { pageOf, ref } from '../schemas';

type Parameter = {
  in: 'path' | 'query';
  name: string;
  required?: boolean;
  description?: string;
  schema: object;
};

export function operation(options: {
  id: string;
  summary: string;
  parameters?: Parameter[];
  body?: object;
  /** Schema of the answer; without one the answer is 204. */
  answer?: object;
  status?: number;
}) {
  const { id, summary, parameters, body, answer, status = 200 } = options;
  return {
    operationId: id,
    summary,
    ...(parameters && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body } },
      },
    }),
    responses: {
      ...(answer
        ? {
            [status]: {
              description: 'Done',
              content: { 'application/json': { schema: answer } },
            },
          }
        : { 204: { description: 'Done' } }),
      default: {
        description: 'An error, as all of Backstage answers it',
        content: {
          'application/json': {
            schema: { type: 'object', additionalProperties: true },
          },
        },
      },
    },
  };
}

export function inPath(
  name: string,
  description: string,
  schema: object = { type: 'string', format: 'uuid' },
): Parameter {
  return { in: 'path', name, required: true, description, schema };
}

export function inQuery(name: string, schema: object): Parameter {
  return { in: 'query', name, schema };
}

export function manyOf(name: string, values?: readonly string[]): Parameter {
  return inQuery(name, {
    type: 'array',
    maxItems: 200,
    items: values ? { enum: values } : { type: 'string', maxLength: 255 },
  });
}

export const campaign = inPath('campaign', 'Name or id of the campaign', {
  type: 'string',
  minLength: 1,
  maxLength: 63,
});
export const target = inPath('target', 'Id of the target');
export const text = { type: 'string', maxLength: 255 };
/** Larger numbers than a database counts. */
export const number = {
  type: 'integer',
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
};
export const page = [
  inQuery('offset', number),
  inQuery('limit', { type: 'integer', minimum: 1, maximum: 200 }),
];
export const reason = { type: 'string', minLength: 1, maxLength: 1_000 };
export const empty = { type: 'object', additionalProperties: false };

export function campaignAction(
  id: string,
  summary: string,
  body: object = empty,
) {
  return {
    post: operation({
      id,
      summary,
      parameters: [campaign],
      body,
      answer: ref('Campaign'),
    }),
  };
}

export function targetsAction(
  id: string,
  summary: string,
  body: object = ref('TargetSelection'),
) {
  return {
    post: operation({
      id,
      summary,
      parameters: [campaign],
      body,
      answer: ref('BulkResult'),
    }),
  };
}

export function campaignList(id: string, summary: string, item: object) {
  return {
    get: operation({
      id,
      summary,
      parameters: [campaign, ...page],
      answer: pageOf(item),
    }),
  };
}
