import { Checkout } from '../checkout/Checkout';
import { FolderView, RepositoryCheck, Verifier } from './types';
import { verifiers } from './verifiers';
import { viewFolder } from './viewFolder';

/** Checks of one target; a repository with more has the first of them run. */
const MAX_CHECKS = 40;

/**
 * The checks of a target that its repository brings. Each verifier looks in the
 * target's folder first, and then in those above it.
 *
 * @param environment - of the checks: tells which programs there are
 */
export async function findChecks(
  checkout: Checkout,
  path: string,
  environment: NodeJS.ProcessEnv,
): Promise<RepositoryCheck[]> {
  const texts = [...new Set(verifiers.flatMap(({ files }) => files))];
  const views: FolderView[] = [];
  for (const folder of foldersUpFrom(path)) {
    views.push(await viewFolder(checkout, folder, texts, environment));
  }
  return selectChecks(verifiers, views).slice(0, MAX_CHECKS);
}

/**
 * Which checks are run: those that the repository declares, and no other; or
 * else its own way to test where it has one, and its tools' checks.
 *
 * @param views - the target's folder first, the root last
 */
export function selectChecks(
  from: readonly Verifier[],
  views: readonly FolderView[],
): RepositoryCheck[] {
  const checksOf = (kind: Verifier['kind']) =>
    from
      .filter(verifier => verifier.kind === kind)
      .map(verifier => nearest(verifier, views));
  const declared = checksOf('declared').find(checks => checks.length > 0);
  if (declared) return declared;

  const entries = checksOf('entry').filter(checks => checks.length > 0);
  const entry =
    entries.find(checks => checks.some(check => !check.unavailable)) ??
    entries[0] ??
    [];
  const tools = checksOf('tool').flat();
  const [own] = entry.filter(check => !check.unavailable);
  return [
    ...entry,
    ...tools.filter(
      check =>
        check.role === 'lint' ||
        own === undefined ||
        // All are folders on the way up: the longer one is the nearer one.
        check.folder.length > own.folder.length,
    ),
  ];
}

function nearest(
  verifier: Verifier,
  views: readonly FolderView[],
): RepositoryCheck[] {
  for (const view of views) {
    const checks = verifier.detect(view);
    if (checks.length > 0) return checks;
  }
  return [];
}

function foldersUpFrom(path: string): string[] {
  const parts = path === '' ? [] : path.split('/');
  return [...parts.keys(), parts.length]
    .map(length => parts.slice(0, length).join('/'))
    .reverse();
}
