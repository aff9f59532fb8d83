import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { CampaignSpec, RepositoryRef } from '@skein/plugin-campaigns-common';
import { commitAuthor, FORGE_EVENTS_TOPIC } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { CampaignChanges } from '../changes/CampaignChanges';
import { databaseNow, readDatabaseNow } from '../database/clock';
import { claimCiRuns } from '../database/operations/ci/claimCiRuns';
import { concludeCiRun } from '../database/operations/ci/concludeCiRun';
import { CiRunRow } from '../database/operations/ci/tables';
import { updateCiRun } from '../database/operations/ci/updateCiRun';
import { wakeCiRuns } from '../database/operations/ci/wakeCiRuns';
import { ChangeRow } from '../database/operations/jobs/tables';
import { CampaignRow, TargetRow } from '../database/tables';
import { WorkLoop } from '../loop/WorkLoop';
import { classifyFailure } from '../publishing/classifyFailure';
import { prepareCommit } from '../publishing/git/prepareCommit';
import { pushBranch, readRemoteBranch } from '../publishing/git/remoteBranch';
import { WriteGovernor } from '../publishing/governor/WriteGovernor';
import { retryDelay } from '../publishing/retryDelay';
import { branchName } from '../publishing/text/branchName';
import { Forges, RepositoryMirrors } from '../repositories';
import { inertText } from '../publishing/text/inertText';
import { borrowRepository } from '../repositories/git';
import { parseForgeEvent } from '../sync/parseForgeEvent';
import { CiConclusion, concludeChecks } from './concludeChecks';
import { describeConclusion } from './describeConclusion';

const LEASE_MILLISECONDS = 5 * 60_000;
const MOST_ATTEMPTS = 8;
const TIMEOUT_MINUTES = 60;
const FIRST_LOOK_MILLISECONDS = 10_000;
const LONGEST_PAUSE_MILLISECONDS = 5 * 60_000;

/** What {@link RemoteCi} works with. */
export interface RemoteCiOptions {
  knex: Knex;
  forges: Forges;
  mirrors: RepositoryMirrors;
  governor: WriteGovernor;
  changes: CampaignChanges;
  events: EventsService;
  logger: LoggerService;
  /** How often to look for work that nobody announced. Default: 5,000. */
  idleMilliseconds?: number;
  /** Pause after the first look at checks; doubles each time. Default: 10,000. */
  firstLookMilliseconds?: number;
  /** First pause after a failure that may pass. Default: 15,000. */
  retryMilliseconds?: number;
  /** How long no further check may appear before all are believed to be there. Default: 30,000. */
  settleMilliseconds?: number;
}

interface Work {
  run: CiRunRow;
  campaign: CampaignRow;
  target: TargetRow;
  change: ChangeRow;
  repository: RepositoryRef;
}

/**
 * Has the CI of repositories decide about changes before they are proposed:
 * pushes each to a scratch branch, waits for its checks, and deletes the branch.
 * Every step is written down before it is taken, and looks first at what is
 * there, so that it can be begun again after any crash.
 */
export class RemoteCi {
  readonly #options: RemoteCiOptions;
  #loop!: WorkLoop<CiRunRow>;
  #unsubscribe = () => {};
  #stopped = false;

  private constructor(options: RemoteCiOptions) {
    this.#options = options;
  }

  static async start(options: RemoteCiOptions): Promise<RemoteCi> {
    const ci = new RemoteCi(options);
    ci.#loop = WorkLoop.start({
      name: 'remote CI',
      logger: options.logger,
      concurrency: 4,
      idleMilliseconds: options.idleMilliseconds ?? 5_000,
      claim: limit =>
        claimCiRuns(options.knex, {
          limit,
          leaseMilliseconds: LEASE_MILLISECONDS,
        }),
      handle: (run, signal) => ci.#handle(run, signal),
    });
    ci.#unsubscribe = options.changes.subscribe(() => ci.#loop.wake());
    await options.events.subscribe({
      id: 'campaigns-ci',
      topics: [FORGE_EVENTS_TOPIC],
      onEvent: async ({ eventPayload }) => ci.#onEvent(eventPayload),
    });
    return ci;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    await this.#loop.stop();
  }

  async #onEvent(payload: unknown): Promise<void> {
    const event = parseForgeEvent(payload);
    if (!event || this.#stopped || event.type !== 'pullRequestChanged') return;
    if (await wakeCiRuns(this.#options.knex, event.repository)) {
      this.#loop.wake();
    }
  }

  async #handle(run: CiRunRow, signal: AbortSignal): Promise<void> {
    const { changes, logger } = this.#options;
    try {
      await this.#step(await this.#workOf(run), signal);
    } catch (error) {
      // A shutdown leaves the lease to run out; another process takes over.
      if (signal.aborted) return;
      await this.#fail(run, error).catch(failure =>
        logger.warn(`CI run ${run.id} was lost: ${failure.message}`),
      );
    }
    changes.notify({ campaignId: run.campaign_id, targetId: run.target_id });
  }

  async #workOf(run: CiRunRow): Promise<Work> {
    const { knex } = this.#options;
    const [campaign, target, change] = await Promise.all([
      knex<CampaignRow>('campaigns').where({ id: run.campaign_id }).first(),
      knex<TargetRow>('targets').where({ id: run.target_id }).first(),
      knex<ChangeRow>('changes').where({ id: run.change_id }).first(),
    ]);
    return {
      run,
      campaign: campaign!,
      target: target!,
      change: change!,
      repository: {
        host: run.repo_host,
        owner: run.repo_owner,
        name: run.repo_name,
      },
    };
  }

  async #step(work: Work, signal: AbortSignal): Promise<void> {
    const { run, target } = work;
    const wanted =
      target.state === 'verifying' && target.change_id === run.change_id;
    if (!wanted || run.state === 'concluded') await this.#cleanUp(work, signal);
    else if (run.state === 'planned') await this.#push(work, signal);
    else await this.#look(work);
  }

  async #push(work: Work, signal: AbortSignal): Promise<void> {
    const { forges, governor, knex, mirrors } = this.#options;
    const { campaign, change, repository, target } = work;
    const spec: CampaignSpec = JSON.parse(campaign.spec);
    const forge = forges.of(repository);
    if (!forge.checks) {
      await this.#conclude(work, { outcome: 'absent' });
      return;
    }
    const head = await mirrors.head(repository, { force: true });
    const borrowed = await borrowRepository(
      mirrors.temporaryDirectory,
      head.gitDir,
    );
    try {
      const { gitDir } = borrowed;
      const branch = branchName(
        `${spec.pullRequest.branchPrefix}-ci`,
        campaign.name,
        target.path,
      );
      const access = await forge.getGitAccess(repository, 'write');
      const there = await readRemoteBranch(gitDir, access, branch);
      await this.#assertOurs(work, branch, there);
      const { commit } = await prepareCommit(gitDir, {
        head,
        baseCommit: change.base_commit,
        path: target.path,
        patch: change.patch,
        message: `${inertText(
          spec.title,
        )}\n\nA scratch branch: its checks decide whether the change is proposed.\n`,
        author: commitAuthor(forge.identity),
        date: Number(change.created_at),
      });
      const run = await updateCiRun(knex, work.run, { branch, commit });
      if (there !== commit) {
        await governor.write(
          forge.identity,
          'change',
          () => pushBranch(gitDir, access, branch, commit, there),
          { signal },
        );
      }
      await updateCiRun(knex, run, {
        state: 'waiting',
        pushed_at: databaseNow(knex),
        looks: 0,
        nextIn: this.#pauseAfter(0),
      });
    } finally {
      await borrowed.remove();
    }
  }

  /** @throws ConflictError where the branch holds what no run of ours pushed */
  async #assertOurs(
    { run }: Work,
    branch: string,
    there: string | undefined,
  ): Promise<void> {
    if (!there) return;
    const [known] = await this.#options
      .knex<CiRunRow>('ci_runs')
      .where({
        repo_host: run.repo_host,
        repo_owner: run.repo_owner,
        repo_name: run.repo_name,
        branch,
        commit: there,
      })
      .limit(1);
    if (!known) {
      throw new ConflictError(
        `The branch '${branch}' holds a commit that is not ours (${there.slice(
          0,
          10,
        )}); rename or delete it, then retry`,
      );
    }
  }

  async #look(work: Work): Promise<void> {
    const { forges, knex } = this.#options;
    const { campaign, repository, run } = work;
    const spec: CampaignSpec = JSON.parse(campaign.spec);
    const { checks: required, timeoutMinutes = TIMEOUT_MINUTES } =
      spec.verification.remoteCi ?? {};
    const checks = await forges
      .of(repository)
      .checks!.getChecks(repository, run.commit!);
    const now = await readDatabaseNow(knex);
    const seen = JSON.stringify(checks.map(({ name }) => name).sort());
    const conclusion = concludeChecks({
      checks,
      required,
      elapsedMilliseconds: now - Number(run.pushed_at),
      settledMilliseconds: seen === run.seen ? now - Number(run.seen_at) : 0,
      settleMilliseconds: this.#options.settleMilliseconds,
      timeoutMilliseconds: timeoutMinutes * 60_000,
    });
    if (conclusion.outcome === 'wait') {
      const looks = run.looks + 1;
      const nextIn = this.#pauseAfter(looks);
      await updateCiRun(knex, run, {
        looks,
        nextIn,
        last_error: null,
        ...(seen !== run.seen && { seen, seen_at: databaseNow(knex) }),
      });
      return;
    }
    await this.#conclude(work, conclusion, checks);
  }

  async #conclude(
    work: Work,
    conclusion: Exclude<CiConclusion, { outcome: 'wait' }>,
    checks: Parameters<typeof describeConclusion>[1] = [],
  ): Promise<void> {
    const { forges, knex } = this.#options;
    const { repository, run } = work;
    const described = await describeConclusion(conclusion, checks, check =>
      forges.of(repository).checks!.getCheckLog(repository, check),
    );
    await knex.transaction(tx => concludeCiRun(tx, run, described));
  }

  /** Deletes the scratch branch, if it still is what we pushed. */
  async #cleanUp(work: Work, signal: AbortSignal): Promise<void> {
    const { forges, governor, knex, mirrors } = this.#options;
    const { repository, run } = work;
    const { branch, commit } = run;
    if (branch && commit) {
      const forge = forges.of(repository);
      const { gitDir } = await mirrors.head(repository);
      const access = await forge.getGitAccess(repository, 'write');
      if ((await readRemoteBranch(gitDir, access, branch)) === commit) {
        await governor.write(
          forge.identity,
          'change',
          () => pushBranch(gitDir, access, branch, undefined, commit),
          { signal },
        );
      }
    }
    await updateCiRun(knex, run, { state: 'done' });
  }

  async #fail(run: CiRunRow, error: unknown): Promise<void> {
    const { knex, logger, retryMilliseconds = 15_000 } = this.#options;
    const failure = classifyFailure(error);
    if (failure.type === 'lost') return;
    if (failure.type === 'wait') {
      await updateCiRun(knex, run, { nextIn: failure.milliseconds });
      return;
    }
    const attempts = run.attempts + 1;
    const { reason } = failure;
    if (failure.type === 'retry' && attempts < MOST_ATTEMPTS) {
      const nextIn = retryDelay(attempts, retryMilliseconds, Math.random());
      await updateCiRun(knex, run, { attempts, last_error: reason, nextIn });
      return;
    }
    logger.warn(`CI run ${run.id} ends: ${reason}`);
    if (run.state === 'concluded') {
      // The decision stands; a branch that cannot be deleted does no harm.
      await updateCiRun(knex, run, { state: 'done', last_error: reason });
      return;
    }
    await knex.transaction(tx =>
      concludeCiRun(tx, run, {
        results: [],
        event: {
          type: 'ciFailed',
          reason: `The change could not be given to CI: ${reason}`,
          failureKind: 'ci-failed',
        },
      }),
    );
  }

  #pauseAfter(looks: number): number {
    const { firstLookMilliseconds = FIRST_LOOK_MILLISECONDS } = this.#options;
    return Math.min(
      firstLookMilliseconds * 2 ** Math.min(looks, 20),
      LONGEST_PAUSE_MILLISECONDS,
    );
  }
}
