import { TestDatabases } from '@backstage/backend-test-utils';
import { TransformReport } from '@skein/job-runner';
import { ContextContent } from '../campaigns/context';
import { ChangeRow } from '../database/operations/jobs/tables';
import {
  messageOf,
  ScriptedAnswer,
  ScriptedProvider,
} from '../gateway/__testUtils__/ScriptedProvider';
import { scriptedModelConfig } from '../gateway/__testUtils__/scriptedModelConfig';
import { agentContext } from './__testUtils__/agentContext';
import { JobBench } from './__testUtils__/JobBench';
import { sandboxModes } from './__testUtils__/sandboxModes';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const V1 = 'acme.user_data.users_v1';
const V2 = 'acme.user_data.users_v2';

/** Amounts are in cents now; the table does not say so. */
const context: ContextContent = {
  ...agentContext,
  mappings: [
    {
      from: V1,
      to: V2,
      columns: [
        { from: 'user_id', to: 'user_identifier', line: 2 },
        { from: 'spent', decision: 'person', line: 3 },
      ],
    },
  ],
  samples: {
    tables: {
      [V1]: { rows: [{ user_id: 1, spent: 19.99 }] },
      [V2]: { rows: [{ user_identifier: 1, spent_in_cents: 1999.0 }] },
    },
  },
};

const OLD = `select user_id, sum(spent) as spent\nfrom \`${V1}\`\ngroup by 1\n`;
const moved = (spent: string) =>
  `select user_identifier as user_id, sum(${spent}) as spent\nfrom \`${V2}\`\ngroup by 1\n`;
const WRONG = moved('spent_in_cents * 1.0');
const RIGHT = moved('spent_in_cents / 100');

let calls = 0;
const call = (name: string, input: object) => {
  calls += 1;
  return messageOf(
    [{ type: 'tool_use', id: `toolu_${calls}`, name, input } as never],
    { input_tokens: 100, output_tokens: 20 },
    { stop_reason: 'tool_use' },
  );
};
const edit = (from: string, to: string) => () =>
  call('edit_file', { path: 'models/a.sql', old_text: from, new_text: to });

describe.each(sandboxModes)('sample rows in a job (sandbox %s)', sandbox => {
  let bench: JobBench;
  afterEach(() => bench.stop());

  it('reject a change that is green and wrong, and the agent mends it', async () => {
    const heard: string[] = [];
    const script: ScriptedAnswer[] = [
      edit(OLD, WRONG),
      () => call('verify', {}),
      request => {
        heard.push(JSON.stringify(request.messages.at(-1)));
        return edit(WRONG, RIGHT)();
      },
      () => call('finish', { summary: 'Cents are euros again.' }),
    ];
    const provider = new ScriptedProvider();
    provider.script(...script);
    bench = await JobBench.create(await databases.init('SQLITE_3'), {
      context,
      modelProvider: provider,
      modelConfig: scriptedModelConfig(),
      executor: { sandbox },
    });
    bench.start();
    // There is no other check: without the rows nothing could verify a change.
    const { jobId, name, targetId } = await bench.enqueue({
      'models/a.sql': OLD,
    });
    await bench.until(jobId, 'succeeded', 'failed', 'stopped');
    const change = await bench
      .knex<ChangeRow>('changes')
      .where({ target_id: targetId })
      .first();
    const report: TransformReport = JSON.parse(change!.report);
    const check = 'SQL gives the same on the sample rows';
    expect(report.baseline).toContainEqual(
      expect.objectContaining({
        name: check,
        outcome: 'passed',
        summary: '1 statement can be run on the sample rows',
      }),
    );
    expect(heard).toEqual([
      expect.stringContaining(
        'on the sample rows the query gives spent = 1999.0, and gave 19.99 (where user_id = 1)',
      ),
    ]);
    expect(report.verification).toContainEqual(
      expect.objectContaining({
        name: check,
        outcome: 'passed',
        summary: '1 statement gives the same on the sample rows',
      }),
    );
    expect(bench.repositories.apply(name, change!.patch, 'models/a.sql')).toBe(
      RIGHT,
    );
    expect((await bench.target(targetId)).state).toBe('proposed');
  });
});
