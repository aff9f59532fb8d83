import { mockServices } from '@backstage/backend-test-utils';
import { builtInDetectors } from './builtInDetectors';
import { detectFolders, detectionCandidates } from './detectFolders';
import { detectorsFromConfig } from './detectorsFromConfig';

function detect(files: Record<string, string>, detectors = builtInDetectors) {
  const paths = Object.keys(files);
  const texts = new Map(
    detectionCandidates(detectors, paths).map(path => [path, files[path]]),
  );
  return Object.fromEntries(
    detectFolders(detectors, paths, texts).map(({ path, framework }) => [
      path,
      framework,
    ]),
  );
}

describe('framework detectors', () => {
  it('finds dbt projects by their file, and not those that others brought', () => {
    expect(
      detect({
        'dbt_project.yml': '',
        'finance/dbt_project.yaml': '',
        'dbt_packages/dbt_utils/dbt_project.yml': '',
        'finance/target/package/dbt_project.yml': '',
        'models/my_dbt_project.yml.sql': '',
      }),
    ).toEqual({ '': 'dbt', finance: 'dbt' });
  });

  it('finds BigQuery Runner jobs by what the job file says, or by SQL beside or below it', () => {
    expect(
      detect({
        'pipelines/a/job.yaml': 'kind: bigquery-runner/v1\nname: a\n',
        'pipelines/b/job.yml': 'name: b\nquery: sql/b.sql\n',
        'pipelines/b/sql/b.sql': 'select 1',
        'pipelines/c/job.yaml': 'kind: Job\napiVersion: batch/v1\n',
        'pipelines/c/c.sql': 'select 1',
        'pipelines/d/job.yaml': 'name: d\n',
        'pipelines/a/other.yaml': 'kind: bigquery-runner/v1\n',
      }),
    ).toEqual({
      'pipelines/a': 'bigquery-runner',
      'pipelines/b': 'bigquery-runner',
    });
  });

  it('finds Scio builds by their dependencies, modules along with them', () => {
    expect(
      detect({
        'build.sbt': 'libraryDependencies += "com.spotify" %% "scio-core"',
        'jobs/build.sbt': '"com.spotify" %% "scio-core"',
        'web/build.sbt': '"com.typesafe.akka" %% "akka"',
      }),
    ).toEqual({ '': 'scio' });
    expect(detect({ 'build.sbt': '"org.apache.spark"' })).toEqual({});
  });

  it('takes rules of the configuration, before its own', () => {
    const config = mockServices.rootConfig({
      data: {
        campaigns: {
          frameworks: [
            { name: 'airflow', files: ['dags/*.py', '!dags/__init__.py'] },
            { name: 'our-dbt', files: ['/warehouse/dbt_project.yml'] },
          ],
        },
      },
    });
    expect(
      detect(
        {
          'team/dags/daily.py': '',
          'dags/__init__.py': '',
          'warehouse/dbt_project.yml': '',
          'other/dbt_project.yml': '',
        },
        [...detectorsFromConfig(config), ...builtInDetectors],
      ),
    ).toEqual({ other: 'dbt', warehouse: 'our-dbt' });
  });

  it.each([
    [{ name: 'No Spaces', files: ['*.py'] }, 'no name of a framework'],
    [{ name: 'airflow', files: [] }, 'names no files'],
  ])('refuses the rule %j', (rule, message) => {
    const config = mockServices.rootConfig({
      data: { campaigns: { frameworks: [rule] } },
    });
    expect(() => detectorsFromConfig(config)).toThrow(message);
  });
});
