import { existsSync } from 'fs';
import { dirname, join } from 'path';

/**
 * Path of the runner as one file that Node can run.
 *
 * @throws Error that names the command to run where it has not been built
 * @public
 */
export function runnerBundlePath(): string {
  const path = join(
    dirname(require.resolve('@skein/job-runner/package.json')),
    'dist',
    'job-runner.cjs',
  );
  if (!existsSync(path)) {
    throw new Error(
      `The job runner is not built: ${path} is missing. Run \`yarn workspace @skein/job-runner build:bundle\`.`,
    );
  }
  return path;
}
