import { ApiError, notFound } from '../../domain/ApiError';
import type { Forge } from '../../domain/Forge';
import { runGit } from '../../git/runGit';
import { emptyTree } from '../../git/GitRepository';
import { RepositoryRow } from '../../store/rows';
import { presentCommit, presentFile } from '../../views/commits';
import {
  fullName,
  repositoryApi,
  repositoryPage,
} from '../../views/repositories';
import { findPull } from '../../domain/pulls/emitPull';
import { presentPullSummary } from '../../views/pulls';
import { linkHeader, pageOf, pageReply, slice } from '../paginate';
import { ApiRequest, Reply, Routes } from '../Routes';

async function commitOf(request: ApiRequest, repository: RepositoryRow) {
  const name = request.param('ref');
  const sha = await request.forge.resolve(repository, name);
  const commit = sha && (await request.forge.git(repository).commit(sha));
  if (!commit) {
    throw new ApiError(422, `No commit found for SHA: ${name}`);
  }
  return commit;
}

/** Commits, comparisons of two, and archives of one. */
export function commitRoutes(routes: Routes): void {
  routes.on('GET', '/repos/:owner/:repo/commits', async request => {
    const repository = request.repository('contents');
    const { forge } = request;
    const start = request.query('sha') ?? repository.defaultBranch;
    const sha = await forge.resolve(repository, start);
    if (!sha) {
      if (forge.store.refs.count({ repositoryId: repository.id }) === 0) {
        throw new ApiError(409, 'Git Repository is empty.');
      }
      throw notFound();
    }
    const commits = await forge.git(repository).log(sha, {
      limit: 10_000,
      path: request.query('path'),
      since: request.query('since'),
      until: request.query('until'),
      author: request.query('author'),
    });
    return pageReply(request, commits, commit =>
      presentCommit(forge, repository, commit),
    );
  });

  routes.on('GET', '/repos/:owner/:repo/commits/:ref(*)/pulls', request => {
    const repository = request.repository('pull_requests');
    const { forge } = request;
    const sha = request.param('ref');
    const found = forge.store.pulls.select(
      'SELECT * FROM pulls WHERE repositoryId = ? AND (headSha = ? OR mergeCommitSha = ?)',
      [repository.id, sha, sha],
    );
    return pageReply(request, found, pull =>
      presentPullSummary(forge, findPull(forge, repository, pull.number)!),
    );
  });

  routes.on('GET', '/repos/:owner/:repo/commits/:ref', async request => {
    const repository = request.repository('contents');
    const { forge } = request;
    const commit = await commitOf(request, repository);
    const git = forge.git(repository);
    const from = commit.parents[0] ?? emptyTree;
    if (request.accepts('diff') || request.accepts('patch')) {
      return {
        raw: {
          content: await git.diffText(from, commit.sha),
          type: 'application/vnd.github.diff; charset=utf-8',
        },
      };
    }
    if (request.accepts('application/vnd.github.sha')) {
      return {
        raw: {
          content: commit.sha,
          type: 'application/vnd.github.sha; charset=utf-8',
        },
      };
    }
    const files = await git.diffFiles(from, commit.sha);
    const additions = files.reduce((sum, file) => sum + file.additions, 0);
    const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
    return {
      json: {
        ...presentCommit(forge, repository, commit),
        stats: { total: additions + deletions, additions, deletions },
        files: slice(request, files).map(file =>
          presentFile(forge, repository, file, commit.sha),
        ),
      },
      headers: linkHeader(request, files.length),
    };
  });

  routes.on('GET', '/repos/:owner/:repo/compare/:span(*)', compare);

  routes.on('GET', '/repos/:owner/:repo/tarball', request =>
    redirectArchive(request, 'tar.gz'),
  );
  routes.on('GET', '/repos/:owner/:repo/tarball/:ref(*)', request =>
    redirectArchive(request, 'tar.gz'),
  );
  routes.on('GET', '/repos/:owner/:repo/zipball/:ref(*)', request =>
    redirectArchive(request, 'zip'),
  );
  routes.on(
    'GET',
    '/repos/:owner/:repo/_archive/:format/:ref',
    async request => {
      const repository = request.repository('contents');
      const sha = request.param('ref');
      const format = request.param('format') === 'zip' ? 'zip' : 'tar.gz';
      const { forge } = request;
      if (!(await forge.resolve(repository, sha))) {
        throw notFound();
      }
      return archive(forge, repository, sha, format);
    },
  );
}

async function compare(request: ApiRequest): Promise<Reply> {
  const repository = request.repository('contents');
  const { forge } = request;
  const git = forge.git(repository);
  const span = request.param('span');
  const [base, head] = await Promise.all(
    [span.split('...')[0], span.split('...').slice(1).join('...')].map(name =>
      forge.resolve(repository, name.split(':').pop() ?? ''),
    ),
  );
  if (!base || !head) {
    throw notFound();
  }
  const mergeBase = await git.mergeBase(base, head);
  if (!mergeBase) {
    throw new ApiError(
      404,
      `No common ancestor between ${span.replace('...', ' and ')}.`,
    );
  }
  if (request.accepts('diff')) {
    return {
      raw: {
        content: await git.diffText(mergeBase, head),
        type: 'application/vnd.github.diff; charset=utf-8',
      },
    };
  }
  const [{ ahead, behind }, files, commits] = await Promise.all([
    git.aheadBehind(base, head),
    git.diffFiles(mergeBase, head),
    git.log(head, { from: base, limit: 10_000 }),
  ]);
  const api = repositoryApi(forge, repository, `/compare/${span}`);
  const page = repositoryPage(forge, repository, `/compare/${span}`);
  const status = () => {
    if (ahead > 0) {
      return behind > 0 ? 'diverged' : 'ahead';
    }
    return behind > 0 ? 'behind' : 'identical';
  };
  const show = async (sha: string) =>
    presentCommit(forge, repository, (await git.commit(sha))!);
  const paged = request.query('per_page') ?? request.query('page');
  const shown = paged
    ? slice(request, commits.reverse())
    : commits.reverse().slice(0, 250);
  return {
    json: {
      url: api,
      html_url: page,
      permalink_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      base_commit: await show(base),
      merge_base_commit: await show(mergeBase),
      status: status(),
      ahead_by: ahead,
      behind_by: behind,
      total_commits: ahead,
      commits: shown.map(commit => presentCommit(forge, repository, commit)),
      // GitHub lists files on the first page only, 300 at most.
      files:
        pageOf(request).page > 1
          ? []
          : files
              .slice(0, 300)
              .map(file => presentFile(forge, repository, file, head)),
    },
    headers: paged ? linkHeader(request, commits.length) : {},
  };
}

async function redirectArchive(
  request: ApiRequest,
  format: 'tar.gz' | 'zip',
): Promise<Reply> {
  const repository = request.repository('contents');
  const ref = request.param('ref') || 'HEAD';
  const sha = await request.forge.resolve(repository, ref);
  if (!sha) {
    throw notFound();
  }
  return {
    status: 302,
    headers: {
      location: repositoryApi(
        request.forge,
        repository,
        `/_archive/${format}/${sha}`,
      ),
    },
  };
}

async function archive(
  forge: Forge,
  repository: RepositoryRow,
  sha: string,
  format: 'tar.gz' | 'zip',
): Promise<Reply> {
  const name = `${fullName(forge, repository).replace('/', '-')}-${sha.slice(
    0,
    7,
  )}`;
  const { stdout } = await runGit(forge.git(repository).directory, [
    'archive',
    `--format=${format}`,
    `--prefix=${name}/`,
    sha,
  ]);
  return {
    raw: {
      content: stdout,
      type: format === 'zip' ? 'application/zip' : 'application/x-gzip',
    },
    headers: {
      'content-disposition': `attachment; filename=${name}.${format}`,
    },
  };
}
