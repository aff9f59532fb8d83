import { columnLineage, datasetLineage } from './lineageFacets';
import {
  anyObject,
  boolean,
  deletableFacet,
  facet,
  fields,
  integer,
  listOf,
  mapOf,
  number,
  oneOfWords,
  Schema,
  text,
  time,
  uri,
} from './schema';

/** Fields of a schema may have fields: structs. */
export const SCHEMA_FIELD_ID = 'schemaField';
export const schemaField: Schema = {
  $id: SCHEMA_FIELD_ID,
  ...fields(
    { name: text },
    {
      type: text,
      description: text,
      ordinal_position: integer,
      fields: listOf({ $ref: SCHEMA_FIELD_ID }),
    },
  ),
};

const metrics = {
  rowCount: integer,
  bytes: integer,
  fileCount: integer,
  lastUpdated: time,
};

const columnMetrics = mapOf(
  fields(
    {},
    {
      nullCount: integer,
      distinctCount: integer,
      sum: number,
      count: number,
      min: number,
      max: number,
      quantiles: mapOf(number),
    },
  ),
);

/** Facets of a dataset, by key. */
export const datasetFacets: Record<string, Schema> = {
  catalog: deletableFacet(
    { framework: text, type: text, name: text },
    {
      metadataUri: text,
      warehouseUri: text,
      source: text,
      catalogProperties: mapOf(text),
    },
  ),
  columnLineage,
  dataQualityMetrics: deletableFacet({ columnMetrics }, metrics),
  dataSource: deletableFacet({}, { name: text, uri }),
  datasetType: deletableFacet({ datasetType: text }, { subType: text }),
  documentation: deletableFacet({ description: text }, { contentType: text }),
  hierarchy: deletableFacet({
    hierarchy: listOf(fields({ type: text, name: text })),
  }),
  lifecycleStateChange: deletableFacet(
    {
      lifecycleStateChange: oneOfWords(
        'ALTER',
        'CREATE',
        'DROP',
        'OVERWRITE',
        'RENAME',
        'TRUNCATE',
      ),
    },
    { previousIdentifier: fields({ name: text, namespace: text }) },
  ),
  lineage: datasetLineage,
  ownership: deletableFacet(
    {},
    { owners: listOf(fields({ name: text }, { type: text })) },
  ),
  schema: deletableFacet({}, { fields: listOf({ $ref: SCHEMA_FIELD_ID }) }),
  storage: deletableFacet({ storageLayer: text }, { fileFormat: text }),
  symlinks: deletableFacet(
    {},
    {
      identifiers: listOf(fields({ namespace: text, name: text, type: text })),
    },
  ),
  tags: deletableFacet(
    {},
    {
      tags: listOf(
        fields({ key: text, value: text }, { source: text, field: text }),
      ),
    },
  ),
  version: deletableFacet({ datasetVersion: text }),
};

/** A part of a dataset: conditions may hold conditions. */
export const CONDITION_ID = 'subsetCondition';
export const subsetCondition: Schema = {
  $id: CONDITION_ID,
  type: 'object',
  oneOf: [
    fields({ type: { const: 'location' }, locations: listOf(text) }),
    fields({
      type: { const: 'partition' },
      partitions: listOf(
        fields({ dimensions: anyObject }, { identifier: text }),
      ),
    }),
    fields({
      type: { const: 'binary' },
      left: { $ref: CONDITION_ID },
      right: { $ref: CONDITION_ID },
      operator: text,
    }),
    fields({
      type: { const: 'compare' },
      left: compared(),
      right: compared(),
      comparison: text,
    }),
  ],
};

function compared(): Schema {
  return {
    oneOf: [
      fields({ type: { const: 'field' }, field: text }),
      fields({ type: { const: 'literal' }, value: text }),
    ],
  };
}

/** The specification does not tell apart where it stands. */
const subset: Schema = {
  oneOf: [
    facet({ inputCondition: { $ref: CONDITION_ID } }),
    facet({ outputCondition: { $ref: CONDITION_ID } }),
  ],
};

const statistics = { rowCount: integer, size: integer, fileCount: integer };

/** Facets of a dataset as an input, by key. */
export const inputFacets: Record<string, Schema> = {
  dataQualityAssertions: facet({
    assertions: listOf(
      fields(
        { assertion: text, success: boolean },
        {
          column: text,
          severity: text,
          name: text,
          description: text,
          expected: text,
          actual: text,
          content: text,
          contentType: text,
          params: anyObject,
        },
      ),
    ),
  }),
  dataQualityMetrics: facet({ columnMetrics }, metrics),
  inputStatistics: facet({}, statistics),
  subset,
};

/** Facets of a dataset as an output, by key. */
export const outputFacets: Record<string, Schema> = {
  outputStatistics: facet({}, statistics),
  subset,
};
