import { Config } from '@backstage/config';
import {
  LineageFact,
  LineageProvider,
  LineageReadContext,
} from '@skein/plugin-campaigns-node';
import { Naming } from '../events/Naming';
import { toLineageEvent } from '../events/toLineageEvent';
import { wildcard } from '../events/wildcard';
import { EventValidator } from '../spec/EventValidator';
import { MarquezClient, MarquezDataset, MarquezJob } from './MarquezClient';
import { toDatasetEvent, toJobEvent } from './toEvents';

/** The lineage that a Marquez server has collected. */
export class MarquezLineageProvider implements LineageProvider {
  readonly id = 'marquez';
  readonly title = 'Marquez';
  readonly intervalSeconds?: number;
  readonly #client: MarquezClient;
  readonly #naming: Naming;
  readonly #wanted: Array<(namespace: string) => boolean>;
  readonly #validator = EventValidator.create();

  private constructor(options: {
    client: MarquezClient;
    naming: Naming;
    namespaces: string[];
    intervalSeconds?: number;
  }) {
    this.#client = options.client;
    this.#naming = options.naming;
    this.#wanted = options.namespaces.map(wildcard);
    this.intervalSeconds = options.intervalSeconds;
  }

  /** Undefined where no server is configured. */
  static fromConfig(
    config: Config,
    options: { naming: Naming },
  ): MarquezLineageProvider | undefined {
    const section = config.getOptionalConfig('campaigns.openlineage.marquez');
    if (!section) return undefined;
    return new MarquezLineageProvider({
      ...options,
      client: new MarquezClient({
        baseUrl: section.getString('baseUrl'),
        headers: section.getOptional<Record<string, string>>('headers'),
      }),
      namespaces: section.getOptionalStringArray('namespaces') ?? ['*'],
      intervalSeconds: section.getOptionalNumber('intervalSeconds'),
    });
  }

  async *read(context: LineageReadContext): AsyncIterable<LineageFact> {
    const namespaces: string[] = [];
    for await (const each of this.#client.namespaces(context.signal)) {
      if (this.#wanted.some(matches => matches(each))) namespaces.push(each);
    }
    // Jobs first: they say who makes the columns that datasets tell of.
    const jobs: MarquezJob[] = [];
    const datasets: MarquezDataset[] = [];
    for (const [at, namespace] of namespaces.entries()) {
      context.onProgress?.(
        `Read ${at} of ${namespaces.length} namespaces of Marquez`,
      );
      for await (const job of this.#client.jobs(namespace, context.signal)) {
        jobs.push(job);
      }
      for await (const dataset of this.#client.datasets(
        namespace,
        context.signal,
      )) {
        if (!dataset.deleted) datasets.push(dataset);
      }
    }
    yield* this.#facts(jobs, datasets, context);
  }

  *#facts(
    jobs: MarquezJob[],
    datasets: MarquezDataset[],
    context: LineageReadContext,
  ): Iterable<LineageFact> {
    const known = new Map(datasets.map(each => [keyOf(each.id), each]));
    const made = new Set<string>();
    for (const job of jobs) {
      for (const output of job.outputs ?? []) made.add(keyOf(output));
      yield* this.#factsOf(
        toJobEvent(job, id => known.get(keyOf(id))),
        `Job ${job.id.name}`,
        context,
      );
    }
    for (const dataset of datasets) {
      yield* this.#factsOf(
        toDatasetEvent(dataset, { isMade: made.has(keyOf(dataset.id)) }),
        `Dataset ${dataset.id.name}`,
        context,
      );
    }
  }

  /** What an event would say of the same; a facet that is wrong costs its dataset or job, not the read. */
  #factsOf(
    event: unknown,
    what: string,
    { onProblem }: LineageReadContext,
  ): LineageFact[] {
    try {
      return toLineageEvent(this.#validator.validate(event), this.#naming)
        .facts;
    } catch (error) {
      onProblem?.(
        `${what} of Marquez is left out: ${(error as Error).message}`,
      );
      return [];
    }
  }
}

function keyOf({ namespace, name }: { namespace: string; name: string }) {
  return `${namespace}\n${name}`;
}
