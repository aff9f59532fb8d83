import { Schemas } from '@skein/mapping-rewriter';
import { MergedSchemas, mergeSchemas } from './mergeSchemas';

/** Whose columns are asked for. */
export interface SchemaQuestion {
  /** Dotted names; one may come twice. */
  datasets: string[];
  /** What the campaign's own files say. */
  own: Schemas;
}

/** Knows the columns of datasets. */
export interface SchemaSource {
  /** What is known now; asks no provider. */
  resolve(question: SchemaQuestion): Promise<MergedSchemas>;
}

/** Where no provider is installed: what the campaign itself brings. */
export const ownSchemas: SchemaSource = {
  resolve: async ({ datasets, own }) => mergeSchemas(datasets, own, [], []),
};
