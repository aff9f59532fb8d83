import { jobLineage } from './lineageFacets';
import { deletableFacet, fields, listOf, Schema, text, uri } from './schema';

/** Facets of a job, by key. */
export const jobFacets: Record<string, Schema> = {
  documentation: deletableFacet({ description: text }, { contentType: text }),
  jobType: deletableFacet(
    { processingType: text, integration: text },
    {
      jobType: text,
      emissionPattern: fields(
        { eventTrigger: text, eventContentMode: text },
        { windowDuration: { type: 'integer', minimum: 1 } },
      ),
    },
  ),
  lineage: jobLineage,
  ownership: deletableFacet(
    {},
    { owners: listOf(fields({ name: text }, { type: text })) },
  ),
  sourceCode: deletableFacet({ language: text, sourceCode: text }),
  sourceCodeLocation: deletableFacet(
    { type: text, url: uri },
    {
      repoUrl: text,
      path: text,
      version: text,
      tag: text,
      branch: text,
      pullRequestNumber: text,
    },
  ),
  sql: deletableFacet({ query: text }, { dialect: text }),
  tags: deletableFacet(
    {},
    { tags: listOf(fields({ key: text, value: text }, { source: text })) },
  ),
};
