import { RepositoryHead, RepositorySource } from '@skein/plugin-campaigns-node';
import { parseManifest } from '../manifest/parseManifest';
import { DbtProject, ResolvedProject } from '../types';
import { isProjectFile, parseProject } from './parseProject';
import { Placement, ProjectConfig } from './ProjectConfig';
import { asMap, YamlMap } from './YamlMap';

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

/** What reading projects takes. */
export interface ProjectContext {
  source: RepositorySource;
  readYaml(text: string): Promise<unknown[]>;
  /** Learns of each file that is too much to read, and why. */
  onUnread?(path: string, reason: string): void;
}

/** All dbt projects of a repository. */
export async function readProjects(
  context: ProjectContext,
  head: RepositoryHead,
  defaults: Placement,
): Promise<ProjectInRepository[]> {
  const files = (await context.source.listFiles(head)).map(file => file.path);
  const folders = files
    .filter(
      file => /(^|\/)dbt_project\.ya?ml$/.test(file) && !vendored.test(file),
    )
    .map(file => file.slice(0, Math.max(0, file.lastIndexOf('/'))));
  const projects: ProjectInRepository[] = [];
  for (const folder of folders) {
    const project = await readProject(
      context,
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
  context: ProjectContext,
  head: RepositoryHead,
  files: string[],
  folder: string,
  folders: string[],
  defaults: Placement,
): Promise<ProjectInRepository['project'] | undefined> {
  const { source } = context;
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
  const read = async (...paths: string[]) => {
    const path = paths.find(each => setup.has(each));
    return path === undefined
      ? undefined
      : readYamlFile(context, path, setup.get(path)!);
  };
  const config = ProjectConfig.of(
    await read(`${prefix}dbt_project.yml`, `${prefix}dbt_project.yaml`),
    await read(`${prefix}profiles.yml`, 'profiles.yml'),
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
  const yamls: YamlMap[] = [];
  for (const [path, text] of texts) {
    if (!/\.ya?ml$/i.test(path)) continue;
    const map = await readYamlFile(context, prefix + path, text);
    if (map) yamls.push(map);
  }
  return { from: 'files', project: parseProject(config, texts, yamls) };
}

/** The mapping at the top of a YAML file; undefined where it is none, or none that can be read. */
async function readYamlFile(
  { readYaml, onUnread }: ProjectContext,
  path: string,
  text: string,
): Promise<YamlMap | undefined> {
  try {
    const [first] = await readYaml(text);
    return asMap(first);
  } catch (error) {
    onUnread?.(path, (error as Error).message);
    return undefined;
  }
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
