import { TestDatabases } from '@backstage/backend-test-utils';
import { ChangeRow } from '../database/operations/jobs/tables';
import { JobBench } from './fixtures/JobBench';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('jobs, from the queue to the change', () => {
  let bench: JobBench;

  beforeEach(async () => {
    bench = await JobBench.create(await databases.init('SQLITE_3'));
    bench.start();
  });
  afterEach(() => bench.stop());

  it('proposes a change to a real repository', async () => {
    const { jobId, targetId, commit, name } = await bench.enqueue({
      'dbt_project.yml': 'name: example\n',
      'models/users.sql': 'select user_id\nfrom `acme.user_data.users_v1`\n',
      'test.sh': '#!/bin/sh\ngit ls-files | wc -l\n',
    });
    const job = await bench.ended(jobId);
    expect(job).toMatchObject({ state: 'succeeded', attempts: 1 });

    const target = await bench.target(targetId);
    expect(target).toMatchObject({ state: 'proposed', note_count: 0 });
    const change = (await bench
      .knex<ChangeRow>('changes')
      .where({ id: target.change_id! })
      .first())!;
    expect(change).toMatchObject({ base_commit: commit, files_changed: 1 });
    expect(
      bench.repositories.apply(name, change.patch, 'models/users.sql'),
    ).toBe(
      'select user_identifier as user_id\nfrom `acme.user_data.users_v2`\n',
    );
    const report = JSON.parse(change.report);
    expect(report).toMatchObject({
      framework: 'dbt',
      baseline: expect.arrayContaining([
        expect.objectContaining({
          name: 'test.sh',
          outcome: 'passed',
          summary: '3',
        }),
      ]),
    });
    const events = await bench.knex('job_events').where({ job_id: jobId });
    expect(
      events.filter(event => event.type === 'phase').map(event => event.phase),
    ).toEqual([
      'source',
      'detect',
      'baseline',
      'transform',
      'verify',
      'report',
    ]);
    expect(await bench.knex('job_attempts')).toMatchObject([
      { outcome: 'succeeded' },
    ]);
  });
});
