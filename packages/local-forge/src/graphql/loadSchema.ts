import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import { buildSchema, GraphQLSchema } from 'graphql';

const file = '@octokit/graphql-schema/schema.graphql';

let loaded: GraphQLSchema | undefined;

/**
 * GitHub's own schema. Its package exports the text to `import` alone, so the
 * file is looked for where Node would look.
 */
export function loadSchema(): GraphQLSchema {
  if (!loaded) {
    const path = (require.resolve.paths(file) ?? [])
      .map(folder => join(folder, file))
      .find(existsSync);
    if (!path) {
      throw new NotFoundError(`${file} is not installed`);
    }
    loaded = buildSchema(readFileSync(path, 'utf8'), { assumeValid: true });
  }
  return loaded;
}
