import fs from 'fs';
import path from 'path';
import { parseAllDocuments } from 'yaml';

/** Refs of all entities that the examples put into the catalog. */
export function exampleEntityRefs(examplesFolder: string): string[] {
  const folder = path.join(examplesFolder, 'catalog');
  return fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .flatMap(name =>
      parseAllDocuments(fs.readFileSync(path.join(folder, name), 'utf8')),
    )
    .map(document => document.toJS())
    .filter(entity => entity?.kind)
    .map(({ kind, metadata }) =>
      `${kind}:${metadata.namespace ?? 'default'}/${
        metadata.name
      }`.toLowerCase(),
    );
}
