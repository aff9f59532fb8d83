import { detectFramework } from './detectFramework';

describe('detectFramework', () => {
  const detect = (files: Record<string, string>) =>
    detectFramework(
      Object.entries(files).map(([path, content]) => ({ path, content })),
    );

  it.each<[string, Record<string, string>]>([
    ['dbt', { 'dbt_project.yml': '' }],
    [
      'dbt',
      { 'warehouse/dbt_project.yaml': '', 'job.yaml': 'kind: bigquery-runner' },
    ],
    ['bigquery-runner', { 'job.yaml': 'name: x\nkind: bigquery-runner/v1\n' }],
    [
      'bigquery-runner',
      { 'jobs/daily.yml': "kind: 'bigquery-runner' # daily\r\n" },
    ],
    [
      'scio',
      {
        'build.sbt':
          'libraryDependencies += "com.spotify" %% "scio-core" % "0.14.8"',
      },
    ],
  ])('knows %s by %j', (framework, files) => {
    expect(detect(files)).toBe(framework);
  });

  it.each<[Record<string, string>]>([
    [{}],
    [{ 'docs/dbt_project.yml.md': '' }],
    [{ 'job.yaml': 'spec:\n  kind: bigquery-runner\n' }],
    [{ 'job.sql': 'kind: bigquery-runner\n' }],
    [{ 'build.sbt': '"org.typelevel" %% "cats-core" % "2"' }],
  ])('knows none by %j', files => {
    expect(detect(files)).toBeUndefined();
  });
});
