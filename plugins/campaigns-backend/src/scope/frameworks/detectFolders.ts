import { FrameworkDetector } from '@skein/plugin-campaigns-node';
import { FrameworkFolder } from '../types';

/** Files that detectors may want to look into, of one repository. */
const MAX_CANDIDATES = 500;

/** The files whose texts the detectors want, bounded. */
export function detectionCandidates(
  detectors: FrameworkDetector[],
  files: string[],
): string[] {
  const wanted = new Set(
    detectors.flatMap(detector => detector.candidates?.(files) ?? []),
  );
  return [...wanted].sort().slice(0, MAX_CANDIDATES);
}

/**
 * The folders of frameworks in a repository, by path. Where two detectors claim
 * a folder, the earlier one has it.
 */
export function detectFolders(
  detectors: FrameworkDetector[],
  files: string[],
  texts: ReadonlyMap<string, string>,
): FrameworkFolder[] {
  const folders = new Map<string, FrameworkFolder>();
  for (const detector of detectors) {
    for (const path of detector.detect(files, texts)) {
      if (!folders.has(path)) {
        folders.set(path, { path, framework: detector.framework });
      }
    }
  }
  return [...folders.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
