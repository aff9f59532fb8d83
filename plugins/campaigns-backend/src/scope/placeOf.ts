import { CatalogRepository } from '@skein/plugin-campaigns-node';
import { deepestWithin, isWithin } from './paths';
import { FileFinding, FrameworkFolder } from './types';

/** What places of a repository depend on. */
export interface RepositoryLayout {
  folders: FrameworkFolder[];
  components: CatalogRepository[];
  /** By path. */
  findings: ReadonlyMap<string, FileFinding>;
}

/**
 * The target that a file belongs to: the nearest framework folder that holds
 * it, or else the nearest component of the catalog. A file outside of all of
 * them that only mentions a name belongs to the one there is, if it is one.
 */
export function placeOfFile(layout: RepositoryLayout, path: string): string {
  const folder = deepestWithin(path, layout.folders);
  if (folder) return folder.path;
  const kind = layout.findings.get(path)?.kind;
  const harmless = kind === 'mention' || kind === 'other';
  if (harmless && layout.folders.length === 1) return layout.folders[0].path;
  return deepestWithin(path, layout.components)?.path ?? '';
}

/**
 * The target that a job of the lineage belongs to. Where its folder only holds
 * framework folders, it is the one with references, or the first of those.
 */
export function placeOfJob(layout: RepositoryLayout, path: string): string {
  const folder = deepestWithin(path, layout.folders);
  if (folder) return folder.path;
  const inside = layout.folders.filter(each => isWithin(each.path, path));
  if (inside.length === 1) return inside[0].path;
  const reading = inside.find(each =>
    [...layout.findings].some(
      ([file, finding]) =>
        finding.kind === 'reads' &&
        deepestWithin(file, layout.folders) === each,
    ),
  );
  return reading?.path ?? path;
}
