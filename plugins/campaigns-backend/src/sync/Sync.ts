import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import {
  Forge,
  FORGE_EVENTS_TOPIC,
  ForgeRateLimitError,
} from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { CampaignChanges } from '../changes/CampaignChanges';
import { databaseNowPlus } from '../database/clock';
import { claimDuePullRequests } from '../database/operations/pullRequests/claimDuePullRequests';
import { ScannedTarget } from '../database/operations/pullRequests/enqueueScan';
import {
  enqueueRequestedScans,
  enqueueScans,
} from '../database/operations/pullRequests/enqueueScans';
import { requestSync } from '../database/operations/pullRequests/requestSync';
import { PullRequestRow } from '../database/operations/pullRequests/tables';
import { WorkLoop } from '../loop/WorkLoop';
import { Forges } from '../repositories';
import { defaultSyncIntervals, SyncIntervals } from './nextSyncIn';
import { parseForgeEvent } from './parseForgeEvent';
import { pullRequestKey, refOf } from './pullRequestKey';
import { readConversations } from './readConversations';
import { storeLook } from './storeLook';

/** What the sync works with. */
export interface SyncOptions {
  knex: Knex;
  forges: Forges;
  changes: CampaignChanges;
  events: EventsService;
  logger: LoggerService;
  intervals?: SyncIntervals;
  /** How often to look for due pull requests that nobody announced. Default: 5,000. */
  idleMilliseconds?: number;
}

/** Pull requests in one query. */
const BATCH = 100;
const LEASE_MILLISECONDS = 2 * 60_000;
/** After a failure of the forge that says nothing of when to come back. */
const FAILURE_SECONDS = 60;

/**
 * Keeps what is stored of pull requests true. Webhooks only say that a look is
 * worth it; what is true is always read from the forge, so that lost, repeated
 * and reordered webhooks do no harm. Looks happen without them too, the seldomer
 * the quieter a pull request is.
 */
export class Sync {
  readonly #options: SyncOptions;
  readonly #intervals: SyncIntervals;
  #loop!: WorkLoop<PullRequestRow[]>;
  #stopped = false;

  private constructor(options: SyncOptions) {
    this.#options = options;
    this.#intervals = options.intervals ?? defaultSyncIntervals;
  }

  static async start(options: SyncOptions): Promise<Sync> {
    const sync = new Sync(options);
    sync.#loop = WorkLoop.start({
      name: 'pull request sync',
      logger: options.logger,
      concurrency: 1,
      idleMilliseconds: options.idleMilliseconds ?? 5_000,
      claim: () => sync.#claim(),
      handle: batch => sync.#look(batch),
    });
    await options.events.subscribe({
      id: 'campaigns-sync',
      topics: [FORGE_EVENTS_TOPIC],
      onEvent: async ({ eventPayload }) => sync.#onEvent(eventPayload),
    });
    return sync;
  }

  /** Looks for due pull requests now. */
  wake(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop.stop();
  }

  async #onEvent(payload: unknown): Promise<void> {
    const event = parseForgeEvent(payload);
    if (!event || this.#stopped) return;
    const { knex } = this.#options;
    if (event.type === 'pullRequestChanged') {
      if (await requestSync(knex, event.repository, event)) {
        this.wake();
      }
      return;
    }
    this.#announce(
      await knex.transaction(tx => enqueueScans(tx, event.repository)),
    );
  }

  #announce(scanned: ScannedTarget[]): void {
    for (const target of scanned) {
      this.#options.changes.notify({
        campaignId: target.campaign_id,
        targetId: target.id,
      });
    }
  }

  async #claim(): Promise<PullRequestRow[][]> {
    const { knex } = this.#options;
    this.#announce(await knex.transaction(tx => enqueueRequestedScans(tx)));
    const rows = await knex.transaction(tx =>
      claimDuePullRequests(tx, {
        limit: BATCH,
        leaseMilliseconds: LEASE_MILLISECONDS,
      }),
    );
    return rows.length > 0 ? [rows] : [];
  }

  async #look(batch: PullRequestRow[]): Promise<void> {
    // By owner, since the forge asks for each apart: one that cannot be read
    // holds up nobody else's.
    const groups = new Map<string, { forge: Forge; rows: PullRequestRow[] }>();
    for (const row of batch) {
      const forge = this.#options.forges
        .all()
        .find(each => each.handles(row.repo_host));
      // A forge that is not configured any more: looked for again after the lease.
      if (!forge) continue;
      const key = `${row.repo_host}/${row.repo_owner}`.toLowerCase();
      const group = groups.get(key) ?? { forge, rows: [] };
      group.rows.push(row);
      groups.set(key, group);
    }
    for (const { forge, rows } of groups.values()) {
      try {
        await this.#lookAt(forge, rows);
      } catch (error) {
        await this.#postpone(rows, error);
      }
    }
  }

  async #lookAt(forge: Forge, rows: PullRequestRow[]): Promise<void> {
    const answers = await forge.getPullRequests(
      rows.map(row => ({ repository: refOf(row), number: row.number })),
    );
    const byPlace = new Map(
      answers.map(answer => [
        pullRequestKey(answer.repository, answer.number),
        answer,
      ]),
    );
    const looks = rows.map(row => ({
      row,
      seen: byPlace.get(pullRequestKey(refOf(row), row.number)),
    }));
    const conversations = await readConversations(
      forge,
      looks.flatMap(({ row, seen }) =>
        seen ? [{ row, conversation: seen.conversation }] : [],
      ),
      (count, error) =>
        this.#options.logger.warn(
          `Could not read what was said on ${count} pull requests; it is tried again when they are looked at: ${error}`,
        ),
    );
    for (const { row, seen } of looks) {
      const look = seen && {
        pullRequest: seen.pullRequest,
        conversation: conversations.get(row.target_id),
      };
      const moved = await this.#options.knex.transaction(tx =>
        storeLook(tx, row, look, this.#intervals),
      );
      if (moved) {
        this.#options.changes.notify({
          campaignId: row.campaign_id,
          targetId: row.target_id,
        });
      }
    }
  }

  /** Not before the forge lets us, and as soon as it does. */
  async #postpone(rows: PullRequestRow[], error: unknown): Promise<void> {
    const { knex, logger } = this.#options;
    const seconds =
      error instanceof ForgeRateLimitError
        ? error.retryAfterSeconds
        : Math.min(FAILURE_SECONDS, this.#intervals.longest / 1_000);
    logger.warn(
      `Could not look at ${rows.length} pull requests; again in ${seconds} s: ${error}`,
    );
    for (const row of rows) {
      await knex<PullRequestRow>('pull_requests')
        .where({ target_id: row.target_id, sync_ticket: row.sync_ticket })
        .update({
          next_sync_at: databaseNowPlus(
            knex,
            seconds * 1_000,
          ) as unknown as number,
        });
    }
  }
}
