import express from 'express';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { MarquezDataset, MarquezJob } from '../marquez/MarquezClient';

const dates = {
  createdAt: '2026-01-31T12:00:00.000Z',
  updatedAt: '2026-01-31T12:00:00.000Z',
};

/** Answers of Marquez' API for some datasets and jobs; `MarquezLineageProvider.test.ts` compares them with the published description. */
export class MarquezStandIn {
  readonly requests: string[] = [];
  /** Answers that come before the right ones, by status. */
  failures: number[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(content: {
    jobs: MarquezJob[];
    datasets: MarquezDataset[];
  }): Promise<MarquezStandIn> {
    const app = express();
    const server = createServer(app);
    const standIn = new MarquezStandIn(server);
    app.use((request, response, next) => {
      standIn.requests.push(
        `${request.headers.authorization ?? ''} ${request.url}`.trim(),
      );
      const failure = standIn.failures.shift();
      if (failure) response.status(failure).json({ code: failure });
      else next();
    });
    const namespaces = [
      ...new Set(
        [...content.jobs, ...content.datasets].map(({ id }) => id.namespace),
      ),
    ].sort();
    app.get('/api/v1/namespaces', (request, response) => {
      response.json({
        namespaces: paged(
          namespaces.map(name => ({ ...dates, name, ownerName: 'anonymous' })),
          request,
        ),
      });
    });
    app.get('/api/v1/namespaces/:namespace/jobs', (request, response) => {
      const jobs = content.jobs.filter(
        ({ id }) => id.namespace === request.params.namespace,
      );
      response.json({
        jobs: paged(jobs, request).map(job => ({
          type: 'BATCH',
          inputs: [],
          outputs: [],
          facets: {},
          latestRuns: [],
          ...job.id,
          simpleName: job.id.name,
          ...dates,
          ...job,
        })),
        totalCount: jobs.length,
      });
    });
    app.get('/api/v1/namespaces/:namespace/datasets', (request, response) => {
      const datasets = content.datasets.filter(
        ({ id }) => id.namespace === request.params.namespace,
      );
      response.json({
        datasets: paged(datasets, request).map(dataset => ({
          type: 'DB_TABLE',
          ...dataset.id,
          physicalName: dataset.id.name,
          sourceName: 'default',
          fields: [],
          tags: [],
          facets: {},
          deleted: false,
          ...dates,
          ...dataset,
        })),
        totalCount: datasets.length,
      });
    });
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    return standIn;
  }

  get baseUrl(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

function paged<T>(items: T[], { query }: express.Request): T[] {
  const { limit = '100', offset = '0' } = query as Record<string, string>;
  return items.slice(Number(offset), Number(offset) + Number(limit));
}
