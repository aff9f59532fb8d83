import { rewrite } from '@skein/mapping-rewriter';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  exampleSpec,
  ProtocolTestServer,
  TOKEN,
} from './__testUtils__/ProtocolTestServer';
import { SourceRepository } from './__testUtils__/sourceRepository';
import { JobResult, JobSpec } from './protocol';
import { runAttempt } from './runner';

type TransformResult = Extract<JobResult, { task: 'transform' }>;

const sql = 'select user_id\nfrom `acme.user_data.users_v1`\n';
/** Fails a test of its own for each table that the model names. */
const contract = `#!/bin/sh
for table in $(grep -o 'users_v[0-9]' models/a.sql) $OTHER; do
  echo "____ test_$table ____"
  echo "models/a.sql: reads $table"
  echo "test_a.py:3: in test_$table"
  echo "E   AssertionError: $table"
done
exit 1
`;

describe('a target whose checks fail before any change', () => {
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
    script: string,
    baseline: JobSpec['verification']['baseline'],
  ): Promise<TransformResult> {
    server.source = repository.bundle([
      { path: 'models/a.sql', content: sql },
      { path: 'test.sh', mode: '100755', content: script },
    ]);
    server.spec = {
      ...exampleSpec,
      verification: { ...exampleSpec.verification, baseline },
    };
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
      environment: process.env,
    });
    return server.results[0] as TransformResult;
  }

  it('is left alone, and says that it was broken before', async () => {
    expect(await run(contract, 'required')).toMatchObject({
      outcome: 'failed',
      failureKind: 'baseline-failed',
      summary:
        'Was broken before: the check "test.sh" fails before any change: AssertionError: users_v1',
      patch: '',
    });
  });

  it('is changed where only its old failures are left', async () => {
    const result = await run(
      contract.replace("$(grep -o 'users_v[0-9]' models/a.sql)", 'always'),
      'compare',
    );
    expect(result.outcome).toBe('proposed');
    expect(result.report.verification).toContainEqual(
      expect.objectContaining({
        name: 'test.sh',
        outcome: 'passed',
        summary: 'no new failure; one was there before',
      }),
    );
  });

  it('fails for the new failures alone, and names no other', async () => {
    const result = await run(contract.replace('$OTHER', 'always'), 'compare');
    expect(result).toMatchObject({
      outcome: 'failed',
      failureKind: 'verification-failed',
    });
    const failed = result.report.verification.find(
      ({ outcome }) => outcome === 'failed',
    );
    expect(failed?.errors).toMatchObject([
      { tool: 'pytest', test: 'test_a.py::test_users_v2' },
    ]);
  });

  it('is changed without that check where the campaign leaves it out', async () => {
    const result = await run(contract, 'ignore');
    expect(result.outcome).toBe('proposed');
    expect(result.report.verification).toContainEqual(
      expect.objectContaining({
        name: 'test.sh',
        outcome: 'skipped',
        summary: 'was broken before: AssertionError: users_v1',
      }),
    );
  });
});
