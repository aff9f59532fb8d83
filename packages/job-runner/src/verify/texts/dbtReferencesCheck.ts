import { SourceFile } from '@skein/mapping-rewriter';
import { TextCheck } from '../types';

const REF = /\bref\(\s*(['"])([^'"\n]+)\1\s*([,)])/g;
const SNAPSHOT = /\{%-?\s*snapshot\s+(\w+)/g;
const JINJA_COMMENT = /\{#[^]*?#\}/g;

/** Every `ref()` of a dbt project names one of its models, seeds or snapshots. */
export const dbtReferencesCheck: TextCheck = {
  name: 'dbt refs resolve',
  verifies: true,
  applies: files =>
    files.some(file => /(^|\/)dbt_project\.ya?ml$/.test(file.path)) &&
    !usesAbsentPackages(files),
  problems(files) {
    const names = namesOf(files);
    return files
      .filter(file => file.path.endsWith('.sql'))
      .flatMap(file =>
        refsOf(file.content)
          .filter(name => !names.has(name))
          .map(name => ({
            file: file.path,
            message: `ref('${name}') names no model, seed or snapshot`,
          })),
      );
  },
};

/** A name may then belong to a package that is not in the repository. */
function usesAbsentPackages(files: SourceFile[]): boolean {
  const declared = files.some(file =>
    /(^|\/)(packages|dependencies)\.ya?ml$/.test(file.path),
  );
  return (
    declared && !files.some(file => /(^|\/)dbt_packages\//.test(file.path))
  );
}

function namesOf(files: SourceFile[]): Set<string> {
  const names = new Set<string>();
  for (const { path, content } of files) {
    const stem = /([^/]+)\.(?:sql|py|csv)$/.exec(path)?.[1];
    if (!stem) continue;
    names.add(stem);
    // A versioned model, `orders_v2`, is referred to as `orders`.
    names.add(stem.replace(/_v\d+$/, ''));
    for (const match of content.matchAll(SNAPSHOT)) names.add(match[1]);
  }
  return names;
}

/** Names in `ref('name')`; with two arguments the first is a package. */
function refsOf(content: string): string[] {
  const code = content.replace(JINJA_COMMENT, '');
  return [...code.matchAll(REF)]
    .filter(match => match[3] === ')')
    .map(match => match[2]);
}
