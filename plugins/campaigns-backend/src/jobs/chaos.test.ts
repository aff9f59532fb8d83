import { TestDatabases } from '@backstage/backend-test-utils';
import { until } from '../__testUtils__/until';
import { stopJobs } from '../database/operations/jobs/stopJobs';
import {
  answerUsage,
  bothFiles,
  ChaosBench,
  ChaosEnd,
  Fault,
  MIDDLE_OF_EDITING,
} from './__testUtils__/ChaosBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** 1,000 x 4 + 100 x 20 millionths of a dollar. */
const COST_OF_A_TURN = 0.006;

const overloaded: Fault = {
  response: {
    error: { type: 'overloaded_error', message: 'Overloaded' },
    status: 529,
  },
};
const cut: Fault = { truncateAfterChunks: MIDDLE_OF_EDITING, latency: 1 };

/** The beginning of an answer that would edit a file. */
const BEGUN = [
  'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-opus-5-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1000,"output_tokens":1}}}',
  'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"edit_file","input":{}}}',
  'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"path\\":"}}\n\n',
].join('\n\n');
const MALFORMED =
  'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"inp\n\n';

/** The whole way: the loop of a real runner, the gateway and the SDK in the back end, before a server that misbehaves. */
describe('an agent in a job, under chaos', () => {
  let bench: ChaosBench;

  beforeEach(() => {
    // A retry waits half of what it may.
    jest.spyOn(Math, 'random').mockReturnValue(0);
    bench = new ChaosBench();
  });
  afterEach(async () => {
    await bench.stop();
    jest.restoreAllMocks();
  });

  const start = async (faults: Fault[], config = {}) =>
    bench.start(await databases.init('SQLITE_3'), faults, config);

  /** The ledger, the budgets, the portal and the agent's report say the same. */
  async function expectAgreement({ calls, report }: ChaosEnd) {
    const nanos = calls.reduce((sum, row) => sum + Number(row.cost_nanos), 0);
    const { reserved, spent } = await bench.sums();
    expect(spent).toBeCloseTo(nanos / 1e9, 9);
    expect(reserved).toBe(0);
    const completed = calls.filter(({ outcome }) => outcome === 'completed');
    expect(report?.agent).toMatchObject({
      turns: completed.length,
      usage: {
        input: completed.length * answerUsage.input_tokens,
        output: completed.length * answerUsage.output_tokens,
      },
    });
  }

  /** Each tool ran once and well, whatever became of answers that asked for it before. */
  function expectEachToolOnce({ events }: ChaosEnd) {
    const tools = events.flatMap(({ transcript }) =>
      transcript?.kind === 'tool' ? [transcript] : [],
    );
    expect(tools.map(({ name, failed }) => [name, failed])).toEqual(
      ['read_file', 'edit_file', 'create_file', 'finish'].map(name => [
        name,
        false,
      ]),
    );
  }

  it.each<[string, { fault: Fault; charged: boolean }]>([
    ['a 429', { fault: { chaos: { rateLimitRate: 1 } }, charged: false }],
    ['a 529', { fault: overloaded, charged: false }],
    ['a 500', { fault: { chaos: { dropRate: 1 } }, charged: false }],
    [
      'a connection that is closed without an answer',
      { fault: { chaos: { disconnectRate: 1 } }, charged: true },
    ],
    [
      'an answer that is no stream',
      { fault: { chaos: { malformedRate: 1 } }, charged: true },
    ],
    ['a stream that is cut between two edits', { fault: cut, charged: true }],
  ])('makes its change after %s, and each edit once', async (_, each) => {
    await start([each.fault]);
    const end = await bench.run();
    expect(end.target.state).toBe('proposed');
    expect(end.after).toEqual(bothFiles);
    expectEachToolOnce(end);
    expect(end.calls.map(({ retries }) => retries)).toEqual([0, 1, 0]);
    // What broke off may have been billed up to its worst case; what was refused was not.
    expect(Number(end.calls[1].assumed_nanos) > 0).toBe(each.charged);
    await expectAgreement(end);
  });

  it.each<[string, string, 'end' | 'silence']>([
    ['with an event that cannot be read', BEGUN + MALFORMED, 'end'],
    ['that ends before it is whole', BEGUN, 'end'],
    ['that falls silent', BEGUN, 'silence'],
  ])('makes its change after a stream %s', async (_, bytes, then) => {
    bench.sendInstead(bytes, then);
    await start([]);
    const end = await bench.run();
    expect(end.after).toEqual(bothFiles);
    expectEachToolOnce(end);
    expect(end.calls.map(({ retries }) => retries)).toEqual([0, 1, 0]);
    await expectAgreement(end);
  });

  it('waits for a stream that is slow, as long as something comes', async () => {
    // More in all than the silence that it takes for the end.
    await start([{ latency: 80 }]);
    const end = await bench.run();
    expect(end.after).toEqual(bothFiles);
    expect(end.calls.map(({ retries }) => retries)).toEqual([0, 0, 0]);
    expect((await bench.sums()).spent).toBeCloseTo(3 * COST_OF_A_TURN, 9);
    await expectAgreement(end);
  });

  it('leaves nothing of itself where answers never come whole, and says why', async () => {
    await start([cut, cut, cut]);
    const end = await bench.run();
    expect(end.target).toMatchObject({ state: 'needsHuman' });
    expect(end.report?.agent).toMatchObject({
      outcome: 'unavailable',
      files: [],
    });
    // The note that the mapping tables alone would have left.
    expect(end.after.model).toContain('-- skein: still reads');
    expect(end.after.model).not.toContain('users_v2');
    expect(end.after.note).toBeUndefined();
    expect(end.calls.map(({ outcome }) => outcome)).toEqual([
      'completed',
      'failed',
    ]);
    await expectAgreement(end);
  });

  it('leaves it to people where the model stays overloaded, and pays nothing for that', async () => {
    await start([overloaded], { patienceMilliseconds: 1 });
    const end = await bench.run();
    expect(end.target).toMatchObject({ state: 'needsHuman' });
    expect(end.report?.agent).toMatchObject({ outcome: 'unavailable' });
    expect(end.calls[1]).toMatchObject({ outcome: 'failed', cost_nanos: 0 });
    await expectAgreement(end);
  });

  it('rests over budget where broken answers have used it up, and never passes it', async () => {
    const perJob = 0.1;
    await start([cut, cut], { budget: { perJob } });
    const end = await bench.run();
    expect(end.target).toMatchObject({ state: 'overBudget' });
    expect(end.report?.agent).toMatchObject({ outcome: 'overBudget' });
    const { spent } = await bench.sums();
    expect(spent).toBeGreaterThan(COST_OF_A_TURN);
    expect(spent).toBeLessThanOrEqual(perJob);
    await expectAgreement(end);
  });

  it('is stopped in the middle of an answer, which is given up and paid', async () => {
    bench.sendInstead(BEGUN, 'silence');
    bench.idleMilliseconds = 60_000;
    await start([]);
    const { jobId, targetId } = await bench.enqueue();
    const { knex } = bench.jobs;
    await until(
      async () =>
        (await knex('model_calls').where({ state: 'settled' })).length === 1 &&
        (await knex('model_calls').where({ state: 'reserved' })).length === 1,
    );
    await knex.transaction(tx => stopJobs(tx, [targetId], 'Stopped by me'));
    const end = await bench.end(jobId);
    expect(end.target).toMatchObject({ state: 'stopped' });
    expect(end.after).toEqual({});
    await until(async () => (await bench.sums()).reserved === 0);
    expect(await knex('model_calls').orderBy('at')).toMatchObject([
      { outcome: 'completed' },
      { outcome: 'aborted', retries: 0 },
    ]);
    expect((await bench.sums()).spent).toBeGreaterThan(COST_OF_A_TURN);
  });
});
