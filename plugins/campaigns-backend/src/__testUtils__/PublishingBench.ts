import { mockServices } from '@backstage/backend-test-utils';
import { LocalForge } from '@skein/local-forge';
import { CampaignSpec, ChangeReport } from '@skein/plugin-campaigns-common';
import { GithubForge } from '@skein/plugin-campaigns-backend-module-github';
import { randomUUID } from 'crypto';
import { mkdtempSync, readdirSync, rmSync } from 'fs';
import { Knex } from 'knex';
import { Octokit } from 'octokit';
import os from 'os';
import path from 'path';
import { CampaignChanges } from '../changes/CampaignChanges';
import { migrate } from '../database/migrate';
import { pullRequestsByTarget } from '../database/operations/pullRequests/pullRequestsByTarget';
import { PublicationRow } from '../database/operations/publications/tables';
import { TargetRow } from '../database/tables';
import { planPublication, Publisher, WriteGovernor } from '../publishing';
import { PublishingOptions } from '../publishing/PublishingOptions';
import { Forges, RepositoryMirrors } from '../repositories';
import { makePatch } from './makePatch';
import { startGithubForge } from './startGithubForge';

const spec = {
  name: 'retire-users',
  title: 'Retire users_v1',
  owner: 'group:default/platform',
  datasets: [{ from: 'user_data.users_v1', to: 'user_data.users_v2' }],
  pullRequest: {
    title: 'Move {{ target.path }} to {{ dataset.to }}',
    labels: ['skein'],
    draft: false,
    branchPrefix: 'skein',
  },
} as unknown as CampaignSpec;

/** A pull request as the forge has it. */
export interface ForgePull {
  number: number;
  state: string;
  head: { ref: string; sha: string };
}

/**
 * A campaign in a real database, and a real forge with GitHub's API on which
 * our App is installed. Tests act as people through `alice`.
 */
export class PublishingBench {
  readonly changes = new CampaignChanges();
  readonly logger = mockServices.logger.mock();
  readonly campaignId = randomUUID();
  readonly revisionId = randomUUID();
  readonly #stops: Array<() => Promise<void>> = [];

  private constructor(
    readonly knex: Knex,
    readonly local: LocalForge,
    readonly forge: GithubForge,
    readonly forges: Forges,
    readonly mirrors: RepositoryMirrors,
    readonly alice: Octokit,
    private readonly directory: string,
  ) {}

  static async start(knex: Knex): Promise<PublishingBench> {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'skein-bench-'));
    const logger = mockServices.logger.mock();
    const { local, forge, alice } = await startGithubForge(
      path.join(directory, 'forge'),
      logger,
    );
    const forges = Forges.create([forge]);
    const mirrors = await RepositoryMirrors.create({
      forges,
      logger,
      workingDirectory: path.join(directory, 'work'),
    });
    await migrate(knex);
    const bench = new PublishingBench(
      knex,
      local,
      forge,
      forges,
      mirrors,
      alice,
      directory,
    );
    await bench.#insertCampaign();
    return bench;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#stops.map(stop => stop()));
    await this.local.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  get host(): string {
    return new URL(this.local.url).host;
  }

  async createRepository(
    name: string,
    files: Record<string, string>,
  ): Promise<void> {
    await this.local.admin.createRepository({
      owner: 'acme',
      name,
      private: true,
      commits: [{ message: 'Begin', files }],
    });
  }

  /** A target whose change replaces files, approved and planned for publication. */
  async planTarget(
    name: string,
    files: Record<string, string>,
    options: { path?: string; report?: Partial<ChangeReport> } = {},
  ): Promise<string> {
    const targetId = await this.insertTarget(name, options.path ?? '');
    await this.storeChange(targetId, name, files, options.report);
    await this.plan(targetId);
    return targetId;
  }

  async plan(targetId: string): Promise<void> {
    await this.knex.transaction(tx => planPublication(tx, targetId));
    this.changes.notify({ campaignId: this.campaignId, targetId });
  }

  async insertTarget(name: string, folder: string): Promise<string> {
    const id = randomUUID();
    await this.knex('targets').insert({
      id,
      campaign_id: this.campaignId,
      repo_host: this.host,
      repo_owner: 'acme',
      repo_name: name,
      path: folder,
      framework: 'dbt',
      owner_ref: 'group:default/owners',
      state: 'approved',
      reasons: '[]',
      created_at: 1,
      updated_at: 1,
    });
    return id;
  }

  /** Stores what a job would have left, made against the default branch as it is. */
  async storeChange(
    targetId: string,
    name: string,
    files: Record<string, string>,
    report: Partial<ChangeReport> = {},
  ): Promise<string> {
    const head = await this.mirrors.head(
      { host: this.host, owner: 'acme', name },
      { force: true },
    );
    const id = randomUUID();
    const jobId = randomUUID();
    await this.knex('jobs').insert({
      id: jobId,
      campaign_id: this.campaignId,
      target_id: targetId,
      revision_id: this.revisionId,
      task: 'transform',
      state: 'succeeded',
      max_attempts: 3,
      created_at: 1,
    });
    await this.knex('changes').insert({
      id,
      target_id: targetId,
      job_id: jobId,
      revision_id: this.revisionId,
      base_commit: head.commit,
      patch: await makePatch(
        this.mirrors.temporaryDirectory,
        head.gitDir,
        head.commit,
        files,
      ),
      report: JSON.stringify({
        framework: 'dbt',
        sandbox: 'none',
        edits: [],
        refusals: [],
        baseline: [],
        verification: [],
        ...report,
      }),
      files_changed: Object.keys(files).length,
      insertions: 1,
      deletions: 1,
      created_at: 1_790_000_000_000,
    });
    await this.knex('targets')
      .where({ id: targetId })
      .update({ change_id: id, state: 'approved' });
    return id;
  }

  governor(minimumInterval = 0): WriteGovernor {
    return WriteGovernor.create({
      knex: this.knex,
      limits: { minimumInterval, contentPerMinute: 80, contentPerHour: 500 },
    });
  }

  /** Starts a publisher that looks often; it stops with the bench. */
  startPublisher(options: Partial<PublishingOptions> = {}): Publisher {
    const publisher = Publisher.start({
      knex: this.knex,
      forges: this.forges,
      mirrors: this.mirrors,
      governor: this.governor(),
      changes: this.changes,
      logger: this.logger,
      idleMilliseconds: 20,
      retryMilliseconds: 20,
      ...options,
    });
    this.#stops.push(() => publisher.stop());
    return publisher;
  }

  async target(id: string): Promise<TargetRow> {
    return (await this.knex<TargetRow>('targets').where({ id }).first())!;
  }

  async publication(targetId: string): Promise<PublicationRow> {
    return (await this.knex<PublicationRow>('publications')
      .where({ target_id: targetId })
      .orderBy('created_at', 'desc')
      .first())!;
  }

  async pullRequest(targetId: string) {
    return (await pullRequestsByTarget(this.knex, [targetId])).get(targetId);
  }

  /** All pull requests of a repository, whatever their state. */
  async pulls(name: string): Promise<ForgePull[]> {
    const { data } = await this.alice.rest.pulls.list({
      owner: 'acme',
      repo: name,
      state: 'all',
    });
    return data;
  }

  /** The commit that a branch points to; undefined where there is none. */
  async branch(name: string, branch: string): Promise<string | undefined> {
    return this.alice.rest.git
      .getRef({ owner: 'acme', repo: name, ref: `heads/${branch}` })
      .then(({ data }) => data.object.sha)
      .catch(() => undefined);
  }

  /** A person changes a file on a branch. */
  async edit(
    name: string,
    file: string,
    text: string,
    branch = 'main',
  ): Promise<void> {
    const place = { owner: 'acme', repo: name, path: file };
    const { data } = await this.alice.rest.repos
      .getContent({ ...place, ref: branch })
      .catch(() => ({ data: undefined }));
    await this.alice.rest.repos.createOrUpdateFileContents({
      ...place,
      branch,
      message: `Edit ${file}`,
      content: Buffer.from(text).toString('base64'),
      sha: (data as { sha: string } | undefined)?.sha,
    });
  }

  /** Waits until something is so. */
  async until(what: () => Promise<boolean>): Promise<void> {
    while (!(await what())) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  }

  async untilState(targetId: string, ...states: string[]): Promise<TargetRow> {
    await this.until(async () =>
      states.includes((await this.target(targetId)).state),
    );
    return this.target(targetId);
  }

  /** Folders that operations have not cleaned up. */
  leftovers(): string[] {
    return readdirSync(this.mirrors.temporaryDirectory);
  }

  async #insertCampaign(): Promise<void> {
    await this.knex('campaigns').insert({
      id: this.campaignId,
      name: 'retire-users',
      title: 'Retire users_v1',
      owner_ref: 'group:default/platform',
      state: 'active',
      spec: JSON.stringify(spec),
      revision_id: this.revisionId,
      scope_state: 'ready',
      created_by: 'user:default/guest',
      created_at: 1,
      updated_at: 1,
    });
    await this.knex('context_revisions').insert({
      id: this.revisionId,
      campaign_id: this.campaignId,
      number: 2,
      digest: 'abcdef0123456789',
      content: '{}',
      created_by: 'user:default/guest',
      created_at: 1,
    });
  }
}
