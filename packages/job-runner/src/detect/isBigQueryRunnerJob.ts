/**
 * Whether a file is the YAML job file of a BigQuery Runner: `kind` at its top
 * level says so. Read as text, since a job file may hold templates.
 */
export function isBigQueryRunnerJob(file: {
  path: string;
  content: string;
}): boolean {
  return (
    /\.ya?ml$/.test(file.path) &&
    /^kind:\s*["']?bigquery-runner(\/v\d+)?["']?\s*(#.*)?$/m.test(file.content)
  );
}
