import { CampaignSpec } from '@skein/plugin-campaigns-common';
import { readdirSync, readFileSync } from 'fs';
import { dirname, join, relative } from 'path';
import { parse } from 'yaml';
import { ContextContent, contextOf } from '../../campaigns/context';
import { parseCampaign } from '../../campaigns/spec';
import { RepositoryFiles } from './gitSource';

/** The folder of the example organisation. */
export const exampleFolder = join(
  dirname(require.resolve('@skein/plugin-campaigns-backend/package.json')),
  '..',
  '..',
  'examples',
);

/** One entry of the example organisation's truth table. */
export interface ExpectedTarget {
  campaign: string;
  repository: string;
  path: string;
  state: string;
  changes?: string[];
}

/** Paths of all files below a folder, relative to it. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)));
}

/** For tests: the context of one of the example campaigns. */
export function readExampleContext(file: string): ContextContent {
  return contextOf(readExampleSpec(file));
}

/** For tests: one of the example campaigns, as its file says. */
export function readExampleSpec(file: string): CampaignSpec {
  const folder = join(exampleFolder, 'campaigns');
  const files = Object.fromEntries(
    ['campaigns', 'schemas', 'samples', 'guides'].flatMap(name =>
      listFiles(join(exampleFolder, name)).map(path => [
        relative(folder, join(exampleFolder, name, path)),
        readFileSync(join(exampleFolder, name, path), 'utf8'),
      ]),
    ),
  );
  const yaml = readFileSync(join(folder, file), 'utf8');
  const { spec, problems } = parseCampaign({ yaml, files });
  if (!spec) throw new Error(JSON.stringify(problems));
  return spec;
}

/** For tests: the targets of an example campaign that jobs work on. */
export function readExpectedTargets(campaign: string): ExpectedTarget[] {
  const { targets } = parse(
    readFileSync(join(exampleFolder, 'expected.yaml'), 'utf8'),
  );
  return (targets as ExpectedTarget[]).filter(
    target => target.campaign === campaign && target.state !== 'outOfScope',
  );
}

/** For tests: the files of an example repository, `owner/name`. */
export function readExampleRepository(repository: string): RepositoryFiles {
  const folder = join(exampleFolder, 'repositories', repository.split('/')[1]);
  return Object.fromEntries(
    listFiles(folder).map(path => [path, readFileSync(join(folder, path))]),
  );
}

/** For tests: a file as a careful engineer would commit it. */
export function readExpectedFile(target: ExpectedTarget, path: string): string {
  const [, name] = target.repository.split('/');
  return readFileSync(
    join(exampleFolder, 'expected', target.campaign, name, path),
    'utf8',
  );
}
