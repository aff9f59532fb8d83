import { Reference, SourceFile, TextRange } from '@skein/mapping-rewriter';
import { RepositoryRef } from '@skein/plugin-campaigns-common';
import {
  FrameworkDetector,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { classifyFile, isDocumentation } from './findings/classifyFile';
import { RetiredNames } from './findings/RetiredNames';
import { detectFolders, detectionCandidates } from './frameworks/detectFolders';
import { locateHits } from './locateHits';
import { RepositoryYaml } from '../references';
import { codeownersPaths } from '../codeowners/codeowners';
import { baseName, deepestWithin } from './paths';
import {
  FileFinding,
  FrameworkFolder,
  RepositoryContents,
  SearchHit,
} from './types';

/** Finds the datasets that files of one project read and write; paths are relative to the project. */
export type FindReferences = (
  files: SourceFile[],
) => Reference[] | Promise<Reference[]>;

/** What looking into a repository takes. */
export interface ReadContentsOptions {
  source: RepositorySource;
  detectors: FrameworkDetector[];
  findReferences: FindReferences;
  yaml: RepositoryYaml;
  names: RetiredNames;
  archived: boolean;
}

/** Files that tell what names in other files of a project mean, at most. */
const MAX_CONTEXT_FILES = 400;

/** Looks into a repository, as far as its hits and its layout need. */
export async function readContents(
  repository: RepositoryRef,
  hits: SearchHit[],
  options: ReadContentsOptions,
): Promise<RepositoryContents> {
  const { source, detectors, names, archived } = options;
  const head = await source.head(repository);
  const files = (await source.listFiles(head)).map(file => file.path);
  const present = new Set(files);
  const candidates = await source.readFiles(
    head,
    detectionCandidates(detectors, files),
  );
  const folders = detectFolders(detectors, files, candidates);
  const hitFiles = [...new Set(hits.map(hit => hit.path))];
  const texts = await source.readFiles(
    head,
    wantedFiles(
      files,
      folders,
      hitFiles.filter(path => present.has(path)),
    ),
  );
  const references = await findInProjects(
    folders,
    [...texts].filter(([path]) => !codeownersPaths.includes(path)),
    hitFiles,
    options.findReferences,
  );
  const findings = new Map<string, FileFinding>();
  const lines = linesByFile(locateHits(hits, texts));
  for (const [path, hitLines] of lines) {
    if (!present.has(path)) {
      // The search's index lags behind the code.
      const detail = 'in a file that is gone';
      findings.set(path, { kind: 'mention', detail, lines: [] });
      continue;
    }
    const found = references.get(path);
    const text = texts.get(path);
    findings.set(
      path,
      found instanceof Error
        ? {
            kind: 'unclear',
            detail: `could not be resolved (${found.message})`,
            lines: hitLines,
          }
        : classifyFile(
            { path, text, prose: await proseOf(path, text, options.yaml) },
            hitLines,
            found ?? [],
            names,
          ),
    );
  }
  const codeowners = codeownersPaths.find(path => texts.has(path));
  return {
    state: 'read',
    archived,
    texts: new Map([...texts].filter(([path]) => lines.has(path))),
    folders,
    codeowners: codeowners && texts.get(codeowners),
    findings,
  };
}

/** The files with hits, and those that tell what names in them mean. */
function wantedFiles(
  files: string[],
  folders: FrameworkFolder[],
  hitFiles: string[],
): string[] {
  const present = new Set(files);
  const touched = new Set(
    hitFiles.map(file => deepestWithin(file, folders)?.path),
  );
  const context = files
    .filter(file => {
      const folder = deepestWithin(file, folders);
      if (!folder || !touched.has(folder.path)) return false;
      if (folder.framework === 'dbt') return /\.ya?ml$/i.test(file);
      return /^job\.ya?ml$/.test(baseName(file));
    })
    .slice(0, MAX_CONTEXT_FILES);
  return [
    ...new Set([
      ...hitFiles,
      ...context,
      ...codeownersPaths.filter(file => present.has(file)),
    ]),
  ];
}

/** The references of each file, project by project; an error for those of a project that could not be resolved. */
async function findInProjects(
  folders: FrameworkFolder[],
  texts: Array<[string, string]>,
  hitFiles: string[],
  findReferences: FindReferences,
): Promise<Map<string, Reference[] | Error>> {
  const projects = new Map<string, Array<[string, string]>>();
  for (const [path, text] of texts) {
    if (isDocumentation(path)) continue;
    const root = deepestWithin(path, folders)?.path ?? '';
    const project = projects.get(root);
    if (project) project.push([path, text]);
    else projects.set(root, [[path, text]]);
  }
  const references = new Map<string, Reference[] | Error>();
  const withHits = new Set(hitFiles);
  for (const [root, files] of projects) {
    if (!files.some(([path]) => withHits.has(path))) continue;
    const prefix = root === '' ? '' : `${root}/`;
    try {
      const found = await findReferences(
        files.map(([path, content]) => ({
          path: path.slice(prefix.length),
          content,
        })),
      );
      for (const reference of found) {
        const path = `${prefix}${reference.file}`;
        const list = references.get(path);
        if (Array.isArray(list)) list.push(reference);
        else references.set(path, [reference]);
      }
    } catch (error) {
      const problem = error instanceof Error ? error : new Error(String(error));
      for (const [path] of files) references.set(path, problem);
    }
  }
  return references;
}

/** What a YAML file says to people; an error where that could not be told. */
async function proseOf(
  path: string,
  text: string | undefined,
  yaml: RepositoryYaml,
): Promise<TextRange[] | Error> {
  if (text === undefined || !/\.ya?ml$/i.test(path)) return [];
  try {
    return await yaml.read('prose', text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function linesByFile(hits: SearchHit[]): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const { path, line } of hits) {
    const list = lines.get(path);
    if (!list) lines.set(path, [line]);
    else if (!list.includes(line)) list.push(line);
  }
  return lines;
}
