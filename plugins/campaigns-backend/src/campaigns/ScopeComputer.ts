import { LoggerService } from '@backstage/backend-plugin-api';
import { CampaignSpec } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { CampaignChanges } from '../changes/CampaignChanges';
import { databaseNow, databaseNowPlus } from '../database/clock';
import {
  POLICY_ACTOR,
  recordActivity,
} from '../database/operations/activity/recordActivity';
import { claimScopeComputation } from '../database/operations/campaigns/claimScopeComputation';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { updateCampaign } from '../database/operations/campaigns/updateCampaign';
import { enqueueScan } from '../database/operations/pullRequests/enqueueScan';
import { insertSnapshot } from '../database/operations/scope/insertSnapshot';
import { markScopesDue } from '../database/operations/scope/markScopesDue';
import { applyScope } from '../database/operations/targets/applyScope';
import { CampaignRow } from '../database/tables';
import { WorkLoop } from '../loop/WorkLoop';
import { ScopeDecision, ScopeService } from '../scope';

const IDLE_MILLISECONDS = 5_000;
const REFRESH_MILLISECONDS = 6 * 60 * 60_000;

/** Computes the scopes that are due, and stores them as targets. */
export class ScopeComputer {
  readonly #knex: Knex;
  readonly #changes: CampaignChanges;
  readonly #scopes: ScopeService;
  readonly #logger: LoggerService;
  readonly #refreshMilliseconds: number;
  #markAt = 0;
  #loop!: WorkLoop<CampaignRow>;
  #unsubscribe = () => {};

  private constructor(options: ScopeComputerOptions) {
    this.#knex = options.knex;
    this.#changes = options.changes;
    this.#scopes = options.scopes;
    this.#logger = options.logger;
    this.#refreshMilliseconds =
      options.refreshMilliseconds ?? REFRESH_MILLISECONDS;
  }

  static start(options: ScopeComputerOptions): ScopeComputer {
    const computer = new ScopeComputer(options);
    computer.#loop = WorkLoop.start({
      name: 'scope',
      logger: options.logger,
      concurrency: 2,
      idleMilliseconds: IDLE_MILLISECONDS,
      claim: async limit => {
        await computer.#markDue();
        return claimScopeComputation(options.knex, limit);
      },
      handle: (campaign, signal) => computer.#compute(campaign, signal),
    });
    computer.#unsubscribe = options.changes.subscribe(() =>
      computer.#loop.wake(),
    );
    return computer;
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#loop.stop();
  }

  /** Each change of a campaign wakes the loop: not each is a reason to look at all of them. */
  async #markDue(): Promise<void> {
    if (Date.now() < this.#markAt) return;
    this.#markAt = Date.now() + IDLE_MILLISECONDS;
    await markScopesDue(this.#knex, this.#refreshMilliseconds);
  }

  async #compute(campaign: CampaignRow, signal: AbortSignal): Promise<void> {
    const spec: CampaignSpec = JSON.parse(campaign.spec);
    try {
      const { decisions, notices } = await this.#scopes.compute({
        spec,
        signal,
        onProgress: message => this.#tell(campaign, message),
      });
      await this.#knex.transaction(async tx => {
        const row = await getCampaignRow(tx, campaign.id, { lock: true });
        // Asked for again meanwhile: the newer computation has the say.
        if (row.scope_ticket !== campaign.scope_ticket) return;
        const effect = await applyScope(tx, row, decisions);
        const { changes, newcomers, reading } = effect;
        for (const target of reading) await enqueueScan(tx, target);
        const snapshot = await insertSnapshot(tx, row.id, {
          decisions,
          changes,
          notices,
        });
        await updateCampaign(tx, row.id, {
          scope_state: 'ready',
          scope_message: notices.join(' ') || null,
          scope_computed_at: databaseNow(tx) as unknown as number,
          scope_ticket: null,
          scope_next_at: null,
        });
        await recordActivity(tx, {
          campaignId: row.id,
          actor: POLICY_ACTOR,
          action: 'scope.computed',
          message: describe(decisions, snapshot),
          summary: 'Scope computed',
        });
        if (newcomers > 0) {
          await recordActivity(tx, {
            campaignId: row.id,
            actor: POLICY_ACTOR,
            action: 'scope.newcomers',
            message: `${newcomers} ${
              newcomers === 1 ? 'consumer has' : 'consumers have'
            } appeared since the launch: a person decides`,
            summary: undefined,
          });
        }
      });
    } catch (error) {
      // A shutdown leaves the lease to run out; another process takes over.
      if (signal.aborted) return;
      this.#logger.error(
        `The scope of ${campaign.name} could not be computed`,
        error as Error,
      );
      await this.#knex('campaigns')
        .where({ id: campaign.id, scope_ticket: campaign.scope_ticket })
        .update({
          scope_state: 'failed',
          scope_message: (error as Error).message,
          scope_ticket: null,
          scope_next_at: databaseNowPlus(
            this.#knex,
            this.#refreshMilliseconds,
          ) as unknown as number,
        });
    }
    this.#changes.notify({ campaignId: campaign.id });
  }

  #tell(campaign: CampaignRow, message: string): void {
    this.#knex('campaigns')
      .where({ id: campaign.id, scope_ticket: campaign.scope_ticket })
      .update({ scope_message: message })
      .then(
        () => this.#changes.notify({ campaignId: campaign.id }),
        error => this.#logger.warn('Progress was not stored', error),
      );
  }
}

function describe(
  decisions: ScopeDecision[],
  { number, came, went, changed }: Awaited<ReturnType<typeof insertSnapshot>>,
): string {
  const inScope = decisions.filter(({ decision }) => decision === 'in').length;
  const found = `${decisions.length} places found, ${inScope} in scope`;
  return number === 1
    ? found
    : `${found}; ${came} came, ${went} went, ${changed} changed`;
}

interface ScopeComputerOptions {
  knex: Knex;
  changes: CampaignChanges;
  scopes: ScopeService;
  logger: LoggerService;
  /** Scopes of running campaigns are computed again after this long. Default: six hours. */
  refreshMilliseconds?: number;
}
