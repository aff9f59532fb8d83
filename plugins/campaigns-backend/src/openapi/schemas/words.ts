/** The words that schemas of the API are written in. */
export const string = { type: 'string' } as const;
export const integer = { type: 'integer' } as const;
export const boolean = { type: 'boolean' } as const;
export const time = { type: 'string', format: 'date-time' } as const;
export const amount = { type: 'number', minimum: 0 } as const;
export const anything = { type: 'object', additionalProperties: true } as const;

/** An object with these properties and no others. */
export function object(
  required: Record<string, object>,
  optional: Record<string, object> = {},
) {
  return {
    type: 'object',
    required: Object.keys(required),
    properties: { ...required, ...optional },
    additionalProperties: false,
  };
}

/** A bounded list of values to filter by. */
export function values(items: object = { type: 'string', maxLength: 255 }) {
  return { type: 'array', maxItems: 200, items };
}

export function list(items: object) {
  return { type: 'array', items };
}

/** The schema of a page of a list. */
export function pageOf(items: object) {
  return object({ items: list(items), totalItems: integer });
}

/** The schema of a list that is given whole. */
export function itemsOf(items: object) {
  return object({ items: list(items) });
}

/** A reference to another schema of the document, which may be in another file. */
export function component(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

export const repository = object({ host: string, owner: string, name: string });

export const counts = {
  type: 'object',
  additionalProperties: integer,
  description: 'Number of targets by state',
};
