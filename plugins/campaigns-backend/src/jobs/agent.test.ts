import { TestDatabases } from '@backstage/backend-test-utils';
import { TransformReport } from '@skein/job-runner';
import { listJobEvents } from '../database/operations/jobs/listJobEvents';
import { ChangeRow } from '../database/operations/jobs/tables';
import {
  messageOf,
  ScriptedAnswer,
  ScriptedProvider,
} from '../gateway/__testUtils__/ScriptedProvider';
import { scriptedModelConfig } from '../gateway/__testUtils__/scriptedModelConfig';
import {
  agentContext,
  agentSteps,
  REFUSED,
  refusedFiles,
  SOLVED,
} from './__testUtils__/agentContext';
import {
  readExampleContext,
  readExampleRepository,
} from './__testUtils__/exampleOrganisation';
import { JobBench, JobBenchOptions } from './__testUtils__/JobBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

let calls = 0;
const call =
  (name: string, input: object, inputTokens = 100): ScriptedAnswer =>
  () => {
    calls += 1;
    return messageOf(
      [{ type: 'tool_use', id: `toolu_${calls}`, name, input } as never],
      { input_tokens: inputTokens, output_tokens: 20 },
      { stop_reason: 'tool_use' },
    );
  };
const edit = call('edit_file', {
  path: 'models/a.sql',
  old_text: REFUSED,
  new_text: SOLVED,
});
const finish = call('finish', { summary: 'Gender was never filled.' });

/** The whole way: queue, sandbox, runner, gateway, ledger, review, change. */
describe('an agent in a job', () => {
  let bench: JobBench;
  let provider: ScriptedProvider;
  const traced: object[] = [];

  async function run(
    script: ScriptedAnswer[],
    options: JobBenchOptions = {},
    repository: Parameters<JobBench['enqueue']>[0] = refusedFiles,
    path?: string,
  ) {
    provider = new ScriptedProvider();
    provider.script(...script);
    bench = await JobBench.create(await databases.init('SQLITE_3'), {
      context: agentContext,
      modelProvider: provider,
      modelConfig: scriptedModelConfig(),
      ...options,
    });
    bench.telemetry = { trace: async attempt => void traced.push(attempt) };
    bench.start();
    const job = await bench.enqueue(repository, { path });
    await bench.until(
      job.jobId,
      'succeeded',
      'failed',
      'stopped',
      'overBudget',
    );
    const change = await bench
      .knex<ChangeRow>('changes')
      .where({ target_id: job.targetId })
      .first();
    return {
      ...job,
      target: await bench.target(job.targetId),
      patch: change?.patch ?? '',
      report: change && (JSON.parse(change.report) as TransformReport),
    };
  }
  afterEach(() => bench.stop());

  it('finishes what the rewriter refused, and each turn is in the log and the ledger', async () => {
    const { jobId, name, patch, report, target } = await run([
      call('read_file', { path: 'models/a.sql' }),
      edit,
      finish,
    ]);
    expect(target.state).toBe('proposed');
    expect(bench.repositories.apply(name, patch, 'models/a.sql')).toBe(SOLVED);
    expect(report).toMatchObject({
      agent: {
        outcome: 'finished',
        summary: 'Gender was never filled.',
        turns: 3,
        usage: { input: 300, output: 60 },
      },
      refusals: [],
    });
    const events = await listJobEvents(bench.knex, jobId);
    expect(
      events.flatMap(({ transcript }) =>
        transcript
          ? [transcript.kind === 'tool' ? transcript.name : 'turn']
          : [],
      ),
    ).toEqual(['turn', 'read_file', 'turn', 'edit_file', 'turn', 'finish']);
    expect(events.find(({ transcript }) => transcript)).toMatchObject({
      type: 'transcript',
      phase: 'agent',
      message: 'Turn 1: 100 tokens in, 20 out, tool_use',
    });
    expect(await bench.knex('model_calls')).toHaveLength(3);
    await bench.worker!.stop();
    expect(traced).toEqual([{ jobId, number: 1 }]);
  });

  it('brings a target of the example organisation, about which a person was to decide, to a change', async () => {
    const example = readExampleContext('users-v1.yaml');
    const repository = readExampleRepository('meridian/demographics-report');
    const path = 'demographics.sql';
    const before = repository[path].toString();
    const after = before
      .replace('users_v1', 'users_v2')
      .replace('u.country', 'UPPER(u.address.country_code)')
      .replaceAll('u.birth_year', 'EXTRACT(YEAR FROM u.date_of_birth)')
      .replace("COALESCE(u.gender, 'not said')", "'not said'");
    const { name, patch, report, target } = await run(
      [
        call('edit_file', { path, old_text: before, new_text: after }),
        call('finish', { summary: 'No gender any more.' }),
      ],
      {
        context: {
          ...example,
          verification: { ...example.verification, unverified: 'allow' },
          steps: agentSteps,
          promptVersion: 'v1',
        },
      },
      repository,
    );
    expect(target).toMatchObject({ state: 'proposed' });
    expect(bench.repositories.apply(name, patch, path)).toBe(after);
    expect(report?.agent?.resolved).not.toEqual([]);
    expect(JSON.stringify(provider.requests[0])).toContain('gender');
  });

  it('rests over budget, with what there was, and can be retried', async () => {
    const { report, target } = await run(
      [call('list_files', {}, 900_000), edit, finish],
      { modelConfig: scriptedModelConfig({ budget: { perJob: 0.5 } }) },
    );
    expect(target.state).toBe('overBudget');
    expect(report?.agent).toMatchObject({ outcome: 'overBudget', turns: 1 });
  });

  it('leaves it to people where no model is connected', async () => {
    const { patch, report, target } = await run([], {
      modelProvider: undefined,
    });
    expect(target.state).toBe('needsHuman');
    expect(report?.agent).toMatchObject({ outcome: 'unavailable' });
    expect(patch).toContain('+-- skein: still reads');
  });

  it('has no way to delete a test, and what weakens one is sent back and then stopped', async () => {
    const weakened = {
      path: 'tests/test_users.py',
      old_text: '    assert rows == 7\n',
      new_text: '',
    };
    const { jobId, report, target } = await run(
      [
        call('delete_file', { path: weakened.path }),
        edit,
        call('edit_file', weakened),
        ...Array(20).fill(finish),
      ],
      {},
      {
        ...refusedFiles,
        'tests/test_users.py':
          'def test_users():\n    rows = 7\n    assert rows == 7\n',
      },
    );
    expect(target).toMatchObject({
      state: 'failed',
      failure_kind: 'review-rejected',
    });
    expect(report!.reviews!.length).toBeGreaterThan(1);
    expect(report!.reviews!.at(-1)).toMatchObject({
      verdict: 'rejected',
      feedback: [expect.stringContaining('tests/test_users.py')],
    });
    const events = await listJobEvents(bench.knex, jobId);
    expect(JSON.stringify(events)).toContain('There is no tool delete_file');
  });
});
