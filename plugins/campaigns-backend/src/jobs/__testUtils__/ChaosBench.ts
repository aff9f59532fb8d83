import {
  Fixture,
  FixtureMatch,
  FixtureResponse,
  LLMock,
  Mountable,
  ToolCall,
} from '@copilotkit/aimock';
import { JobEvent } from '@skein/plugin-campaigns-common';
import { TransformReport } from '@skein/job-runner';
import { ClaudeProvider } from '@skein/plugin-campaigns-backend-module-claude';
import { Knex } from 'knex';
import { listJobEvents } from '../../database/operations/jobs/listJobEvents';
import { ChangeRow } from '../../database/operations/jobs/tables';
import { ModelCallRow } from '../../database/operations/modelCalls/tables';
import { CampaignRow, TargetRow } from '../../database/tables';
import { defaultModelConfig, ModelConfig } from '../../gateway';
import { agentContext, REFUSED, refusedFiles, SOLVED } from './agentContext';
import { JobBench } from './JobBench';

/** Of each answer. */
export const answerUsage = { input_tokens: 1_000, output_tokens: 100 };

const MODEL = 'models/a.sql';
const NOTE = 'models/a.md';
const NOTE_TEXT = 'Gender was never filled, so nobody misses it.\n';

const read: ToolCall = {
  name: 'read_file',
  arguments: JSON.stringify({ path: MODEL }),
};
const edit: ToolCall = {
  name: 'edit_file',
  arguments: JSON.stringify({
    path: MODEL,
    old_text: REFUSED,
    new_text: SOLVED,
  }),
};
const create: ToolCall = {
  name: 'create_file',
  arguments: JSON.stringify({ path: NOTE, content: NOTE_TEXT }),
};
const finish: ToolCall = {
  name: 'finish',
  arguments: '{"summary":"Gender was never filled."}',
};

/** What the agent is told to do, turn by turn: the second changes two files with one answer. */
const turns = [[read], [edit, create], [finish]];
/** By turn; the server counts the requests that one and the same function has matched. */
const isIn: FixtureMatch['predicate'][] = turns.map(
  (_, turn) =>
    ({ messages }) =>
      messages.filter(({ role }) => role === 'assistant').length === turn,
);
/** The turn whose half would do harm. */
const EDITING = 1;

const CHUNK = 12;
/** Events of that turn's answer, up to the middle of its second call, when the first is there. */
export const MIDDLE_OF_EDITING =
  4 + 2 + Math.ceil(edit.arguments.length / CHUNK) + 3;

/** How an answer goes wrong. */
export type Fault = Pick<
  Fixture,
  'chaos' | 'disconnectAfterMs' | 'latency' | 'truncateAfterChunks'
> & { response?: FixtureResponse };

/** How a job under chaos ended. */
export interface ChaosEnd {
  target: TargetRow;
  report: TransformReport | undefined;
  calls: ModelCallRow[];
  events: JobEvent[];
  /** Texts of both files after the change; undefined where it does not touch one. */
  after: { model?: string; note?: string };
}

/** For tests: an agent in a job, whose model is a server of the Messages API by somebody else, which misbehaves on demand. */
export class ChaosBench {
  readonly mock = new LLMock({ port: 0, chunkSize: CHUNK });
  jobs!: JobBench;
  /** Silence after which an answer is given up. */
  idleMilliseconds = 5_000;

  /** @param faults - of the answers to the turn that edits, one after the other; then it is answered well */
  async start(
    knex: Knex,
    faults: Fault[],
    modelConfig: Partial<ModelConfig> = {},
  ): Promise<void> {
    for (const [time, { response, ...fault }] of faults.entries()) {
      this.#answer(EDITING, response ?? this.#calls(EDITING), {
        fault,
        sequenceIndex: time,
      });
    }
    for (const turn of turns.keys()) this.#answer(turn, this.#calls(turn));
    await this.mock.start();
    this.jobs = await JobBench.create(knex, {
      context: agentContext,
      executor: { sandbox: 'off' },
      modelConfig: { ...defaultModelConfig, ...modelConfig },
      modelProvider: ClaudeProvider.create({
        keys: [{ apiKey: 'sk-of-the-backend' }],
        baseURL: this.mock.url,
        defaults: { model: 'claude-opus-5-5', maxTokens: 1_000 },
        idleMilliseconds: this.idleMilliseconds,
      }),
    });
    this.jobs.start();
  }

  /**
   * Sends these bytes in place of an answer, the second time that the model is
   * asked, and then ends the answer or falls silent.
   */
  sendInstead(bytes: string, then: 'end' | 'silence'): void {
    let asked = 0;
    const handler: Mountable = {
      handleRequest: async (_request, response) => {
        asked += 1;
        if (asked !== 2) return false;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(bytes);
        if (then === 'end') response.end();
        return true;
      },
    };
    this.mock.mount('/v1/messages', handler);
  }

  /** Runs a job to its end. */
  async run(): Promise<ChaosEnd> {
    const { jobId } = await this.enqueue();
    return this.end(jobId);
  }

  enqueue() {
    return this.jobs.enqueue(refusedFiles);
  }

  async end(jobId: string): Promise<ChaosEnd> {
    const { knex, repositories } = this.jobs;
    const { target_id } = await this.jobs.ended(jobId);
    const target = await this.jobs.target(target_id);
    const change = await knex<ChangeRow>('changes')
      .where({ target_id })
      .first();
    const changed = [MODEL, NOTE].filter(path =>
      change?.patch.includes(`b/${path}\n`),
    );
    const texts = changed.length
      ? repositories.applyAll(target.repo_name, change!.patch, changed)
      : [];
    const text = (path: string) => texts[changed.indexOf(path)];
    return {
      target,
      report: change && JSON.parse(change.report),
      calls: await knex<ModelCallRow>('model_calls').orderBy('at'),
      events: await listJobEvents(knex, jobId),
      after: { model: text(MODEL), note: text(NOTE) },
    };
  }

  /** What the budgets, the portal and the agent's report say the calls cost. */
  async sums(): Promise<{ spent: number; reserved: number }> {
    const campaign = await this.jobs.knex<CampaignRow>('campaigns').first();
    const { spent, reserved } = await this.jobs.gateway.spendOf(campaign!);
    return { spent, reserved };
  }

  async stop(): Promise<void> {
    await this.jobs.stop();
    await this.mock.stop();
  }

  #calls(turn: number): FixtureResponse {
    return {
      content: 'I go on.',
      toolCalls: turns[turn],
      usage: answerUsage,
    };
  }

  #answer(
    turn: number,
    response: FixtureResponse,
    once?: { fault: Omit<Fault, 'response'>; sequenceIndex: number },
  ): void {
    this.mock.addFixture({
      match: { predicate: isIn[turn], sequenceIndex: once?.sequenceIndex },
      response,
      ...once?.fault,
    });
  }
}

/** Both files as the agent makes them. */
export const bothFiles = { model: SOLVED, note: NOTE_TEXT };
