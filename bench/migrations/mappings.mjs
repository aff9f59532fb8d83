import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { parse } = createRequire(
  new URL('../../packages/mapping-rewriter/package.json', import.meta.url),
)('yaml');
const {
  parseMapping,
  checkMapping,
} = require('../../packages/mapping-rewriter/dist/mapping-rewriter.cjs');

/** Why a file of ours may differ from the maintainers'; `ours wrong` must stay empty. */
export const CAUSES = [
  'maintainers did more',
  'maintainers did less',
  'maintainers did otherwise',
  'white space',
  'mapping incomplete',
  'refused',
  'ours wrong',
];

/** The path and evidence of each known difference, by path. */
function readDifferences(name, differences) {
  const byPath = new Map();
  for (const [cause, files] of Object.entries(differences)) {
    if (!CAUSES.includes(cause)) {
      throw new Error(
        `${name}: '${cause}' is no cause; those are ${CAUSES.join(', ')}`,
      );
    }
    for (const [path, evidence] of Object.entries(files)) {
      if (byPath.has(path) || !evidence) {
        throw new Error(`${name}: ${path} needs one cause with its evidence`);
      }
      byPath.set(path, { cause, evidence });
    }
  }
  return byPath;
}

function readMapping(folder, name) {
  const {
    commit,
    root = '',
    options = {},
    differences = {},
    tables,
  } = parse(readFileSync(join(folder, name), 'utf8'));
  const parsed = parseMapping(JSON.stringify({ tables }), 'yaml');
  const problems = [...parsed.problems, ...checkMapping(parsed.tables)].filter(
    problem => problem.severity === 'error',
  );
  if (problems.length > 0) {
    throw new Error(`${name}: ${problems.map(p => p.message).join('; ')}`);
  }
  return {
    commit,
    root,
    options,
    tables: parsed.tables,
    differences: readDifferences(name, differences),
  };
}

/** The mapping of each case, by the commit of the case. */
export function readMappings(folder) {
  return new Map(
    readdirSync(folder)
      .filter(name => name.endsWith('.yaml'))
      .map(name => readMapping(folder, name))
      .map(mapping => [mapping.commit, mapping]),
  );
}
