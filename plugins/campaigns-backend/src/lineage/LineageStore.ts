import { LoggerService } from '@backstage/backend-plugin-api';
import { LineageProviderStatus } from '@skein/plugin-campaigns-common';
import { LineageFact } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import {
  claimDueProviders,
  ReadableProvider,
  startRead,
} from '../database/operations/lineage/claimDueProviders';
import { failRead } from '../database/operations/lineage/failRead';
import { listProviders } from '../database/operations/lineage/listProviders';
import { listUninstalled } from '../database/operations/lineage/listUninstalled';
import {
  noteProblem,
  noteProgress,
} from '../database/operations/lineage/noteRead';
import { registerProviders } from '../database/operations/lineage/registerProviders';
import { requestReads } from '../database/operations/lineage/requestReads';
import { LineageRead } from '../database/operations/lineage/tables';
import { FactWriter } from './FactWriter';

/** Without news from a read for so long, it is lost. */
const LEASE_MILLISECONDS = 60_000;
/**
 * A source that could not be read, or said nothing, is read again after this,
 * or after its interval where that is shorter: at a start of the backend, the
 * catalog for one takes a while to fill.
 */
const RETRY_MILLISECONDS = 60_000;

/** What a read of a source brought. */
export interface LineageReadResult {
  nodes: number;
  edges: number;
  /** Facts that named no dataset or job. */
  ignored: number;
  /** Repositories that the source could not read, each with what it said before. */
  unread: number;
}

/** The stored lineage, written source by source. */
export class LineageStore {
  readonly #knex: Knex;
  readonly #logger: LoggerService;

  private constructor(knex: Knex, logger: LoggerService) {
    this.#knex = knex;
    this.#logger = logger;
  }

  static create(options: { knex: Knex; logger: LoggerService }): LineageStore {
    return new LineageStore(options.knex, options.logger);
  }

  /** Makes sources known; what is stored of them stays. */
  async registerProviders(
    providers: Array<ReadableProvider & { title: string }>,
  ): Promise<void> {
    await registerProviders(this.#knex, providers);
  }

  /** Takes sources that are due for this process to read. */
  async claimReads(
    providers: ReadableProvider[],
    limit: number,
  ): Promise<LineageRead[]> {
    return claimDueProviders(this.#knex, providers, {
      limit,
      leaseMilliseconds: LEASE_MILLISECONDS,
    });
  }

  /** Makes sources due now. */
  async requestReads(providerIds: string[]): Promise<void> {
    await requestReads(this.#knex, providerIds);
  }

  /** @param keepMilliseconds - how long what an uninstalled source said is kept */
  async listProviders(
    keepMilliseconds?: number,
  ): Promise<LineageProviderStatus[]> {
    return listProviders(this.#knex, keepMilliseconds);
  }

  /** Says how far a read is. */
  async noteProgress(read: LineageRead, progress: string): Promise<void> {
    await noteProgress(this.#knex, read, progress);
  }

  /** Says what may be missing from a read that was published. */
  async noteProblem(read: LineageRead, problem: string): Promise<void> {
    await noteProblem(this.#knex, read, problem);
  }

  /** Forgets the sources that no running backend has had for so long, and what they said. */
  async removeUninstalled(keepMilliseconds: number): Promise<void> {
    for (const id of await listUninstalled(this.#knex, keepMilliseconds)) {
      await this.replaceProviderFacts(id, []);
      await this.#knex('lineage_providers').where({ id }).delete();
      this.#logger.info(
        `What the lineage source '${id}' said is removed: it is not installed any more`,
      );
    }
  }

  /**
   * Puts what a source says now in the place of what it said before. Readers
   * see the old until all of the new is written, and the old for good where
   * `facts` throws.
   *
   * @param read - the claimed read; without one, a read begins here and ends any other
   * @throws ConflictError where another process took the read over
   */
  async replaceProviderFacts(
    providerId: string,
    facts: AsyncIterable<LineageFact> | Iterable<LineageFact>,
    read?: LineageRead,
  ): Promise<LineageReadResult> {
    const own = read ?? (await this.#startRead(providerId));
    try {
      return await FactWriter.write({
        knex: this.#knex,
        read: own,
        facts,
        leaseMilliseconds: LEASE_MILLISECONDS,
        retryMilliseconds: RETRY_MILLISECONDS,
      });
    } catch (error) {
      await this.failRead(own, error);
      throw error;
    }
  }

  /** Says that a read came to nothing, and plans the next. */
  async failRead(read: LineageRead, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    const interrupted = error instanceof Error && error.name === 'AbortError';
    this.#logger.warn(
      `Lineage of '${read.provider}' could not be read: ${message}`,
    );
    await failRead(this.#knex, read, {
      error: message.split('\n')[0].slice(0, 1000),
      // The source is not to blame for a shutdown: the next process reads it at once.
      retryMilliseconds: interrupted ? 0 : RETRY_MILLISECONDS,
    });
  }

  async #startRead(providerId: string): Promise<LineageRead> {
    return this.#knex.transaction(async tx => {
      await tx('lineage_providers')
        .insert({
          id: providerId,
          title: providerId,
          state: 'never',
          next_read_at: 0,
        })
        .onConflict('id')
        .ignore();
      return startRead(tx, providerId, {
        leaseMilliseconds: LEASE_MILLISECONDS,
        nextReadMilliseconds: RETRY_MILLISECONDS,
      });
    });
  }
}
