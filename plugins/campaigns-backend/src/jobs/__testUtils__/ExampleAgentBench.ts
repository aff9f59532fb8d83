import { TransformReport } from '@skein/job-runner';
import {
  createLocalModel,
  Exchange,
  Faults,
  LocalModel,
} from '@skein/local-model';
import { Review } from '@skein/plugin-campaigns-common';
import { ClaudeProvider } from '@skein/plugin-campaigns-backend-module-claude';
import { join } from 'path';
import { Knex } from 'knex';
import { contextOf } from '../../campaigns/context';
import { listJobEvents } from '../../database/operations/jobs/listJobEvents';
import { ChangeRow } from '../../database/operations/jobs/tables';
import { ModelCallRow } from '../../database/operations/modelCalls/tables';
import { listReviewsOfJob } from '../../database/operations/reviews/listReviewsOfJob';
import { TargetRow } from '../../database/tables';
import { scriptedModelConfig } from '../../gateway/__testUtils__/scriptedModelConfig';
import { judgeModel } from '../../review';
import {
  exampleFolder,
  ExpectedTarget,
  readExampleRepository,
  readExampleSpec,
} from './exampleOrganisation';
import { JobBench } from './JobBench';

/** All that a job left. */
export interface AgentJob {
  target: TargetRow;
  patch: string;
  report: TransformReport;
  reviews: Review[];
  /** The ledger, in order. */
  calls: ModelCallRow[];
  /** What the transcript says: what the model said, and each tool with its answer. */
  transcript: TranscriptLine[];
  /** Files of the repository after the change. */
  after(paths: string[]): string[];
}

export interface TranscriptLine {
  /** Of a tool; undefined for what the model said. */
  tool?: string;
  text: string;
  failed?: boolean;
}

/** As `npm start` is configured, with prices that are easy to count with. */
const prices = {
  input: 2,
  output: 10,
  cacheWrite5m: 2.5,
  cacheWrite1h: 4,
  cacheRead: 0.2,
};

/** The key of the back end, which nothing else may ever see. */
export const BACKEND_KEY = 'sk-of-the-backend';

/**
 * For tests: jobs of the example campaign with an agent, the whole way. Queue,
 * executor, sandbox, the runner as a bundle, gateway and Anthropic's SDK are
 * the real ones; only the model plays the scripts of the example.
 */
export class ExampleAgentBench {
  private constructor(
    readonly jobs: JobBench,
    private readonly model: LocalModel,
    /** What came to the model. */
    readonly exchanges: Exchange[],
  ) {}

  static async create(knex: Knex): Promise<ExampleAgentBench> {
    const exchanges: Exchange[] = [];
    const model = await createLocalModel({
      scripts: join(exampleFolder, 'model'),
      key: BACKEND_KEY,
      observe: exchange => void exchanges.push(exchange),
    });
    const spec = readExampleSpec('shows-v1.yaml');
    const jobs: JobBench = await JobBench.create(knex, {
      context: contextOf(spec),
      modelProvider: ClaudeProvider.create({
        keys: [{ apiKey: BACKEND_KEY }],
        baseURL: model.url,
        defaults: { model: 'local-scripted', maxTokens: 16_000 },
        idleMilliseconds: 10_000,
      }),
      modelConfig: scriptedModelConfig({
        prices: { 'local-scripted': prices },
        budget: spec.budget ?? {},
      }),
      judge: {
        available: true,
        ask: (job, request) => judgeModel(jobs.gateway).ask(job, request),
      },
    });
    jobs.start();
    return new ExampleAgentBench(jobs, model, exchanges);
  }

  /**
   * Runs a job to its end.
   *
   * @param name - `owner/name` that the repository has, where it is not its own
   */
  async run(
    { path, repository }: ExpectedTarget,
    name: string = repository,
  ): Promise<AgentJob> {
    const { jobs } = this;
    const { jobId, targetId, ...enqueued } = await jobs.enqueue(
      readExampleRepository(repository),
      { repository: name, path },
    );
    await jobs.ended(jobId);
    const change = await jobs
      .knex<ChangeRow>('changes')
      .where({ target_id: targetId })
      .first();
    const patch = change?.patch ?? '';
    return {
      target: await jobs.target(targetId),
      patch,
      report: JSON.parse(change!.report),
      reviews: await listReviewsOfJob(jobs.knex, jobId),
      calls: await jobs
        .knex<ModelCallRow>('model_calls')
        .where({ job_id: jobId })
        .orderBy('at'),
      transcript: await this.#transcript(jobId),
      after: paths => jobs.repositories.applyAll(enqueued.name, patch, paths),
    };
  }

  /** What goes wrong at the model, on demand. */
  get faults(): Faults {
    return this.model.faults;
  }

  async stop(): Promise<void> {
    await this.jobs.stop();
    await this.model.close();
  }

  async #transcript(jobId: string): Promise<TranscriptLine[]> {
    const events = await listJobEvents(this.jobs.knex, jobId);
    return events.flatMap(({ transcript: entry }) => {
      if (!entry) return [];
      return entry.kind === 'tool'
        ? [{ tool: entry.name, text: entry.result, failed: entry.failed }]
        : [{ text: entry.text ?? '' }];
    });
  }
}
