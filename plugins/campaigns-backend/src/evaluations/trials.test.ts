import { TestDatabases } from '@backstage/backend-test-utils';
import { Evaluation } from '@skein/plugin-campaigns-common';
import { readdir, readFile } from 'fs/promises';
import { until } from '../__testUtils__/until';
import { allRows } from '../authorization';
import { ContextContent, digestOf } from '../campaigns/context';
import { insertRevision } from '../database/operations/campaigns/insertRevision';
import { getJobChange } from '../database/operations/jobs/getJobChange';
import { JobRow } from '../database/operations/jobs/tables';
import { TargetRow } from '../database/tables';
import {
  messageOf,
  ScriptedAnswer,
  ScriptedProvider,
} from '../gateway/__testUtils__/ScriptedProvider';
import { scriptedModelConfig } from '../gateway/__testUtils__/scriptedModelConfig';
import {
  agentContext,
  REFUSED,
  refusedFiles,
  SOLVED,
} from '../jobs/__testUtils__/agentContext';
import { exampleContext, insertTarget } from '../jobs/__testUtils__/campaign';
import { RepositoryFiles } from '../jobs/__testUtils__/gitSource';
import { JobBench, JobBenchOptions } from '../jobs/__testUtils__/JobBench';
import { judgeModel } from '../review';
import { CampaignPlanner } from '../runs/CampaignPlanner';
import { EvaluationService } from './EvaluationService';

const actor = 'user:default/alice';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const plain: RepositoryFiles = {
  'models/a.sql': 'select user_id\nfrom `acme.user_data.users_v1`\n',
};
const verdict = (text: object) =>
  messageOf([{ type: 'text', text: JSON.stringify(text) }]);
let uses = 0;
const use =
  (name: string, input: object, inputTokens = 100): ScriptedAnswer =>
  () => {
    uses += 1;
    return messageOf(
      [{ type: 'tool_use', id: `toolu_${uses}`, name, input } as never],
      { input_tokens: inputTokens, output_tokens: 20 },
      { stop_reason: 'tool_use' },
    );
  };
const solve = use('edit_file', {
  path: 'models/a.sql',
  old_text: REFUSED,
  new_text: SOLVED,
});
const finish = use('finish', { summary: 'Gender was never filled.' });

/** Runners of this process that are at work. */
async function runners(): Promise<number[]> {
  const pids: number[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const read = (file: string) =>
      readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    const parent = /^PPid:\s*(\d+)$/m.exec(await read('status'))?.[1];
    const command = await read('cmdline');
    if (Number(parent) === process.pid && command.includes('job-runner.cjs')) {
      pids.push(Number(pid));
    }
  }
  return pids;
}

/** Whole trials: queue, worker, sandbox, bundled runner, gateway, review; then what is left. */
describe('trials of a context revision', () => {
  let bench: JobBench;
  let service: EvaluationService;
  let planner: CampaignPlanner;
  const provider = () => new ScriptedProvider();

  async function open(options: JobBenchOptions = {}) {
    bench = await JobBench.create(await databases.init('SQLITE_3'), {
      modelConfig: scriptedModelConfig(),
      ...options,
    });
    // Nothing live starts in a paused campaign; trials do.
    await bench.knex('campaigns').update({ state: 'paused' });
    const { knex, changes, logger } = bench;
    service = new EvaluationService({ knex, changes, currency: 'USD' });
    planner = CampaignPlanner.start({ knex, changes, logger });
    bench.start();
  }
  afterEach(async () => {
    await planner.stop();
    await bench.stop();
  });

  const store = async (content: ContextContent) => {
    const revision = await insertRevision(bench.knex, {
      campaign_id: bench.campaign.campaignId,
      digest: digestOf(content),
      content: JSON.stringify(content),
      spec: null,
      note: null,
      created_by: actor,
    });
    return revision.id;
  };
  const target = async (name: string, files: RepositoryFiles) => {
    await bench.repositories.commit(name, files);
    const { campaignId } = bench.campaign;
    return insertTarget(bench.knex, { campaignId, name, state: 'prOpen' });
  };
  const evaluate = (revisionId: string) =>
    service.start(bench.campaign.campaignId, {
      revisionId,
      sample: { size: 10 },
      actor,
      readable: allRows,
    });
  const look = ({ id }: Evaluation) =>
    service.get(bench.campaign.campaignId, id, allRows);
  const ended = async (evaluation: Evaluation) => {
    await until(
      async () => (await look(evaluation)).state !== 'running',
      () => bench.knex('job_events').select('message'),
    );
    return look(evaluation);
  };
  const trialsOf = async ({ id }: Evaluation) =>
    (await service.listTrials(bench.campaign.campaignId, id, {}, allRows))
      .items;
  const rowsOf = () => bench.knex<TargetRow>('targets').orderBy('id');

  it('show which mapping is better, and leave nothing behind but figures', async () => {
    await open();
    const undecided = { ...agentContext, steps: undefined };
    const decided: ContextContent = {
      ...exampleContext,
      mappings: [
        {
          ...exampleContext.mappings[0],
          columns: [
            ...exampleContext.mappings[0].columns,
            { from: 'gender', to: 'gender_name', line: 3 },
          ],
        },
      ],
      verification: { ...exampleContext.verification, remoteCi: {} },
    };
    await target('plain', plain);
    await target('refused', refusedFiles);
    const before = await rowsOf();

    const base = await ended(await evaluate(await store(undecided)));
    expect(base).toMatchObject({ figures: { passed: 1, passRate: 0.5 } });
    const head = await ended(await evaluate(await store(decided)));
    expect(head).toMatchObject({
      state: 'finished',
      figures: { outcomes: { proposed: 2 }, passRate: 1, cost: 0 },
    });
    const comparison = await service.compare(
      bench.campaign.campaignId,
      { base: base.id, head: head.id },
      allRows,
    );
    expect(comparison.counts).toMatchObject({ better: 1, same: 1, worse: 0 });
    const [better] = comparison.items;
    expect(better.target.repository.name).toBe('refused');
    const { patch } = await getJobChange(bench.knex, better.head!.jobId);
    expect(
      bench.repositories.apply('refused', patch, 'models/a.sql'),
    ).toContain('gender_name');

    expect(await rowsOf()).toEqual(before);
    for (const table of ['publications', 'pull_requests', 'ci_runs']) {
      expect(await bench.knex(table)).toEqual([]);
    }
    const jobs = await bench.knex<JobRow>('jobs');
    expect(new Set(jobs.map(({ task }) => task))).toEqual(
      new Set(['evaluate']),
    );
  });

  it('work on the code that an earlier trial worked on', async () => {
    await open();
    const id = await target('plain', plain);
    const { campaignId, revisionId } = bench.campaign;
    const base = await ended(await evaluate(revisionId));
    // Its pull request is merged meanwhile.
    await bench.repositories.commit('plain', {
      'models/a.sql':
        'select user_identifier\nfrom `acme.user_data.users_v2`\n',
    });
    await bench.knex('targets').where({ id }).update({ state: 'merged' });
    const head = await ended(
      await service.start(campaignId, {
        revisionId,
        sample: { sameAs: base.id },
        actor,
        readable: allRows,
      }),
    );
    expect(
      await service.compare(
        campaignId,
        { base: base.id, head: head.id },
        allRows,
      ),
    ).toMatchObject({ counts: { same: 1 }, head: { figures: { passed: 1 } } });
  });

  it('show which prompt is better, with vetoes and costs', async () => {
    const model = provider();
    const accept = { verdict: 'accept', reasons: [], confidence: 0.9 };
    const reasons = [{ file: null, line: null, reason: 'Say why it is empty' }];
    const judge = [{ ...accept, verdict: 'veto', reasons }, accept];
    const mend = use('edit_file', {
      path: 'models/a.sql',
      old_text: SOLVED,
      new_text: `-- No gender any more.\n${SOLVED}`,
    });
    const giveUp = use('finish', { summary: 'I cannot know.' });
    const work = [solve, finish, mend, finish];
    model.answer = (request, options) => {
      if (request.output_config) return verdict(judge.shift()!);
      const told = JSON.stringify(request).includes('It was never filled');
      return (told ? work.shift()! : giveUp)(request, options);
    };
    await open({
      modelProvider: model,
      judge: {
        available: true,
        ask: (job, request) => judgeModel(bench.gateway).ask(job, request),
      },
    });
    await target('refused', refusedFiles);

    const silent = await ended(await evaluate(await store(agentContext)));
    expect(silent.figures).toMatchObject({
      outcomes: { needsHuman: 1 },
      passed: 0,
      vetoed: 0,
    });
    const told = await ended(
      await evaluate(
        await store({
          ...agentContext,
          prompt: 'It was never filled: drop it.',
        }),
      ),
    );
    expect(told.figures).toMatchObject({
      outcomes: { proposed: 1 },
      passed: 1,
      judged: 1,
      vetoed: 1,
      recovered: 1,
      approvalRequired: 0,
    });
    expect(told.figures.cost).toBeGreaterThan(silent.figures.cost);
    const [trial] = await trialsOf(told);
    expect(trial).toMatchObject({ vetoed: 1, cost: told.figures.cost });
    const [spent] = await bench
      .knex('model_spend')
      .where({ scope: 'run', scope_id: told.id });
    expect(Number(spent.spent_nanos)).toBe(Math.round(told.figures.cost * 1e9));
  });

  it('rest over budget, and their target is none the wiser', async () => {
    const model = provider();
    model.script(use('list_files', {}, 900_000), solve, finish);
    await open({
      modelProvider: model,
      modelConfig: scriptedModelConfig({ budget: { perRun: 0.5 } }),
    });
    await target('refused', refusedFiles);
    const before = await rowsOf();
    const evaluation = await ended(await evaluate(await store(agentContext)));
    expect(evaluation.figures).toMatchObject({
      outcomes: { overBudget: 1 },
      passRate: 0,
    });
    expect(await trialsOf(evaluation)).toMatchObject([
      { state: 'overBudget', message: expect.stringMatching(/budget/) },
    ]);
    expect(await rowsOf()).toEqual(before);
  });

  it('are stopped in the middle, with their runners', async () => {
    const model = provider();
    let asked = false;
    model.answer = (_request, { signal }) => {
      asked = true;
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    };
    await open({ modelProvider: model });
    await target('refused', refusedFiles);
    const evaluation = await evaluate(await store(agentContext));
    await until(async () => asked);
    await service.stop(bench.campaign.campaignId, evaluation.id, actor);
    await until(async () => bench.worker!.runningJobs === 0);
    expect(await runners()).toEqual([]);
    expect(await trialsOf(evaluation)).toMatchObject([
      {
        state: 'stopped',
        outcome: 'stopped',
        message: `The evaluation was stopped by ${actor}`,
      },
    ]);
  });

  it('take half of the runners at most, so that live work goes on', async () => {
    const model = provider();
    model.answer = (_request, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    await open({ modelProvider: model });
    await planner.stop();
    await bench.knex('campaigns').update({ state: 'active' });
    await target('one', refusedFiles);
    await target('other', refusedFiles);
    const evaluation = await evaluate(await store(agentContext));
    await until(async () => model.running === 1);
    const live = await bench.enqueue(plain);
    expect(await bench.ended(live.jobId)).toMatchObject({ state: 'succeeded' });
    expect(
      (await trialsOf(evaluation)).map(({ state }) => state).sort(),
    ).toEqual(['queued', 'running']);
  });

  it('begin again where a runner is killed', async () => {
    const model = provider();
    let asked = 0;
    model.answer = (request, options) => {
      asked += 1;
      // The first runner never hears anything.
      if (asked === 1) return new Promise(() => {});
      return (asked === 2 ? solve : finish)(request, options);
    };
    await open({ modelProvider: model });
    await target('refused', refusedFiles);
    const evaluation = await evaluate(await store(agentContext));
    await until(async () => asked === 1);
    const [runner] = await runners();
    process.kill(runner, 'SIGKILL');
    expect((await ended(evaluation)).figures).toMatchObject({
      outcomes: { proposed: 1 },
    });
    const [{ attempts }] = await bench.knex<JobRow>('jobs');
    expect(attempts).toBe(2);
  });
});
