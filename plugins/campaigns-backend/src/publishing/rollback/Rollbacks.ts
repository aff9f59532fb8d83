import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { Forge } from '@skein/plugin-campaigns-node';
import {
  POLICY_ACTOR,
  recordActivity,
} from '../../database/operations/activity/recordActivity';
import { requestSync } from '../../database/operations/pullRequests/requestSync';
import { claimRollbacks } from '../../database/operations/rollbacks/claimRollbacks';
import { RollbackRow } from '../../database/operations/rollbacks/tables';
import { updateRollback } from '../../database/operations/rollbacks/updateRollback';
import { WorkLoop } from '../../loop/WorkLoop';
import { borrowRepository } from '../../repositories/git';
import { classifyFailure, Failure } from '../classifyFailure';
import { pushBranch, readRemoteBranch } from '../git/remoteBranch';
import { PublishingOptions } from '../PublishingOptions';
import { retryDelay } from '../retryDelay';
import { escapeMarkdown } from '../text/markdown';

const MOST_ATTEMPTS = 8;
const LEASE_MILLISECONDS = 5 * 60_000;

/** Closes the pull requests and deletes the branches of targets that were rolled back. */
export class Rollbacks {
  readonly #options: PublishingOptions;
  #loop!: WorkLoop<RollbackRow>;

  private constructor(options: PublishingOptions) {
    this.#options = options;
  }

  static start(options: PublishingOptions): Rollbacks {
    const rollbacks = new Rollbacks(options);
    rollbacks.#loop = WorkLoop.start({
      name: 'rollbacks',
      logger: options.logger,
      concurrency: 1,
      idleMilliseconds: options.idleMilliseconds ?? 5_000,
      claim: limit =>
        options.knex.transaction(tx =>
          claimRollbacks(tx, { limit, leaseMilliseconds: LEASE_MILLISECONDS }),
        ),
      handle: (row, signal) => rollbacks.#handle(row, signal),
    });
    return rollbacks;
  }

  wake(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  async #handle(row: RollbackRow, signal: AbortSignal): Promise<void> {
    try {
      await this.#rollBack(row, signal);
    } catch (error) {
      await this.#fail(
        row,
        signal.aborted
          ? { type: 'wait', milliseconds: 0, reason: 'The process was stopped' }
          : classifyFailure(error),
      );
    }
    this.#options.changes.notify({
      campaignId: row.campaign_id,
      targetId: row.target_id,
    });
  }

  async #rollBack(row: RollbackRow, signal: AbortSignal): Promise<void> {
    const { forges, governor, knex } = this.#options;
    const repository: RepositoryRef = {
      host: row.repo_host,
      owner: row.repo_owner,
      name: row.repo_name,
    };
    const forge = forges.of(repository);
    const number =
      row.pr_number ??
      (await forge.findPullRequest(repository, row.branch))?.number;
    if (number !== undefined) {
      await governor.write(
        forge.identity,
        'content',
        () =>
          forge.closePullRequest(repository, number, {
            comment: `This change was rolled back: ${escapeMarkdown(
              row.reason,
            )}`,
          }),
        { signal },
      );
    }
    await this.#deleteBranch(forge, repository, row, signal);
    await updateRollback(knex, row, { state: 'done', last_error: null });
    if (number !== undefined) await requestSync(knex, repository, { number });
  }

  /** Only as long as it holds our commit and nothing else. */
  async #deleteBranch(
    forge: Forge,
    repository: RepositoryRef,
    row: RollbackRow,
    signal: AbortSignal,
  ): Promise<void> {
    const { governor, mirrors } = this.#options;
    const { gitDir: mirror } = await mirrors.head(repository);
    const borrowed = await borrowRepository(mirrors.temporaryDirectory, mirror);
    try {
      const access = await forge.getGitAccess(repository, 'write');
      const there = await readRemoteBranch(borrowed.gitDir, access, row.branch);
      if (there !== row.pushed_sha) return;
      await governor.write(
        forge.identity,
        'change',
        () => pushBranch(borrowed.gitDir, access, row.branch, undefined, there),
        { signal },
      );
    } finally {
      await borrowed.remove();
    }
  }

  async #fail(row: RollbackRow, failure: Failure): Promise<void> {
    if (failure.type === 'lost') return;
    const { knex, retryMilliseconds = 15_000 } = this.#options;
    const attempts = row.attempts + 1;
    if (failure.type === 'wait') {
      await updateRollback(knex, row, {
        last_error: failure.reason,
        nextIn: failure.milliseconds,
      });
    } else if (failure.type === 'retry' && attempts < MOST_ATTEMPTS) {
      await updateRollback(knex, row, {
        attempts,
        last_error: failure.reason,
        nextIn: retryDelay(attempts, retryMilliseconds, Math.random()),
      });
    } else {
      await updateRollback(knex, row, {
        state: 'failed',
        last_error: failure.reason,
      });
      await recordActivity(knex, {
        campaignId: row.campaign_id,
        targetId: row.target_id,
        actor: POLICY_ACTOR,
        action: 'target.rollBack',
        message: `The pull request of ${row.repo_owner}/${row.repo_name} could not be closed; please do it by hand: ${failure.reason}`,
      });
    }
  }
}
