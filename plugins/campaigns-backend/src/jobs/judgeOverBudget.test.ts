import { TestDatabases } from '@backstage/backend-test-utils';
import { ChangeRow } from '../database/operations/jobs/tables';
import { enqueueJob } from '../database/operations/jobs/enqueueJob';
import { transitionTarget } from '../database/operations/targets/transitionTarget';
import {
  messageOf,
  ScriptedProvider,
} from '../gateway/__testUtils__/ScriptedProvider';
import { scriptedModelConfig } from '../gateway/__testUtils__/scriptedModelConfig';
import { judgeModel } from '../review';
import {
  agentContext,
  REFUSED,
  refusedFiles,
  SOLVED,
} from './__testUtils__/agentContext';
import { JobBench } from './__testUtils__/JobBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const usage = { input_tokens: 10_000, output_tokens: 100 };

/** An agent that solves its target in two turns, and a judge who accepts. */
class AgentAndJudge extends ScriptedProvider {
  constructor() {
    super();
    this.answer = ({ messages, tools }) => {
      if (!tools) {
        const text = JSON.stringify({
          verdict: 'accept',
          reasons: [],
          confidence: 0.9,
        });
        return messageOf([{ type: 'text', text }], usage);
      }
      const [name, input] =
        messages.length === 1
          ? [
              'edit_file',
              { path: 'models/a.sql', old_text: REFUSED, new_text: SOLVED },
            ]
          : ['finish', { summary: 'Gender was never filled.' }];
      const id = `toolu_${messages.length}`;
      return messageOf([{ type: 'tool_use', id, name, input }], usage, {
        stop_reason: 'tool_use',
      });
    };
  }

  get judged(): number {
    return this.requests.filter(({ tools }) => !tools).length;
  }
}

describe.each(databases.eachSupportedId())(
  'a judge that no budget has room for, on %s',
  databaseId => {
    let bench: JobBench;
    let provider: AgentAndJudge;

    beforeEach(async () => {
      provider = new AgentAndJudge();
      bench = await JobBench.create(await databases.init(databaseId), {
        context: agentContext,
        executor: { sandbox: 'off' },
        modelProvider: provider,
        modelConfig: scriptedModelConfig(),
        judge: judgeModel,
      });
    });
    afterEach(() => bench.stop());

    /** In dollars: a turn costs 0.011; the judge's worst case is above 0.16. */
    const setBudget = (perJob: number) =>
      bench.knex('campaigns').update({
        spec: JSON.stringify({
          budget: { currency: 'USD', perJob, tokens: {} },
        }),
      });

    it('has the job end as over budget with its change, and judges it once there is money', async () => {
      await setBudget(0.1);
      bench.start();
      const { jobId, name, targetId } = await bench.enqueue(refusedFiles);
      expect(await bench.ended(jobId)).toMatchObject({ state: 'overBudget' });
      const target = await bench.target(targetId);
      expect(target).toMatchObject({
        state: 'overBudget',
        state_reason: expect.stringContaining('budget'),
        failure_kind: null,
      });
      const change = await bench
        .knex<ChangeRow>('changes')
        .where({ id: target.change_id! })
        .first();
      expect(
        bench.repositories.apply(name, change!.patch, 'models/a.sql'),
      ).toBe(SOLVED);
      expect(provider.judged).toBe(0);
      expect(await bench.knex('reviews')).toEqual([]);
      const [{ spent_nanos }] = await bench
        .knex('model_spend')
        .where({ scope: 'job', scope_id: jobId });
      expect(Number(spent_nanos)).toBe(22_000_000);

      await setBudget(1);
      const again = await bench.knex.transaction(async tx => {
        await transitionTarget(tx, targetId, { type: 'retried' });
        return enqueueJob(tx, {
          ...bench.campaign,
          targetId,
          task: 'transform',
        });
      });
      expect(await bench.ended(again)).toMatchObject({ state: 'succeeded' });
      const judged = await bench.target(targetId);
      expect(judged.state).toBe('proposed');
      expect(Boolean(judged.approval_required)).toBe(false);
      expect(await bench.knex('reviews')).toMatchObject([
        { outcome: 'accepted' },
      ]);
    });
  },
);
