import { ApiError, notFound } from '../../domain/ApiError';
import { editTree } from '../../git/editTree';
import { isTreePath } from '../../git/importHistory';
import { entryType, TreeEntry } from '../../git/parse';
import { RepositoryRow } from '../../store/rows';
import { repositoryApi } from '../../views/repositories';
import { objectList, optionalText, requiredText } from '../fields';
import { ApiRequest, Routes } from '../Routes';

/** GitHub lists at most this many entries of a tree. */
const treeLimit = 100_000;

function presentTree(
  request: ApiRequest,
  repository: RepositoryRow,
  sha: string,
  entries: TreeEntry[],
) {
  const { forge } = request;
  return {
    sha,
    url: repositoryApi(forge, repository, `/git/trees/${sha}`),
    tree: entries.slice(0, treeLimit).map(entry => ({
      path: entry.path,
      mode: entry.mode,
      type: entry.type,
      sha: entry.sha,
      ...(entry.size !== undefined && { size: entry.size }),
      ...(entry.type !== 'commit' && {
        url: repositoryApi(
          forge,
          repository,
          `/git/${entry.type}s/${entry.sha}`,
        ),
      }),
    })),
    truncated: entries.length > treeLimit,
  };
}

/** Trees of the git database. */
export function treeRoutes(routes: Routes): void {
  routes.on('GET', '/repos/:owner/:repo/git/trees/:sha(*)', async request => {
    const repository = request.repository('contents');
    const { forge } = request;
    const git = forge.git(repository);
    const name = request.param('sha');
    const commit = await forge.resolve(repository, name);
    const sha = commit
      ? (await git.commit(commit))!.tree
      : /^[0-9a-f]{40}$/.test(name) && (await git.object(name, 'tree'))?.sha;
    if (!sha) {
      throw notFound();
    }
    const deep = request.raw.query.recursive !== undefined;
    const entries = deep
      ? await git.listTree(sha)
      : await withSizes(git, (await git.tree(sha))!);
    return { json: presentTree(request, repository, sha, entries) };
  });

  routes.on('POST', '/repos/:owner/:repo/git/trees', async request => {
    const repository = request.repository('contents', 'write');
    const { forge, body } = request;
    const git = forge.git(repository);
    const base = optionalText(body, 'base_tree');
    const entries = await Promise.all(
      objectList(body, 'tree').map(async entry => {
        const path = requiredText(entry, 'path');
        const mode = optionalText(entry, 'mode') ?? '100644';
        const content = optionalText(entry, 'content');
        if (
          !isTreePath(path) ||
          !['100644', '100755', '040000', '160000', '120000'].includes(mode)
        ) {
          throw new ApiError(
            422,
            'tree.path contains a malformed path component',
          );
        }
        const sha =
          content === undefined
            ? optionalText(entry, 'sha')
            : await git.writeObject('blob', content);
        if (sha && mode !== '160000' && !(await git.object(sha))) {
          throw new ApiError(
            422,
            `tree.sha ${sha} is not a valid ${entryType(mode)}`,
          );
        }
        return { path, mode, type: entryType(mode), sha };
      }),
    );
    const baseTree =
      base &&
      ((await git.object(`${/^[0-9a-f]{40}$/.test(base) ? base : ''}^{tree}`))
        ?.sha ??
        notFoundTree());
    const sha = await editTree(git, baseTree || undefined, entries);
    return {
      status: 201,
      json: presentTree(
        request,
        repository,
        sha,
        await withSizes(git, (await git.tree(sha)) ?? []),
      ),
    };
  });
}

function notFoundTree(): never {
  throw notFound();
}

async function withSizes(
  git: { object(sha: string): Promise<{ content: Buffer } | undefined> },
  entries: TreeEntry[],
): Promise<TreeEntry[]> {
  return Promise.all(
    entries.map(async entry => ({
      ...entry,
      size:
        entry.type === 'blob'
          ? (await git.object(entry.sha))?.content.length
          : undefined,
    })),
  );
}
