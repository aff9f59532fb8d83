import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

/** The folder of the example organisation. */
export const root = fileURLToPath(new URL('.', import.meta.url));

/** Paths of all files below a folder, relative to it, with `/`, sorted. */
export function listFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .map(name => name.toString())
    .filter(name => statSync(join(folder, name)).isFile())
    .map(name => name.split(sep).join('/'))
    .sort();
}

/** The content of a YAML file; throws where it does not parse. */
export function readYaml(...path) {
  return parse(readFileSync(join(root, ...path), 'utf8'));
}

/** All entities of `catalog/`, each with the file that it is from. */
export function readEntities(folder = join(root, 'catalog')) {
  return listFiles(folder).flatMap(file =>
    parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map(
      document => {
        if (document.errors.length > 0) throw document.errors[0];
        return { file, entity: document.toJS() };
      },
    ),
  );
}

/** The entity ref in full, in lower case. */
export function refOf({ kind, metadata }) {
  return `${kind}:${metadata.namespace ?? 'default'}/${
    metadata.name
  }`.toLowerCase();
}

/**
 * Splits the files of a repository over its commits, as history.yaml says.
 *
 * @returns for each commit its message, author, date and the files that it adds
 */
export function planCommits(history, name, files) {
  const commits = history.repositories[name] ?? history.default;
  let left = files;
  return commits.map(({ files: patterns, ...commit }) => {
    const brought = left.filter(
      file =>
        patterns === undefined ||
        patterns.some(pattern =>
          pattern.endsWith('/') ? file.startsWith(pattern) : file === pattern,
        ),
    );
    left = left.filter(file => !brought.includes(file));
    return { ...commit, files: brought };
  });
}
