import { MappingTable, RewriteOptions } from '@skein/mapping-rewriter';
import { SchemaSource } from './SchemaSource';

/**
 * A context with what schema providers know now of datasets that the campaign
 * brings no schema of: job, review and preview go by the same columns.
 */
export async function withSchemas<
  T extends { mappings: MappingTable[]; options: RewriteOptions },
>(context: T, source: SchemaSource): Promise<T> {
  const { mappings, options } = context;
  const { schemas } = await source.resolve({
    datasets: mappings.flatMap(({ from, to }) => [from, to]),
    own: options.schemas ?? {},
  });
  return {
    ...context,
    options: { ...options, schemas: { ...options.schemas, ...schemas } },
  };
}
