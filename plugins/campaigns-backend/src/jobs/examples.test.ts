import { TestDatabases } from '@backstage/backend-test-utils';
import { ChangeRow } from '../database/operations/jobs/tables';
import {
  ExpectedTarget,
  readExampleContext,
  readExampleRepository,
  readExpectedFile,
  readExpectedTargets,
} from './__testUtils__/exampleOrganisation';
import { JobBench } from './__testUtils__/JobBench';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/** States that a target only reaches with a change that was proposed. */
const published = ['prOpen', 'merged', 'verified', 'closed'];

describe.each([
  ['users-v1.yaml', 'retire-users-v1'],
  ['sessions-v1.yaml', 'retire-sessions-v1'],
])('jobs for the example campaign %s', (file, campaign) => {
  let bench: JobBench;

  beforeAll(async () => {
    bench = await JobBench.create(await databases.init('SQLITE_3'), {
      context: readExampleContext(file),
    });
    bench.start();
  });
  afterAll(() => bench.stop());

  async function run(expected: ExpectedTarget) {
    const { jobId, targetId, name } = await bench.enqueue(
      readExampleRepository(expected.repository),
      { path: expected.path },
    );
    await bench.ended(jobId);
    const target = await bench.target(targetId);
    const change = await bench
      .knex<ChangeRow>('changes')
      .where({ target_id: targetId })
      .first();
    return { name, target, patch: change?.patch ?? '' };
  }

  it.each(
    readExpectedTargets(campaign).map(
      target => [`${target.repository}/${target.path}`, target] as const,
    ),
  )('bring %s where the truth table says', async (_, expected) => {
    const { name, target, patch } = await run(expected);
    expect(target.state).toBe(
      published.includes(expected.state) ? 'proposed' : expected.state,
    );
    const changes = expected.changes ?? [];
    const got = patch && bench.repositories.applyAll(name, patch, changes);
    expect(got).toEqual(
      patch && changes.map(path => readExpectedFile(expected, path)),
    );
  });
});
