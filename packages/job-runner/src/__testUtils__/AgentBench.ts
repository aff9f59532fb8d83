import { Script, ScriptedModel } from '@skein/local-model';
import { rewrite } from '@skein/mapping-rewriter';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { AgentSettings, JobResult, JobSpec } from '../protocol';
import { runAttempt } from '../runner';
import { exampleSpec, ProtocolTestServer, TOKEN } from './ProtocolTestServer';

import { SourceRepository, TreeEntry } from './sourceRepository';

export type TransformResult = Extract<JobResult, { task: 'transform' }>;

/** An agent that is called for what is refused, with room to work. */
export const agentSettings: AgentSettings = {
  when: 'refused',
  model: 'scripted-1',
  thinking: { type: 'adaptive' },
  maxTokens: 8_000,
  maxTotalTokens: 1_000_000,
  maxTurns: 20,
  timeoutSeconds: 600,
  bash: [],
  skills: [],
  mcpServers: [],
};

/** One column renamed, and one about which a person decides. */
export const agentSpec: JobSpec = {
  ...exampleSpec,
  mappings: [
    {
      from: 'acme.user_data.users_v1',
      to: 'acme.user_data.users_v2',
      columns: [
        { from: 'user_id', to: 'user_identifier', line: 2 },
        { from: 'gender', decision: 'person', note: 'ask privacy', line: 3 },
      ],
    },
  ],
  options: { guideUrl: 'https://guide.example.com/users' },
  steps: [{ type: 'mapping' }, { type: 'agent', ...agentSettings }],
};

/** For tests: a job from its source to its result, against a scripted model. */
export class AgentBench {
  readonly workFolder = mkdtempSync(join(tmpdir(), 'skein-work-'));
  readonly repository = new SourceRepository();
  runnerFile = '/nonexistent/job-runner.cjs';
  #runs = 0;

  private constructor(readonly server: ProtocolTestServer) {}

  static async create(): Promise<AgentBench> {
    return new AgentBench(await ProtocolTestServer.start());
  }

  /** Runs a job to its result. The model's requests must all have been good, and its script used up. */
  async run(
    files: Record<string, string> | TreeEntry[],
    script: Script[],
    spec: Partial<JobSpec> = {},
  ): Promise<TransformResult> {
    this.server.source = this.repository.bundle(
      Array.isArray(files) ? files : toEntries(files),
    );
    this.server.spec = { ...agentSpec, ...spec };
    this.server.model = new ScriptedModel(script);
    this.server.results.length = 0;
    await this.attempt();
    const { left, problems } = this.model;
    const { length: results } = this.server.results;
    if (problems.length + left > 0 || results !== 1) {
      throw new Error(JSON.stringify({ problems, left, results }));
    }
    return this.server.results[0] as TransformResult;
  }

  attempt(): Promise<void> {
    this.#runs += 1;
    return runAttempt({
      url: this.server.url,
      token: TOKEN,
      workFolder: join(this.workFolder, String(this.#runs)),
      sandbox: 'none',
      runnerFile: this.runnerFile,
      rewriter: {
        rewrite: async (files, mappings, options) =>
          rewrite(files, mappings, options),
      },
      environment: { ...process.env, SKEIN_JOB_TOKEN: TOKEN },
    });
  }

  get model(): ScriptedModel {
    return this.server.model!;
  }

  /** What the tools answered, in order. */
  toolResults(): Array<{ name: string; result: string; failed: boolean }> {
    return this.server.events.flatMap(({ data }) =>
      data?.kind === 'tool'
        ? [{ name: data.name, result: data.result, failed: data.failed }]
        : [],
    );
  }

  /** A file after the change. */
  after(result: TransformResult, path: string): string {
    return this.repository.apply(result.patch, path).toString();
  }

  async close(): Promise<void> {
    await this.server.close();
    rmSync(this.workFolder, { recursive: true });
    rmSync(this.repository.folder, { recursive: true });
  }
}

function toEntries(files: Record<string, string>): TreeEntry[] {
  return Object.entries(files).map(([path, content]) => ({
    path,
    content,
    ...(content.startsWith('#!') && { mode: '100755' }),
  }));
}
