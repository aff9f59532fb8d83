import { claimPublications } from '../database/operations/publications/claimPublications';
import { endPublication } from '../database/operations/publications/endPublication';
import {
  getPublicationWork,
  PublicationWork,
} from '../database/operations/publications/getPublicationWork';
import { openPublication } from '../database/operations/publications/openPublication';
import { PublicationRow } from '../database/operations/publications/tables';
import { updatePublication } from '../database/operations/publications/updatePublication';
import { WorkLoop } from '../loop/WorkLoop';
import { classifyFailure, Failure } from './classifyFailure';
import { decorate } from './decorate';
import { ExpectedTimes } from './ExpectedTimes';
import { holdLease } from './holdLease';
import { PublishingOptions } from './PublishingOptions';
import { publishTarget } from './publishTarget';
import { retryDelay } from './retryDelay';
import { Rollbacks } from './rollback/Rollbacks';

const MOST_ATTEMPTS = 6;
const LEASE_MILLISECONDS = 2 * 60_000;

/**
 * Turns planned publications into pull requests, and takes back what is to be
 * rolled back. Any number of replicas may run one: each publication has one
 * holder at a time, and all share one pace of writes.
 */
export class Publisher {
  readonly #options: PublishingOptions;
  readonly #lease: number;
  readonly #expected: ExpectedTimes;
  #loop!: WorkLoop<PublicationRow>;
  #rollbacks!: Rollbacks;
  #unsubscribe = () => {};

  private constructor(options: PublishingOptions) {
    this.#options = options;
    this.#lease = options.leaseMilliseconds ?? LEASE_MILLISECONDS;
    this.#expected = ExpectedTimes.create(options);
  }

  static start(options: PublishingOptions): Publisher {
    const publisher = new Publisher(options);
    publisher.#rollbacks = Rollbacks.start(options);
    publisher.#loop = WorkLoop.start({
      name: 'publisher',
      logger: options.logger,
      concurrency: options.concurrency ?? 2,
      idleMilliseconds: options.idleMilliseconds ?? 5_000,
      claim: limit => publisher.#claim(limit),
      handle: (publication, signal) => publisher.#handle(publication, signal),
    });
    publisher.#unsubscribe = options.changes.subscribe(() => publisher.wake());
    return publisher;
  }

  /** Looks for work now. */
  wake(): void {
    this.#loop.wake();
    this.#rollbacks.wake();
  }

  /** Takes nothing new and waits until what runs has come to a safe place. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    await Promise.all([this.#loop.stop(), this.#rollbacks.stop()]);
  }

  async #claim(limit: number): Promise<PublicationRow[]> {
    await this.#expected.refresh();
    return this.#options.knex.transaction(tx =>
      claimPublications(tx, { limit, leaseMilliseconds: this.#lease }),
    );
  }

  async #handle(
    publication: PublicationRow,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await holdLease(
        {
          leaseMilliseconds: this.#lease,
          signal,
          renew: () =>
            updatePublication(this.#options.knex, publication, {
              nextIn: this.#lease,
            }),
        },
        held => this.#publish(publication, held),
      );
    } catch (error) {
      await this.#fail(
        publication,
        signal.aborted
          ? { type: 'wait', milliseconds: 0, reason: 'The process was stopped' }
          : classifyFailure(error),
      );
    }
    this.#options.changes.notify({
      campaignId: publication.campaign_id,
      targetId: publication.target_id,
    });
  }

  async #publish(
    publication: PublicationRow,
    signal: AbortSignal,
  ): Promise<void> {
    const { knex } = this.#options;
    const work = await getPublicationWork(knex, publication);
    const unwanted = reasonNotToPublish(work);
    if (unwanted) {
      await knex.transaction(tx => endPublication(tx, publication, unwanted));
      return;
    }
    await this.#options.governor.expectTurn(
      this.#options.forges.of({
        host: publication.repo_host,
        owner: publication.repo_owner,
        name: publication.repo_name,
      }).identity,
    );
    const published = await publishTarget(work, this.#options, signal);
    await decorate(work, published, this.#options, signal);
    await knex.transaction(tx =>
      openPublication(
        tx,
        work.publication,
        published.commit,
        published.pullRequest,
      ),
    );
  }

  async #fail(publication: PublicationRow, failure: Failure): Promise<void> {
    if (failure.type === 'lost') return;
    const { knex, logger, retryMilliseconds = 15_000 } = this.#options;
    const attempts = publication.attempts + 1;
    try {
      if (failure.type === 'wait') {
        await updatePublication(knex, publication, {
          last_error: failure.reason,
          nextIn: failure.milliseconds,
        });
      } else if (failure.type === 'retry' && attempts < MOST_ATTEMPTS) {
        await updatePublication(knex, publication, {
          attempts,
          last_error: failure.reason,
          nextIn: retryDelay(attempts, retryMilliseconds, Math.random()),
        });
      } else {
        const reason =
          failure.type === 'retry'
            ? `Gave up after ${attempts} tries: ${failure.reason}`
            : failure.reason;
        await knex.transaction(tx => endPublication(tx, publication, reason));
      }
    } catch (error) {
      if (classifyFailure(error).type !== 'lost') throw error;
    }
    logger.info(
      `Publication of ${publication.repo_owner}/${publication.repo_name}: ${failure.reason}`,
    );
  }
}

function reasonNotToPublish(work: PublicationWork): string | undefined {
  if (work.target.state !== 'publishing') {
    return `Its target is '${work.target.state}'`;
  }
  if (work.campaign.state === 'cancelled' && !work.publication.head_sha) {
    return 'The campaign was cancelled before the change was published';
  }
  return undefined;
}
