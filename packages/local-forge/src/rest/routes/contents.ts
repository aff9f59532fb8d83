import { ApiError, notFound, invalidRequest } from '../../domain/ApiError';
import { signatureOf } from '../../domain/pulls/mergePull';
import { writeGit } from '../../domain/syncRefs';
import { isTreePath } from '../../git/importHistory';
import { TreeEntry } from '../../git/parse';
import { RepositoryRow } from '../../store/rows';
import { encodePath, presentGitCommit } from '../../views/commits';
import { repositoryApi, repositoryPage } from '../../views/repositories';
import { optionalObject, optionalText, requiredText } from '../fields';
import { ApiRequest, Reply, Routes } from '../Routes';
import { signatureFrom, wrapBase64 } from './gitData';

/** GitHub gives no content above this size; the blobs route does. */
const contentLimit = 1024 * 1024;

async function presentEntry(
  request: ApiRequest,
  repository: RepositoryRow,
  entry: TreeEntry,
  ref: string,
  withContent: boolean,
) {
  const { forge } = request;
  const path = encodePath(entry.path);
  const url = repositoryApi(
    forge,
    repository,
    `/contents/${path}?ref=${encodeURIComponent(ref)}`,
  );
  const gitUrl = repositoryApi(
    forge,
    repository,
    `/git/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.sha}`,
  );
  const kind = entry.type === 'tree' ? 'tree' : 'blob';
  const htmlUrl = repositoryPage(forge, repository, `/${kind}/${ref}/${path}`);
  const type = contentType(entry);
  const content =
    type === 'file' || type === 'symlink'
      ? (await forge.git(repository).object(entry.sha))?.content
      : undefined;
  const shown = content && content.length <= contentLimit;
  return {
    type: withContent && type === 'symlink' ? 'file' : type,
    size: content?.length ?? 0,
    name: entry.path.split('/').pop() ?? '',
    path: entry.path,
    sha: entry.sha,
    url,
    git_url: gitUrl,
    html_url: htmlUrl,
    download_url:
      type === 'file'
        ? repositoryPage(forge, repository, `/raw/${ref}/${path}`)
        : null,
    _links: { self: url, git: gitUrl, html: htmlUrl },
    ...(withContent &&
      content && {
        content: shown ? wrapBase64(content) : '',
        encoding: shown ? 'base64' : 'none',
      }),
  };
}

function contentType(entry: TreeEntry): string {
  if (entry.type === 'tree') {
    return 'dir';
  }
  if (entry.type === 'commit') {
    return 'submodule';
  }
  return entry.mode === '120000' ? 'symlink' : 'file';
}

async function readContents(
  request: ApiRequest,
  givenPath: string,
): Promise<Reply> {
  const repository = request.repository('contents');
  const { forge } = request;
  const git = forge.git(repository);
  const ref = request.query('ref') ?? repository.defaultBranch;
  const commit = await forge.resolve(repository, ref);
  const path = givenPath.replace(/^\/+|\/+$/g, '');
  if (!commit) {
    throw new ApiError(
      404,
      request.query('ref') ? `No commit found for the ref ${ref}` : 'Not Found',
    );
  }
  const entry = await git.entry(commit, path);
  if (!entry) {
    throw notFound();
  }
  if (entry.type === 'tree') {
    const entries = (await git.tree(entry.sha)) ?? [];
    return {
      json: await Promise.all(
        entries.map(child =>
          presentEntry(
            request,
            repository,
            { ...child, path: path ? `${path}/${child.path}` : child.path },
            ref,
            false,
          ),
        ),
      ),
    };
  }
  if (request.accepts('raw') && entry.type === 'blob') {
    const blob = await git.object(entry.sha, 'blob');
    return {
      raw: {
        content: blob?.content ?? '',
        type: 'application/vnd.github.raw; charset=utf-8',
      },
    };
  }
  return { json: await presentEntry(request, repository, entry, ref, true) };
}

/** Writes or deletes one file in one commit on a branch. */
async function changeFile(
  request: ApiRequest,
  content: Buffer | undefined,
): Promise<Reply> {
  const repository = request.repository('contents', 'write');
  const { forge, body } = request;
  const account = request.account();
  const path = request.param('path');
  const branch = optionalText(body, 'branch') ?? repository.defaultBranch;
  const message = requiredText(body, 'message');
  const known = optionalText(body, 'sha');
  const committer = signatureFrom(
    optionalObject(body, 'committer'),
    signatureOf(account),
  );
  const author =
    committer && signatureFrom(optionalObject(body, 'author'), committer);
  if (!isTreePath(path)) {
    throw new ApiError(422, 'path contains a malformed path component');
  }
  if (!committer || !author) {
    throw invalidRequest('The date is not a date.');
  }
  return writeGit(forge, repository, account, async git => {
    const refs = await git.refs();
    const parent = refs.get(`refs/heads/${branch}`);
    if (!parent && refs.size > 0) {
      throw new ApiError(404, `Branch ${branch} not found`);
    }
    const old = parent ? await git.entry(parent, path) : undefined;
    if (!old && content === undefined) {
      throw notFound();
    }
    if (old && !known) {
      throw invalidRequest('"sha" wasn\'t supplied.');
    }
    if (known && known !== old?.sha) {
      throw new ApiError(409, `${path} does not match ${known}`);
    }
    const [sha] = await git.importHistory(
      `refs/heads/${branch}`,
      [{ message, author, committer, files: [{ path, content }] }],
      parent,
    );
    const commit = await git.commit(sha);
    const entry = await git.entry(sha, path);
    const shown = presentGitCommit(forge, repository, commit!);
    return {
      status: old ? 200 : 201,
      json: {
        content: entry
          ? await presentEntry(request, repository, entry, branch, false)
          : null,
        commit: shown,
      },
    };
  });
}

export function contentRoutes(routes: Routes): void {
  routes.on('GET', '/repos/:owner/:repo/contents', request =>
    readContents(request, ''),
  );
  routes.on('GET', '/repos/:owner/:repo/contents/:path(*)', request =>
    readContents(request, request.param('path')),
  );
  routes.on('PUT', '/repos/:owner/:repo/contents/:path(*)', request => {
    const content = requiredText(request.body, 'content');
    if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(content)) {
      throw new ApiError(422, 'content is not valid Base64');
    }
    return changeFile(request, Buffer.from(content, 'base64'));
  });
  routes.on('DELETE', '/repos/:owner/:repo/contents/:path(*)', request => {
    for (const name of ['sha', 'message', 'branch']) {
      const value = request.query(name);
      if (value !== undefined && request.body[name] === undefined) {
        request.raw.body = { ...request.body, [name]: value };
      }
    }
    requiredText(request.body, 'sha');
    return changeFile(request, undefined);
  });
  routes.on('GET', '/repos/:owner/:repo/readme', async request => {
    const repository = request.repository('contents');
    const commit = await request.forge.resolve(repository, 'HEAD');
    const root = commit && (await request.forge.git(repository).commit(commit));
    const entries = root
      ? await request.forge.git(repository).tree(root.tree)
      : [];
    const readme = entries?.find(({ path }) => /^readme(\.|$)/i.test(path));
    if (!readme) {
      throw notFound();
    }
    return readContents(request, readme.path);
  });
}
