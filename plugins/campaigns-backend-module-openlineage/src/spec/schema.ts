/** A JSON schema. */
export type Schema = Record<string, unknown>;

export const text: Schema = { type: 'string' };
export const uri: Schema = { type: 'string', format: 'uri' };
export const uuid: Schema = { type: 'string', format: 'uuid' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const integer: Schema = { type: 'integer' };
export const number: Schema = { type: 'number' };
export const boolean: Schema = { type: 'boolean' };
export const anyObject: Schema = { type: 'object' };

/** An object; fields that are not named may be anything. */
export function fields(
  required: Record<string, Schema>,
  optional: Record<string, Schema> = {},
): Schema {
  return {
    type: 'object',
    required: Object.keys(required),
    properties: { ...required, ...optional },
  };
}

export function listOf(items: Schema): Schema {
  return { type: 'array', items };
}

/** An object whose values are alike. */
export function mapOf(values: Schema): Schema {
  return { type: 'object', additionalProperties: values };
}

export function oneOfWords(...words: string[]): Schema {
  return { type: 'string', enum: words };
}

/** What every facet has. */
export const baseFacet = fields({ _producer: uri, _schemaURL: uri });

/** A facet of a run, of an input or of an output. */
export function facet(
  required: Record<string, Schema>,
  optional: Record<string, Schema> = {},
): Schema {
  return fields({ ...required, _producer: uri, _schemaURL: uri }, optional);
}

/** A facet of a job or of a dataset; one that is deleted has no content. */
export function deletableFacet(
  required: Record<string, Schema>,
  optional: Record<string, Schema> = {},
): Schema {
  return {
    type: 'object',
    properties: { _deleted: boolean },
    if: { properties: { _deleted: { const: true } }, required: ['_deleted'] },
    then: baseFacet,
    else: facet(required, optional),
  };
}

/** Facets by their keys; of those that the specification does not know, what all have is asked. */
export function facetsOf(
  known: Record<string, Schema>,
  others: Schema = baseFacet,
): Schema {
  return { type: 'object', properties: known, additionalProperties: others };
}
