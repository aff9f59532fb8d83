import { targetStates } from '@skein/plugin-campaigns-common';
import {
  boolean,
  component,
  counts,
  integer,
  list,
  object,
  repository,
  string,
  time,
} from './words';

/** Schemas of lineage. */
export const lineageSchemas = {
  LineageNode: object(
    {
      id: string,
      kind: { enum: ['dataset', 'job'] },
      name: string,
      title: string,
      depth: integer,
    },
    {
      entityRef: string,
      ownerRef: string,
      framework: string,
      repository,
      path: string,
      level: integer,
      columnsRead: object({
        dataset: string,
        total: integer,
        items: list(object({ column: string, uses: list(string) })),
      }),
      migration: object({
        campaignName: string,
        targetId: string,
        state: { enum: targetStates },
      }),
    },
  ),
  LineageGraph: object(
    {
      nodes: list(component('LineageNode')),
      edges: list(
        object(
          {
            from: string,
            to: string,
            providers: list(string),
            lastSeenAt: time,
          },
          { stale: boolean },
        ),
      ),
      truncated: boolean,
      summary: object({
        direct: integer,
        indirect: integer,
        owners: integer,
        deepest: integer,
        byFramework: counts,
        byOwner: counts,
        byDepth: counts,
      }),
    },
    { root: component('LineageNode') },
  ),
  LineageDatasetPage: object(
    { items: list(component('LineageDataset')) },
    { after: string },
  ),
  LineageDataset: object(
    {
      name: string,
      title: string,
      readBy: component('LineageDatasetJobs'),
      writtenBy: component('LineageDatasetJobs'),
    },
    { entityRef: string, ownerRef: string },
  ),
  LineageDatasetJobs: object({
    total: integer,
    jobs: list(
      object(
        { name: string, title: string },
        {
          entityRef: string,
          ownerRef: string,
          repository,
          path: string,
        },
      ),
    ),
  }),
  LineageColumnGraph: object(
    {
      columns: list(
        object(
          { id: string, nodeId: string, depth: integer },
          { column: string },
        ),
      ),
      edges: list(
        object(
          {
            from: string,
            jobId: string,
            uses: list(string),
            providers: list(string),
            lastSeenAt: time,
          },
          { to: string, stale: boolean },
        ),
      ),
      nodes: list(component('LineageNode')),
      truncated: boolean,
    },
    { root: string },
  ),
  LineageProviderStatus: object(
    {
      id: string,
      title: string,
      state: { enum: ['never', 'running', 'ok', 'failed'] },
      nodes: integer,
      edges: integer,
    },
    {
      lastStartedAt: time,
      lastSucceededAt: time,
      lastError: string,
      intervalSeconds: integer,
      nextReadAt: time,
      events: object(
        {
          received: integer,
          rejected: integer,
          staleEdges: integer,
          staleAfterSeconds: integer,
          expireAfterSeconds: integer,
        },
        { lastReceivedAt: time, lastRejectedAt: time, lastRejection: string },
      ),
      progress: string,
      uninstalledSince: time,
      removedAt: time,
    },
  ),
};
