import Ajv, { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Schema = Record<string, any>;

// The description of the version of GitHub Enterprise that the forge says it is.
const description: Schema = require('@octokit/openapi/generated/ghes-3.19.json');

// The list inlines an installation whose account is a user and an enterprise at
// once; the component of that name, which the other routes use, says "or".
description.paths['/app/installations'].get.responses[200].content[
  'application/json'
].schema.items = { $ref: '#/components/schemas/installation' };

const annotations = [
  'example',
  'examples',
  'discriminator',
  'xml',
  'externalDocs',
];

/** OpenAPI 3.0 as JSON schema: `nullable` is the one word that means something else. */
function toJsonSchema(schema: any): any {
  if (Array.isArray(schema)) {
    return schema.map(toJsonSchema);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  const { nullable, ...rest } = schema;
  const result: Schema = {};
  for (const [key, value] of Object.entries(rest)) {
    if (
      !annotations.includes(key) ||
      (key === 'example' && typeof value === 'object')
    ) {
      result[key] = toJsonSchema(value);
    }
  }
  return nullable === true ? { anyOf: [result, { type: 'null' }] } : result;
}

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
addFormats(ajv);
// GitHub's examples of these formats are looser than the standard's.
ajv.addFormat('repo.nwo', true);
ajv.addFormat('timestamp', true);
ajv.addSchema(
  { $id: 'github', components: toJsonSchema(description.components) },
  'github',
);

const compiled = new Map<string, ValidateFunction | undefined>();

function resolve(node: Schema): Schema {
  return typeof node.$ref === 'string'
    ? node.$ref
        .slice(2)
        .split('/')
        .reduce((at, part) => at[part], description)
    : node;
}

function withRefs(schema: any): any {
  return JSON.parse(
    JSON.stringify(toJsonSchema(schema)).replaceAll(
      '"#/components/',
      '"github#/components/',
    ),
  );
}

/**
 * What GitHub's description says against an answer; empty when it agrees.
 *
 * @param route - `METHOD /path/{with}/{names}` as the description has it
 */
export function problemsWith(
  route: string,
  status: number,
  body: unknown,
): string[] {
  const key = `${route} ${status}`;
  if (!compiled.has(key)) {
    const space = route.indexOf(' ');
    const operation =
      description.paths[route.slice(space + 1)]?.[
        route.slice(0, space).toLowerCase()
      ];
    if (!operation) {
      return [`GitHub has no ${route}`];
    }
    if (!operation.responses[status]) {
      return [
        `${route} does not answer ${status}, but ${Object.keys(
          operation.responses,
        )}`,
      ];
    }
    const content = resolve(operation.responses[status]).content ?? {};
    const schema = content['application/json']?.schema;
    compiled.set(key, schema && ajv.compile(withRefs(schema)));
  }
  const validate = compiled.get(key);
  if (!validate || validate(body)) {
    return [];
  }
  return (validate.errors ?? [])
    .slice(0, 12)
    .map(
      error =>
        `${error.instancePath} ${error.message} ${JSON.stringify(
          error.params,
        )}`,
    );
}
