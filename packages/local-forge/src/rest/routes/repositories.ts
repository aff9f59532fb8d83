import { validationFailed } from '../../domain/ApiError';
import { createRepository } from '../../domain/repositories';
import { presentRepositoryDetails } from '../../views/repositories';
import { organizationOf } from './accounts';
import {
  optionalBoolean,
  optionalText,
  requiredText,
  textList,
} from '../fields';
import { ApiRequest, Reply, Routes } from '../Routes';
import { AccountRow } from '../../store/rows';
import { ApiError } from '../../domain/ApiError';

export function repositoryRoutes(routes: Routes): void {
  routes.on('GET', '/repos/:owner/:repo', request => ({
    json: presentRepositoryDetails(
      request.forge,
      request.repository(),
      request.actor,
    ),
  }));

  routes.on('POST', '/orgs/:org/repos', async request => {
    const organization = organizationOf(request);
    const account = request.account();
    const member =
      request.actor.kind === 'installation'
        ? request.actor.installation.accountId === organization.id
        : request.forge.store.memberships.findOne({
            organizationId: organization.id,
            userId: account.id,
          });
    if (!member) {
      throw new ApiError(
        403,
        'You need admin access to the organization before adding a repository to it.',
      );
    }
    return createFrom(request, organization);
  });

  routes.on('POST', '/user/repos', request =>
    createFrom(request, request.account()),
  );

  routes.on('PATCH', '/repos/:owner/:repo', request => {
    const repository = request.repository('administration', 'admin');
    const { forge, body } = request;
    const branch = optionalText(body, 'default_branch');
    if (branch !== undefined && !forge.branch(repository, branch)) {
      throw validationFailed({
        resource: 'Repository',
        field: 'default_branch',
        code: 'invalid',
        message: `The branch ${branch} was not found.`,
      });
    }
    const name = optionalText(body, 'name');
    const taken =
      name !== undefined &&
      forge.store.repository(request.param('owner'), name);
    if (taken && taken.id !== repository.id) {
      throw nameTaken();
    }
    const changed = forge.store.repositories.update(repository.id, {
      name: name ?? repository.name,
      description: optionalText(body, 'description') ?? repository.description,
      private: optionalBoolean(body, 'private') ?? repository.private,
      archived: optionalBoolean(body, 'archived') ?? repository.archived,
      defaultBranch: branch ?? repository.defaultBranch,
      allowMergeCommit:
        optionalBoolean(body, 'allow_merge_commit') ??
        repository.allowMergeCommit,
      allowSquashMerge:
        optionalBoolean(body, 'allow_squash_merge') ??
        repository.allowSquashMerge,
      allowRebaseMerge:
        optionalBoolean(body, 'allow_rebase_merge') ??
        repository.allowRebaseMerge,
      deleteBranchOnMerge:
        optionalBoolean(body, 'delete_branch_on_merge') ??
        repository.deleteBranchOnMerge,
      updatedAt: forge.now(),
    });
    return { json: presentRepositoryDetails(forge, changed, request.actor) };
  });

  routes.on('DELETE', '/repos/:owner/:repo', async request => {
    const repository = request.repository('administration', 'admin');
    request.forge.store.repositories.delete({ id: repository.id });
    await request.forge.repositories.delete(repository.id);
    return { status: 204 };
  });

  routes.on('GET', '/repos/:owner/:repo/topics', request => ({
    json: { names: request.repository().topics },
  }));

  routes.on('PUT', '/repos/:owner/:repo/topics', request => {
    const repository = request.repository('administration', 'admin');
    const names = textList(request.body, 'names').map(name =>
      name.toLowerCase(),
    );
    request.forge.store.repositories.update(repository.id, { topics: names });
    return { json: { names } };
  });
}

function nameTaken(): ApiError {
  return new ApiError(422, 'Repository creation failed.', [
    {
      resource: 'Repository',
      field: 'name',
      code: 'custom',
      message: 'name already exists on this account',
    },
  ]);
}

async function createFrom(
  request: ApiRequest,
  owner: AccountRow,
): Promise<Reply> {
  const { body, forge } = request;
  const name = requiredText(body, 'name');
  if (forge.store.repository(owner.login, name)) {
    throw nameTaken();
  }
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(name) || /^\.{1,2}$/.test(name)) {
    throw validationFailed({
      resource: 'Repository',
      field: 'name',
      code: 'invalid',
    });
  }
  const initial = optionalBoolean(body, 'auto_init')
    ? [{ message: 'Initial commit', files: { 'README.md': `# ${name}\n` } }]
    : [];
  const repository = await createRepository(forge, {
    owner: owner.login,
    name,
    description: optionalText(body, 'description'),
    private: optionalBoolean(body, 'private') ?? false,
    settings: {
      allowMergeCommit: optionalBoolean(body, 'allow_merge_commit'),
      allowSquashMerge: optionalBoolean(body, 'allow_squash_merge'),
      allowRebaseMerge: optionalBoolean(body, 'allow_rebase_merge'),
      deleteBranchOnMerge: optionalBoolean(body, 'delete_branch_on_merge'),
    },
    commits: initial,
  });
  return {
    status: 201,
    json: presentRepositoryDetails(forge, repository, request.actor),
  };
}
