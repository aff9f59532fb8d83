import fs from 'fs';
import path from 'path';
import { parse } from 'yaml';
import { CampaignFiles } from '@skein/plugin-campaigns-common';

/** What of a campaign file can name other files. */
interface Naming {
  guide?: unknown;
  datasets?: Array<{
    mapping?: unknown;
    schemas?: Record<string, unknown>;
    samples?: Record<string, unknown>;
  }>;
}

/**
 * Reads a campaign file and the files that it names, as the API takes them:
 * texts by the path that the campaign file gives. What is not a file beside it
 * is left to the API to judge.
 */
export function readCampaignFiles(file: string): CampaignFiles {
  const yaml = fs.readFileSync(file, 'utf8');
  const folder = path.dirname(file);
  const texts = namedPaths(parse(yaml) ?? {})
    .filter(name => isFile(path.resolve(folder, name)))
    .map(name => [name, fs.readFileSync(path.resolve(folder, name), 'utf8')]);
  return { yaml, files: Object.fromEntries(texts) };
}

function namedPaths({ guide, datasets = [] }: Naming): string[] {
  const values = [
    guide,
    ...datasets.flatMap(it => [
      it.mapping,
      ...Object.values(it.schemas ?? {}),
      ...Object.values(it.samples ?? {}),
    ]),
  ];
  const names = values.filter((it): it is string => typeof it === 'string');
  return [...new Set(names)];
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
