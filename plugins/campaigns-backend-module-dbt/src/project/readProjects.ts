import { RepositoryHead, RepositorySource } from '@skein/plugin-campaigns-node';
import { parseManifest } from '../manifest/parseManifest';
import { DbtProject, ResolvedProject } from '../types';
import { isProjectFile, parseProject } from './parseProject';
import { Placement, ProjectConfig } from './ProjectConfig';

/** Files read at one time. */
const FILES_AT_ONCE = 500;
/** Folders that tools fill with other people's code. */
const vendored = /(^|\/)(dbt_packages|dbt_modules|target|node_modules)\//;

/** A project in a repository. */
export interface ProjectInRepository {
  /** Folder in the repository; empty for the root. */
  folder: string;
  /** By its files, or by the manifest that lies among them. */
  project:
    | { from: 'files'; project: DbtProject }
    | { from: 'manifest'; project: ResolvedProject };
}

/** All dbt projects of a repository. */
export async function readProjects(
  source: RepositorySource,
  head: RepositoryHead,
  defaults: Placement,
): Promise<ProjectInRepository[]> {
  const files = (await source.listFiles(head)).map(file => file.path);
  const folders = files
    .filter(
      file => /(^|\/)dbt_project\.ya?ml$/.test(file) && !vendored.test(file),
    )
    .map(file => file.slice(0, Math.max(0, file.lastIndexOf('/'))));
  const projects: ProjectInRepository[] = [];
  for (const folder of folders) {
    const project = await readProject(
      source,
      head,
      files,
      folder,
      folders,
      defaults,
    );
    if (project) projects.push({ folder, project });
  }
  return projects;
}

async function readProject(
  source: RepositorySource,
  head: RepositoryHead,
  files: string[],
  folder: string,
  folders: string[],
  defaults: Placement,
): Promise<ProjectInRepository['project'] | undefined> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const setup = await source.readFiles(
    head,
    [
      `${prefix}dbt_project.yml`,
      `${prefix}dbt_project.yaml`,
      `${prefix}profiles.yml`,
      'profiles.yml',
      `${prefix}target/manifest.json`,
    ].filter(path => files.includes(path)),
  );
  const manifest = setup.get(`${prefix}target/manifest.json`);
  if (manifest !== undefined) {
    try {
      return {
        from: 'manifest',
        project: parseManifest(manifest, `${prefix}target/manifest.json`),
      };
    } catch {
      // Committed by accident and broken: the files themselves say it as well.
    }
  }
  const config = ProjectConfig.parse(
    setup.get(`${prefix}dbt_project.yml`) ??
      setup.get(`${prefix}dbt_project.yaml`),
    setup.get(`${prefix}profiles.yml`) ?? setup.get('profiles.yml'),
    defaults,
  );
  if (!config) return undefined;
  const own = files
    .filter(
      file =>
        file.startsWith(prefix) &&
        !vendored.test(file) &&
        isNearest(folder, file, folders),
    )
    .map(file => file.slice(prefix.length))
    .filter(file => isProjectFile(config, file));
  const texts = new Map<string, string>();
  // Of a seed only the name counts.
  for (const file of own.filter(isSeed)) texts.set(file, '');
  const wanted = own.filter(file => !isSeed(file));
  for (let start = 0; start < wanted.length; start += FILES_AT_ONCE) {
    const some = await source.readFiles(
      head,
      wanted.slice(start, start + FILES_AT_ONCE).map(file => prefix + file),
    );
    for (const [path, text] of some) texts.set(path.slice(prefix.length), text);
  }
  return { from: 'files', project: parseProject(config, texts) };
}

function isSeed(file: string): boolean {
  return /\.csv$/i.test(file);
}

/** Whether no other project lies between a project and a file. */
function isNearest(folder: string, file: string, folders: string[]): boolean {
  return !folders.some(
    other => other.length > folder.length && file.startsWith(`${other}/`),
  );
}
