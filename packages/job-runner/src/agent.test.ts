import { rewrite } from '@skein/mapping-rewriter';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  exampleSpec,
  ProtocolTestServer,
  TOKEN,
} from './__testUtils__/ProtocolTestServer';
import { ScriptedModel } from './__testUtils__/ScriptedModel';
import { SourceRepository, TreeEntry } from './__testUtils__/sourceRepository';
import { AgentSettings, JobResult, JobSpec } from './protocol';
import { runAttempt } from './runner';

jest.setTimeout(60_000);

type TransformResult = Extract<JobResult, { task: 'transform' }>;

const agent: AgentSettings = {
  when: 'refused',
  model: 'scripted-1',
  thinking: { type: 'adaptive' },
  maxTokens: 8_000,
  maxTotalTokens: 1_000_000,
  maxTurns: 20,
  timeoutSeconds: 60,
  bash: [],
  skills: [],
  mcpServers: [],
};

const spec: JobSpec = {
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
  steps: [{ type: 'mapping' }, { type: 'agent', ...agent }],
};

const test = {
  path: 'test.sh',
  mode: '100755',
  content: '#!/bin/sh\ngrep -q "users" models/a.sql || exit 1\n',
};

const OLD = 'select user_id, gender\nfrom `acme.user_data.users_v1`\n';
const SOLVED =
  'select user_identifier as user_id, cast(null as string) as gender\nfrom `acme.user_data.users_v2`\n';

describe('the agent of a job', () => {
  let server: ProtocolTestServer;
  let repository: SourceRepository;
  let workFolder: string;

  beforeEach(async () => {
    server = await ProtocolTestServer.start();
    repository = new SourceRepository();
    workFolder = mkdtempSync(join(tmpdir(), 'skein-work-'));
  });
  afterEach(async () => {
    await server.close();
    rmSync(workFolder, { recursive: true });
    rmSync(repository.folder, { recursive: true });
  });

  async function run(
    entries: TreeEntry[],
    script: ConstructorParameters<typeof ScriptedModel>[0],
    changed: Partial<JobSpec> = {},
  ) {
    server.source = repository.bundle(entries);
    server.spec = { ...spec, ...changed };
    server.model = new ScriptedModel(script);
    await runAttempt({
      url: server.url,
      token: TOKEN,
      workFolder,
      sandbox: 'none',
      runnerFile: '/nonexistent/job-runner.cjs',
      rewriter: {
        rewrite: async (files, mappings, options) =>
          rewrite(files, mappings, options),
      },
      environment: { ...process.env, SKEIN_JOB_TOKEN: TOKEN },
    });
    expect(server.model.problems).toEqual([]);
    return server.results[0] as TransformResult;
  }

  it('does what the rewriter refused', async () => {
    const result = await run(
      [test, { path: 'models/a.sql', content: OLD }],
      [
        { text: 'I look.', calls: [['read_file', { path: 'models/a.sql' }]] },
        {
          calls: [
            [
              'edit_file',
              { path: 'models/a.sql', old_text: OLD, new_text: SOLVED },
            ],
          ],
        },
        { calls: [['verify', {}]] },
        {
          calls: [
            ['finish', { summary: 'Gender is gone.', remarks: ['unclear'] }],
          ],
        },
      ],
    );
    expect(result).toMatchObject({ outcome: 'proposed' });
    expect(repository.apply(result.patch, 'models/a.sql').toString()).toBe(
      SOLVED,
    );
    expect(result.report).toMatchObject({
      refusals: [],
      agent: {
        outcome: 'finished',
        summary: 'Gender is gone.',
        remarks: ['unclear'],
        turns: 4,
        model: 'scripted-1',
        files: ['models/a.sql'],
      },
      reviews: [{ verdict: 'accepted' }],
    });
  });
});
