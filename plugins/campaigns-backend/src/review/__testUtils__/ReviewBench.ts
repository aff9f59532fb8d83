import { JobResult } from '@skein/job-runner';
import { execFileSync } from 'child_process';
import express from 'express';
import { Knex } from 'knex';
import request from 'supertest';
import { RepositoryFiles } from '../../jobs/__testUtils__/gitSource';
import { JobBench, JobBenchOptions } from '../../jobs/__testUtils__/JobBench';
import { ClaimedAttempt } from '../../queue/JobQueue';

/** A model that reads the old dataset. */
export const old = 'select user_id from `acme.user_data.users_v1`\n';

/** It, as the mapping table has it. */
export const right =
  'select user_identifier as user_id from `acme.user_data.users_v2`\n';

const files: RepositoryFiles = {
  'dbt/a.sql': old,
  'dbt/schema.yml':
    'models:\n  - name: a\n    columns:\n      - name: user_id\n        tests: [unique, not_null]\n',
};

/** What a runner sends that proposes a patch. */
export function proposalOf(patch: string) {
  return {
    task: 'transform',
    outcome: 'proposed',
    summary: '1 edit in 1 file',
    patch,
    report: {
      framework: 'dbt',
      sandbox: 'none',
      edits: [],
      refusals: [],
      baseline: [],
      verification: [],
    },
  } satisfies JobResult;
}

/** For tests: reviews over the job protocol, by a runner that says what a test has it say. */
export class ReviewBench {
  readonly #app: express.Express;

  private constructor(
    readonly jobs: JobBench,
    readonly targetId: string,
    readonly name: string,
    private readonly job: ClaimedAttempt,
  ) {
    this.#app = express().use('/job-protocol', jobs.router);
  }

  static async open(
    knex: Knex,
    options: JobBenchOptions = {},
  ): Promise<ReviewBench> {
    const jobs = await JobBench.create(knex, {
      executor: { sandbox: 'off' },
      ...options,
    });
    const { targetId, name } = await jobs.enqueue(files, { path: 'dbt' });
    const [job] = await jobs.queue.claim(1, 'test');
    const bench = new ReviewBench(jobs, targetId, name, job);
    await bench.call('get', 'source').expect(200);
    return bench;
  }

  call(method: 'get' | 'post' | 'put', path: string): request.Test {
    return request(this.#app)
      [method](`/job-protocol/v1/${path}`)
      .set('Authorization', `Bearer ${this.job.token}`);
  }

  /** The patch that git makes of these contents. */
  async patchTo(contents: Record<string, string>): Promise<string> {
    const { gitDir, commit } = await this.jobs.repositories.head({
      host: '',
      owner: '',
      name: this.name,
    });
    const git = (args: string[], input?: string) =>
      execFileSync('git', [`--git-dir=${gitDir}`, ...args], {
        input,
        encoding: 'utf8',
      });
    git(['read-tree', commit]);
    for (const [path, content] of Object.entries(contents)) {
      const blob = git(['hash-object', '-w', '--stdin'], content).trim();
      git(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`]);
    }
    return git([
      'diff-index',
      '--cached',
      '-p',
      '--binary',
      '--full-index',
      commit,
    ]);
  }

  /** @returns the answer, with its status where that is no good one */
  async review(patch: string) {
    const { body, status } = await this.call('post', 'review').send({
      patch,
      report: proposalOf(patch).report,
    });
    return status === 200 ? body : { status, ...body };
  }

  /** Ends the job with a patch. @returns its target then */
  async finish(patch: string) {
    await this.call('put', 'result').send(proposalOf(patch)).expect(204);
    return this.jobs.target(this.targetId);
  }

  stop(): Promise<void> {
    return this.jobs.stop();
  }
}
