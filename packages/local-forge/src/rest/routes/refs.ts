import { ApiError, notFound, validationFailed } from '../../domain/ApiError';
import type { Forge } from '../../domain/Forge';
import { writeGit } from '../../domain/syncRefs';
import { nullSha } from '../../git/GitRepository';
import { RepositoryRow } from '../../store/rows';
import { presentCommit, presentRef } from '../../views/commits';
import { repositoryApi, repositoryPage } from '../../views/repositories';
import { optionalBoolean, requiredText } from '../fields';
import { pageReply } from '../paginate';
import { ApiRequest, Routes } from '../Routes';

async function showRef(
  forge: Forge,
  repository: RepositoryRow,
  ref: { name: string; sha: string },
) {
  const object = await forge.git(repository).object(ref.sha);
  return presentRef(forge, repository, ref, object?.type ?? 'commit');
}

function findRef(request: ApiRequest, repository: RepositoryRow) {
  return request.forge.store.refs.findOne({
    repositoryId: repository.id,
    name: `refs/${request.param('ref')}`,
  });
}

function isGuarded(repository: RepositoryRow, branch: string): boolean {
  return (
    branch === repository.defaultBranch &&
    (repository.requiredApprovals > 0 || repository.requiredChecks.length > 0)
  );
}

/** Branches, and the git database's refs. */
export function refRoutes(routes: Routes): void {
  routes.on('GET', '/repos/:owner/:repo/branches', request => {
    const repository = request.repository('contents');
    return pageReply(
      request,
      branchesOf(request.forge, repository),
      ({ name, sha }) => ({
        name,
        commit: {
          sha,
          url: repositoryApi(request.forge, repository, `/commits/${sha}`),
        },
        protected: isGuarded(repository, name),
      }),
    );
  });

  routes.on('GET', '/repos/:owner/:repo/branches/:branch(*)', async request => {
    const repository = request.repository('contents');
    const name = request.param('branch');
    const sha = request.forge.branch(repository, name);
    const commit = sha && (await request.forge.git(repository).commit(sha));
    if (!commit) {
      throw new ApiError(404, 'Branch not found');
    }
    const api = repositoryApi(request.forge, repository, `/branches/${name}`);
    const guarded = isGuarded(repository, name);
    return {
      json: {
        name,
        commit: presentCommit(request.forge, repository, commit),
        _links: {
          self: api,
          html: repositoryPage(request.forge, repository, `/tree/${name}`),
        },
        protected: guarded,
        protection: {
          enabled: guarded,
          required_status_checks: {
            enforcement_level: guarded ? 'non_admins' : 'off',
            contexts: guarded ? repository.requiredChecks : [],
            checks: [],
          },
        },
        protection_url: `${api}/protection`,
      },
    };
  });

  routes.on('GET', '/repos/:owner/:repo/tags', request => {
    const repository = request.repository('contents');
    const { forge } = request;
    const tags = forge.store.refs
      .find({ repositoryId: repository.id })
      .filter(ref => ref.name.startsWith('refs/tags/'))
      .reverse();
    return pageReply(request, tags, async ref => {
      const name = ref.name.slice('refs/tags/'.length);
      const sha = (await forge.resolve(repository, ref.name)) ?? ref.sha;
      const page = repositoryApi(forge, repository);
      return {
        name,
        zipball_url: `${page}/zipball/${ref.name}`,
        tarball_url: `${page}/tarball/${ref.name}`,
        commit: {
          sha,
          url: repositoryApi(forge, repository, `/commits/${sha}`),
        },
        node_id: presentRef(forge, repository, ref, 'commit').node_id,
      };
    });
  });

  routes.on('GET', '/repos/:owner/:repo/git/ref/:ref(*)', request => {
    const repository = request.repository('contents');
    const ref = findRef(request, repository);
    if (!ref) {
      throw notFound();
    }
    return showRef(request.forge, repository, ref).then(json => ({ json }));
  });

  routes.on('GET', '/repos/:owner/:repo/git/matching-refs/:ref(*)', request => {
    const repository = request.repository('contents');
    const found = request.forge.store.refs
      .find({ repositoryId: repository.id })
      .filter(({ name }) => name.startsWith(`refs/${request.param('ref')}`));
    return pageReply(request, found, ref =>
      showRef(request.forge, repository, ref),
    );
  });

  routes.on('POST', '/repos/:owner/:repo/git/refs', async request => {
    const repository = request.repository('contents', 'write');
    const { forge, body } = request;
    const name = requiredText(body, 'ref');
    const sha = requiredText(body, 'sha');
    const git = forge.git(repository);
    if (
      !/^refs\/(heads|tags)\/[^-]/.test(name) ||
      !(await git.isValidRef(name))
    ) {
      throw new ApiError(
        422,
        "Reference name must start with 'refs/' and be a valid name",
      );
    }
    await requireObject(request, repository, name, sha);
    return writeGit(forge, repository, request.account(), async () => {
      const clash = (await git.refs()).has(name);
      if (clash) {
        throw new ApiError(422, 'Reference already exists');
      }
      await git
        .updateRefs([{ ref: name, sha, expected: nullSha }])
        .catch(error => {
          throw new ApiError(
            422,
            `Reference cannot be created: ${error.stderr ?? error.message}`,
          );
        });
      return {
        status: 201,
        json: await showRef(forge, repository, { name, sha }),
        headers: {
          location: repositoryApi(forge, repository, `/git/${name}`),
        },
      };
    });
  });

  routes.on('PATCH', '/repos/:owner/:repo/git/refs/:ref(*)', async request => {
    const repository = request.repository('contents', 'write');
    const { forge, body } = request;
    const sha = requiredText(body, 'sha');
    const force = optionalBoolean(body, 'force') ?? false;
    const name = `refs/${request.param('ref')}`;
    await requireObject(request, repository, name, sha);
    return writeGit(forge, repository, request.account(), async git => {
      const before = (await git.refs()).get(name);
      if (!before) {
        throw new ApiError(422, 'Reference does not exist');
      }
      if (!force && !(await git.isAncestor(before, sha))) {
        throw new ApiError(422, 'Update is not a fast forward');
      }
      await git.updateRefs([{ ref: name, sha, expected: before }]);
      return { json: await showRef(forge, repository, { name, sha }) };
    });
  });

  routes.on('DELETE', '/repos/:owner/:repo/git/refs/:ref(*)', request => {
    const repository = request.repository('contents', 'write');
    const name = `refs/${request.param('ref')}`;
    if (name === `refs/heads/${repository.defaultBranch}`) {
      throw new ApiError(422, 'Cannot delete the default branch');
    }
    return writeGit(request.forge, repository, request.account(), async git => {
      if (!(await git.refs()).has(name)) {
        throw new ApiError(422, 'Reference does not exist');
      }
      await git.updateRefs([{ ref: name, sha: nullSha }]);
      return { status: 204 };
    });
  });
}

function branchesOf(forge: Forge, repository: RepositoryRow) {
  return forge.store.refs
    .find({ repositoryId: repository.id })
    .filter(ref => ref.name.startsWith('refs/heads/'))
    .map(ref => ({ name: ref.name.slice('refs/heads/'.length), sha: ref.sha }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A branch must point to a commit, a tag to any object. */
async function requireObject(
  request: ApiRequest,
  repository: RepositoryRow,
  ref: string,
  sha: string,
): Promise<void> {
  if (!/^[0-9a-f]{40}$/.test(sha)) {
    throw new ApiError(
      422,
      'The sha parameter must be exactly 40 characters and contain only [0-9a-f].',
    );
  }
  const object = await request.forge.git(repository).object(sha);
  if (!object || (ref.startsWith('refs/heads/') && object.type !== 'commit')) {
    throw object
      ? validationFailed({
          resource: 'Reference',
          field: 'sha',
          code: 'invalid',
        })
      : new ApiError(422, 'Object does not exist');
  }
}
