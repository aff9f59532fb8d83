import { ApiError, notFound, validationFailed } from '../../domain/ApiError';
import { signatureOf } from '../../domain/pulls/mergePull';
import { signatureLine } from '../../git/importHistory';
import { isoSeconds, Signature, TagObject } from '../../git/parse';
import { RepositoryRow } from '../../store/rows';
import { presentGitCommit } from '../../views/commits';
import { nodeId } from '../../domain/nodeId';
import { repositoryApi } from '../../views/repositories';
import {
  optionalObject,
  optionalText,
  requiredText,
  textList,
} from '../fields';
import { ApiRequest, Routes } from '../Routes';

/** Blobs, commits and tags of the git database. */
export function gitDataRoutes(routes: Routes): void {
  routes.on('GET', '/repos/:owner/:repo/git/blobs/:sha', async request => {
    const repository = request.repository('contents');
    const sha = request.param('sha');
    const blob = /^[0-9a-f]{40}$/.test(sha)
      ? await request.forge.git(repository).object(sha, 'blob')
      : undefined;
    if (!blob) {
      throw notFound();
    }
    if (request.accepts('raw')) {
      return {
        raw: {
          content: blob.content,
          type: 'application/vnd.github.raw; charset=utf-8',
        },
      };
    }
    return {
      json: {
        sha,
        node_id: nodeId('Blob', `${repository.id}:${sha}`),
        size: blob.content.length,
        url: repositoryApi(request.forge, repository, `/git/blobs/${sha}`),
        content: wrapBase64(blob.content),
        encoding: 'base64',
      },
    };
  });

  routes.on('POST', '/repos/:owner/:repo/git/blobs', async request => {
    const repository = request.repository('contents', 'write');
    const content = requiredText(request.body, 'content');
    const encoding = optionalText(request.body, 'encoding') ?? 'utf-8';
    const sha = await request.forge
      .git(repository)
      .writeObject(
        'blob',
        Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'),
      );
    const url = repositoryApi(request.forge, repository, `/git/blobs/${sha}`);
    return { status: 201, json: { url, sha }, headers: { location: url } };
  });

  routes.on('GET', '/repos/:owner/:repo/git/commits/:sha', async request => {
    const repository = request.repository('contents');
    const sha = request.param('sha');
    const commit = /^[0-9a-f]{40}$/.test(sha)
      ? await request.forge.git(repository).commit(sha)
      : undefined;
    if (!commit) {
      throw notFound();
    }
    return { json: presentGitCommit(request.forge, repository, commit) };
  });

  routes.on('POST', '/repos/:owner/:repo/git/commits', async request => {
    const repository = request.repository('contents', 'write');
    const { forge, body } = request;
    const git = forge.git(repository);
    const tree = requiredText(body, 'tree');
    const parents = textList(body, 'parents');
    const invalid = (field: string) =>
      validationFailed({ resource: 'Commit', field, code: 'invalid' });
    if (!/^[0-9a-f]{40}$/.test(tree) || !(await git.object(tree, 'tree'))) {
      throw new ApiError(422, 'Tree SHA does not exist');
    }
    for (const parent of parents) {
      if (!/^[0-9a-f]{40}$/.test(parent) || !(await git.commit(parent))) {
        throw new ApiError(
          422,
          'Parent SHA does not exist or is not a commit object',
        );
      }
    }
    const fallback = signatureOf(request.account());
    const author = signatureFrom(optionalObject(body, 'author'), fallback);
    if (!author) {
      throw invalid('author');
    }
    const committer =
      signatureFrom(optionalObject(body, 'committer'), author) ?? author;
    const sha = await git.writeCommit({
      tree,
      parents,
      author,
      committer,
      message: requiredText(body, 'message'),
    });
    return {
      status: 201,
      json: presentGitCommit(forge, repository, (await git.commit(sha))!),
      headers: {
        location: repositoryApi(forge, repository, `/git/commits/${sha}`),
      },
    };
  });

  routes.on('POST', '/repos/:owner/:repo/git/tags', async request => {
    const repository = request.repository('contents', 'write');
    const { forge, body } = request;
    const git = forge.git(repository);
    const object = requiredText(body, 'object');
    const name = requiredText(body, 'tag');
    const found = /^[0-9a-f]{40}$/.test(object)
      ? await git.object(object)
      : undefined;
    const tagger = signatureFrom(
      optionalObject(body, 'tagger'),
      signatureOf(request.account()),
    );
    if (!found || !tagger || !(await git.isValidRef(`refs/tags/${name}`))) {
      throw validationFailed({
        resource: 'Tag',
        field: found ? 'tag' : 'object',
        code: 'invalid',
      });
    }
    const sha = await git.writeObject(
      'tag',
      `object ${object}\ntype ${
        found.type
      }\ntag ${name}\ntagger ${signatureLine(tagger)}\n\n${requiredText(
        body,
        'message',
      ).replace(/\n*$/, '')}\n`,
    );
    return {
      status: 201,
      json: presentTag(request, repository, (await git.tag(sha))!),
    };
  });

  routes.on('GET', '/repos/:owner/:repo/git/tags/:sha', async request => {
    const repository = request.repository('contents');
    const sha = request.param('sha');
    const tag = /^[0-9a-f]{40}$/.test(sha)
      ? await request.forge.git(repository).tag(sha)
      : undefined;
    if (!tag) {
      throw notFound();
    }
    return { json: presentTag(request, repository, tag) };
  });
}

function presentTag(
  request: ApiRequest,
  repository: RepositoryRow,
  tag: TagObject,
) {
  const api = (path: string) => repositoryApi(request.forge, repository, path);
  return {
    node_id: nodeId('Tag', `${repository.id}:${tag.sha}`),
    tag: tag.tag,
    sha: tag.sha,
    url: api(`/git/tags/${tag.sha}`),
    message: tag.message,
    tagger: tag.tagger,
    object: {
      ...tag.object,
      url: api(`/git/${tag.object.type}s/${tag.object.sha}`),
    },
  };
}

/** Base64 in lines of 60 characters, as GitHub sends it. */
export function wrapBase64(content: Buffer): string {
  return content.toString('base64').replace(/.{60}/g, '$&\n');
}

/** A signature of a request; undefined when its date is none. */
export function signatureFrom(
  given: Record<string, unknown> | undefined,
  fallback: Signature,
): Signature | undefined {
  if (!given) {
    return fallback;
  }
  const date = optionalText(given, 'date') ?? fallback.date;
  return Number.isNaN(Date.parse(date))
    ? undefined
    : {
        name: requiredText(given, 'name'),
        email: requiredText(given, 'email'),
        date: isoSeconds(new Date(date)),
      };
}
