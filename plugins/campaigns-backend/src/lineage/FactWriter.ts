import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { LineageFact } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { countEdges } from '../database/operations/lineage/countEdges';
import { extendRead } from '../database/operations/lineage/extendRead';
import { learnAliases } from '../database/operations/lineage/learnAliases';
import { keepRepository } from '../database/operations/lineage/keepRepository';
import { mergeNodes } from '../database/operations/lineage/mergeNodes';
import {
  publishRead,
  releaseRead,
} from '../database/operations/lineage/publishRead';
import { removeOrphanNodes } from '../database/operations/lineage/removeOrphanNodes';
import { removeStaleFacts } from '../database/operations/lineage/removeStaleFacts';
import { resolveNodes } from '../database/operations/lineage/resolveNodes';
import { LineageRead } from '../database/operations/lineage/tables';
import { upsertColumns } from '../database/operations/lineage/upsertColumns';
import { upsertEdges } from '../database/operations/lineage/upsertEdges';
import { upsertWitnesses } from '../database/operations/lineage/upsertWitnesses';
import { combineMetadata, FactBatch } from './FactBatch';
import type { LineageReadResult } from './LineageStore';
import { NodeMetadata } from './mergeNodeMetadata';

/** Facts in one transaction: long enough to be fast, short enough to let others in. */
const BATCH_SIZE = 1000;

interface FactWriterOptions {
  knex: Knex;
  read: LineageRead;
  facts: AsyncIterable<LineageFact> | Iterable<LineageFact>;
  leaseMilliseconds: number;
  /** When to read again a source that said nothing. */
  retryMilliseconds: number;
}

/** Writes one read of one source, batch by batch, and publishes it at the end. */
export class FactWriter {
  readonly #options: FactWriterOptions;
  readonly #ids = new Map<string, number>();
  readonly #metadata = new Map<number, NodeMetadata>();
  readonly #unread: RepositoryRef[] = [];
  #unreadReason?: string;
  #ignored = 0;
  #lost?: Error;

  private constructor(options: FactWriterOptions) {
    this.#options = options;
  }

  static async write(options: FactWriterOptions): Promise<LineageReadResult> {
    const writer = new FactWriter(options);
    // A source may be silent for long, between two of its repositories.
    const heartbeat = setInterval(() => {
      extendRead(options.knex, options.read, options.leaseMilliseconds).catch(
        error => {
          writer.#lost = error;
        },
      );
    }, options.leaseMilliseconds / 3);
    try {
      return await writer.#write();
    } finally {
      clearInterval(heartbeat);
    }
  }

  async #write(): Promise<LineageReadResult> {
    await this.#inTransaction(tx => this.#removeStale(tx));
    let batch = new FactBatch();
    let size = 0;
    for await (const fact of this.#options.facts) {
      if (this.#lost) throw this.#lost;
      if (fact.type === 'unread') {
        this.#unread.push(fact.repository);
        this.#unreadReason ??= fact.reason;
        continue;
      }
      if (!batch.add(fact)) this.#ignored += 1;
      size += 1;
      if (size === BATCH_SIZE) {
        await this.#writeBatch(batch);
        batch = new FactBatch();
        size = 0;
      }
    }
    if (size > 0) await this.#writeBatch(batch);
    return this.#finish();
  }

  async #writeBatch(batch: FactBatch): Promise<void> {
    const unknown = [...batch.nodes].filter(([key]) => !this.#ids.has(key));
    const resolved = await this.#inTransaction(async tx => {
      const { provider } = this.#options.read;
      await learnAliases(
        tx,
        provider,
        batch.aliases.map(names => ({ names })),
      );
      const nodes = await resolveNodes(
        tx,
        unknown.map(([, node]) => node),
      );
      const ids = new Map(nodes.map(node => [FactBatch.keyOf(node), node.id]));
      for (const key of batch.nodes.keys()) {
        const id = this.#ids.get(key);
        if (id !== undefined) ids.set(key, id);
      }
      // Two names of one node describe it once.
      const described = new Map<number, NodeMetadata>();
      for (const [key, metadata] of batch.metadata) {
        const id = ids.get(key)!;
        const earlier = described.get(id) ?? this.#metadata.get(id);
        described.set(id, combineMetadata(earlier, metadata));
      }
      await upsertWitnesses(
        tx,
        this.#options.read,
        [...described].map(([id, metadata]) => ({
          node_id: id,
          metadata: JSON.stringify(metadata),
        })),
      );
      await upsertEdges(tx, this.#options.read, batch.edges(ids));
      await upsertColumns(tx, this.#options.read, batch.columns(ids));
      await mergeNodes(tx, this.#options.read, [...described.keys()]);
      return { ids, described };
    });
    for (const [key, id] of resolved.ids) this.#ids.set(key, id);
    for (const [id, metadata] of resolved.described) {
      this.#metadata.set(id, metadata);
    }
  }

  async #finish(): Promise<LineageReadResult> {
    const { read } = this.#options;
    const result = await this.#inTransaction(async tx => {
      for (const repository of this.#unread) {
        await keepRepository(tx, read, repository);
      }
      const counts = {
        nodes: this.#ids.size,
        edges: await countEdges(tx, read),
      };
      await publishRead(tx, read, {
        ...counts,
        problem: this.#describeUnread(),
        retryMilliseconds:
          counts.nodes === 0 ? this.#options.retryMilliseconds : undefined,
      });
      return counts;
    });
    // What nobody sees any more goes after the fact: a crash here costs nothing.
    await this.#inTransaction(tx => this.#removeStale(tx));
    // By itself: it locks all sources, in an order of its own.
    await this.#options.knex.transaction(tx => removeOrphanNodes(tx));
    await releaseRead(this.#options.knex, read);
    return { ...result, ignored: this.#ignored, unread: this.#unread.length };
  }

  async #removeStale(tx: Knex.Transaction): Promise<void> {
    const { read } = this.#options;
    const nodes = await removeStaleFacts(tx, read.provider);
    for (let start = 0; start < nodes.length; start += BATCH_SIZE) {
      await mergeNodes(tx, read, nodes.slice(start, start + BATCH_SIZE));
    }
  }

  #describeUnread(): string | undefined {
    const [first] = this.#unread;
    if (!first) return undefined;
    const others = this.#unread.length - 1;
    return `${first.owner}/${first.name}${
      others > 0 ? ` and ${others} more repositories` : ''
    } could not be read, what was known of them stays: ${this.#unreadReason}`
      .split('\n')[0]
      .slice(0, 1000);
  }

  /** Each transaction begins with the lease: it locks the provider's row, and nothing is written without it. */
  #inTransaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    const { knex, read, leaseMilliseconds } = this.#options;
    return knex.transaction(async tx => {
      await extendRead(tx, read, leaseMilliseconds);
      return work(tx);
    });
  }
}
