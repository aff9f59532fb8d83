import { Schemas } from '../types';
import { splitDataset } from './DatasetName';
import { sameType } from './sameType';

/** Column types of one dataset, by field path. */
export type Schema = Record<string, string>;

/** Finds the schema of a dataset by name, with or without its project. */
export function schemaOf(
  schemas: Schemas | undefined,
  dataset: string,
): Schema | undefined {
  if (!schemas) {
    return undefined;
  }
  if (Object.prototype.hasOwnProperty.call(schemas, dataset)) {
    return schemas[dataset];
  }
  const parts = splitDataset(dataset);
  const found = Object.keys(schemas).filter(name => {
    const other = splitDataset(name);
    const size = Math.min(parts.length, other.length);
    return (
      size >= 2 && parts.slice(-size).join('.') === other.slice(-size).join('.')
    );
  });
  return found.length === 1 ? schemas[found[0]] : undefined;
}

/** The type of a column or field; empty where the schema does not list fields of the record, undefined where there is none. */
export function columnType(schema: Schema, path: string[]): string | undefined {
  const key = path.join('.');
  const found = Object.keys(schema).find(name => name.toLowerCase() === key);
  if (found) {
    return schema[found];
  }
  // a schema that does not list fields says nothing of them
  const root = Object.keys(schema).find(name => name.toLowerCase() === path[0]);
  const listsFields = Object.keys(schema).some(name =>
    name.toLowerCase().startsWith(`${path[0]}.`),
  );
  return path.length > 1 && root && !listsFields ? '' : undefined;
}

/** How the type of a column changes, as `A to B`; undefined where it does not or is not known. */
export function typesDiffer(
  { oldSchema, newSchema }: { oldSchema?: Schema; newSchema?: Schema },
  from: string[],
  to: string[],
): string | undefined {
  const before = oldSchema && columnType(oldSchema, from);
  const after = newSchema && columnType(newSchema, to);
  return before && after && !sameType(before, after)
    ? `${before} to ${after}`
    : undefined;
}
