import { itemsOf, ref } from '../schemas';
import { empty, inQuery, operation, text } from './operations';

/** Routes of lineage. */
export const lineagePaths = {
  '/lineage': {
    get: operation({
      id: 'getLineage',
      summary: 'What reads a dataset, or what it is made from',
      parameters: [
        {
          ...inQuery('dataset', { ...text, minLength: 1 }),
          required: true,
          description: 'Dotted name, or entity ref',
        },
        inQuery('direction', { enum: ['downstream', 'upstream', 'both'] }),
        inQuery('depth', { type: 'integer', minimum: 1, maximum: 20 }),
        inQuery('limit', { type: 'integer', minimum: 1, maximum: 10_000 }),
      ],
      answer: ref('LineageGraph'),
    }),
  },
  '/lineage/datasets': {
    get: operation({
      id: 'listLineageDatasets',
      summary: 'All datasets that lineage knows, by name',
      parameters: [
        inQuery('after', { type: 'string', maxLength: 1_000 }),
        inQuery('limit', { type: 'integer', minimum: 1, maximum: 1_000 }),
      ],
      answer: ref('LineageDatasetPage'),
    }),
  },
  '/lineage/columns': {
    get: operation({
      id: 'getColumnLineage',
      summary: 'What becomes of a column of a dataset',
      parameters: [
        {
          ...inQuery('dataset', { ...text, minLength: 1 }),
          required: true,
          description: 'Dotted name, or entity ref',
        },
        {
          ...inQuery('column', { ...text, minLength: 1 }),
          required: true,
        },
        inQuery('depth', { type: 'integer', minimum: 1, maximum: 20 }),
        inQuery('limit', { type: 'integer', minimum: 1, maximum: 5_000 }),
      ],
      answer: ref('LineageColumnGraph'),
    }),
  },
  '/lineage/providers': {
    get: operation({
      id: 'listLineageProviders',
      summary: 'Sources of lineage and how fresh they are',
      answer: itemsOf(ref('LineageProviderStatus')),
    }),
  },
  '/lineage/refresh': {
    post: operation({
      id: 'refreshLineage',
      summary: 'Read all sources of lineage now',
      body: empty,
    }),
  },
};
