import { TestDatabases } from '@backstage/backend-test-utils';
import { defaultGates } from '@skein/plugin-campaigns-common';
import { exampleContext } from '../jobs/__testUtils__/campaign';
import {
  old,
  proposalOf,
  ReviewBench,
  right,
} from './__testUtils__/ReviewBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('reviews, on %s', databaseId => {
  let bench: ReviewBench;

  afterEach(() => bench.stop());

  it('accepts what the mapping table says, and proposes it', async () => {
    bench = await ReviewBench.open(await databases.init(databaseId));
    const patch = await bench.patchTo({ 'dbt/a.sql': right });
    expect(await bench.review(patch)).toEqual({
      verdict: 'accepted',
      feedback: [],
      final: true,
    });
    expect(await bench.finish(patch)).toMatchObject({ state: 'proposed' });
    const target = await bench.jobs.target(bench.targetId);
    expect(Boolean(target.approval_required)).toBe(false);
  });

  it.each([
    [
      'a reference that is left',
      {
        'dbt/a.sql': right,
        'dbt/b.sql': 'select 1 from `acme.user_data.users_v1`\n',
      },
      /^dbt\/b\.sql:1: A reference to the old dataset is left/,
    ],
    [
      'a column that the mapping does not give',
      {
        'dbt/a.sql':
          'select account_id as user_id from `acme.user_data.users_v2`\n',
      },
      /'account_id' of acme\.user_data\.users_v2, to which no mapping line leads/,
    ],
    [
      'a successor that is not read',
      { 'dbt/a.sql': 'select 1 as user_id from `acme.user_data.users_v2`\n' },
      /'user_id' is mapped to 'user_identifier', which the file does not read/,
    ],
    [
      'a deleted dbt test',
      {
        'dbt/a.sql': right,
        'dbt/schema.yml': 'models:\n  - name: a\n',
      },
      /^dbt\/schema\.yml: The file declared 2 tests and declares 0/,
    ],
  ])('sends %s back, and never proposes it', async (_, contents, words) => {
    bench = await ReviewBench.open(await databases.init(databaseId));
    const patch = await bench.patchTo(contents as Record<string, string>);
    const answer = await bench.review(patch);
    expect(answer).toMatchObject({ verdict: 'rejected', final: false });
    expect(answer.feedback).toContainEqual(expect.stringMatching(words));

    const target = await bench.finish(patch);
    expect(target).toMatchObject({
      state: 'failed',
      failure_kind: 'review-rejected',
    });
    // The change is there to be looked at.
    expect(target.change_id).not.toBeNull();
  });

  it('looks at a result whose runner asked for no review', async () => {
    bench = await ReviewBench.open(await databases.init(databaseId));
    const patch = await bench.patchTo({
      'dbt/a.sql': right,
      'dbt/schema.yml': 'models:\n  - name: a\n',
    });
    expect(await bench.finish(patch)).toMatchObject({
      state: 'failed',
      failure_kind: 'review-rejected',
    });
  });

  it('does not propose a patch on the strength of a review of another', async () => {
    bench = await ReviewBench.open(await databases.init(databaseId));
    await bench.review(await bench.patchTo({ 'dbt/a.sql': right }));
    const other = await bench.patchTo({ 'dbt/a.sql': '\n' });
    expect(await bench.finish(other)).toMatchObject({ state: 'failed' });
  });

  it('ends a job whose patch does not fit its own base', async () => {
    bench = await ReviewBench.open(await databases.init(databaseId));
    const patch = (await bench.patchTo({ 'dbt/a.sql': right })).replace(
      '-select',
      '-SELECT',
    );
    await bench.call('put', 'result').send(proposalOf(patch)).expect(400);
    expect(await bench.jobs.target(bench.targetId)).toMatchObject({
      state: 'failed',
      failure_kind: 'protocol-error',
    });
  });

  it('lets a change through that a gate only warns of', async () => {
    bench = await ReviewBench.open(await databases.init(databaseId), {
      context: {
        ...exampleContext,
        gates: {
          ...defaultGates,
          policy: { ...defaultGates.policy, tests: 'warn' },
        },
      },
    });
    const patch = await bench.patchTo({
      'dbt/a.sql': right,
      'dbt/schema.yml': 'models:\n  - name: a\n',
    });
    expect(await bench.review(patch)).toMatchObject({ verdict: 'accepted' });
    const row = await bench.jobs.knex('reviews').first();
    expect(JSON.parse(row.findings)).toMatchObject([
      { gate: 'tests', action: 'warn', file: 'dbt/schema.yml' },
    ]);
  });

  it('stops looking at a job that sends patch after patch', async () => {
    bench = await ReviewBench.open(await databases.init(databaseId));
    for (let at = 0; at < 10; at += 1) {
      const patch = await bench.patchTo({ 'dbt/a.sql': `${old}-- ${at}\n` });
      expect(await bench.review(patch)).toMatchObject({
        verdict: 'rejected',
        final: at === 9,
      });
    }
    const patch = await bench.patchTo({ 'dbt/a.sql': `${old}-- once more\n` });
    await bench
      .call('post', 'review')
      .send({ patch, report: proposalOf(patch).report })
      .expect(400);
  });
});
