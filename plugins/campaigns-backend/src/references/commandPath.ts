import { existsSync } from 'fs';
import { dirname, join } from 'path';

/**
 * Path of the rewriter's command as one file that Node can run.
 *
 * @throws Error that names what to run where it has not been built
 */
export function commandPath(): string {
  const path = join(
    dirname(require.resolve('@skein/mapping-rewriter/package.json')),
    'dist',
    'mapping-rewriter.cjs',
  );
  if (!existsSync(path)) {
    throw new Error(
      `The rewriter is not built: ${path} is missing. Run \`yarn workspace @skein/mapping-rewriter build:bin\`.`,
    );
  }
  return path;
}
