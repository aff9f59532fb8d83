import { ApiError } from '../../domain/ApiError';
import { emit } from '../../domain/emit';
import { RepositoryRow } from '../../store/rows';
import { presentStatus } from '../../views/checks';
import { presentCommit } from '../../views/commits';
import {
  fullName,
  presentRepositoryLink,
  repositoryApi,
} from '../../views/repositories';
import { optionalText, optionalWord, requiredText } from '../fields';
import { linkHeader, pageReply, slice } from '../paginate';
import { ApiRequest, Routes } from '../Routes';

const states = ['error', 'failure', 'pending', 'success'] as const;

/** The commit that a name stands for. @throws ApiError 422 */
export async function commitSha(
  request: ApiRequest,
  repository: RepositoryRow,
  name: string,
): Promise<string> {
  const sha = await request.forge.resolve(repository, name);
  if (!sha) {
    throw new ApiError(422, `No commit found for SHA: ${name.slice(0, 100)}`);
  }
  return sha;
}

/** Commit statuses, one by one and combined. */
export function statusRoutes(routes: Routes): void {
  routes.on('POST', '/repos/:owner/:repo/statuses/:sha', async request => {
    const repository = request.repository('statuses', 'write');
    const { forge, body } = request;
    const creator = request.account();
    const sha = await commitSha(request, repository, request.param('sha'));
    const state = optionalWord(body, 'state', states);
    if (!state) {
      requiredText(body, 'state');
    }
    const status = forge.store.statuses.insert({
      repositoryId: repository.id,
      sha,
      state: state ?? 'pending',
      context: optionalText(body, 'context') ?? 'default',
      description: optionalText(body, 'description'),
      targetUrl: optionalText(body, 'target_url'),
      creatorId: creator.id,
      createdAt: forge.now(),
      updatedAt: forge.now(),
    });
    await emit(forge, repository, creator, 'status', async () => {
      const commit = await forge.git(repository).commit(sha);
      return {
        id: status.id,
        sha,
        name: fullName(forge, repository),
        target_url: status.targetUrl ?? null,
        context: status.context,
        description: status.description ?? null,
        state: status.state,
        commit: commit && presentCommit(forge, repository, commit),
        branches: forge.store.refs
          .find({ repositoryId: repository.id, sha })
          .filter(ref => ref.name.startsWith('refs/heads/'))
          .map(ref => ({
            name: ref.name.slice('refs/heads/'.length),
            commit: {
              sha,
              url: repositoryApi(forge, repository, `/commits/${sha}`),
            },
            protected: false,
          })),
        created_at: status.createdAt,
        updated_at: status.updatedAt,
      };
    });
    return { status: 201, json: presentStatus(forge, repository, status) };
  });

  routes.on(
    'GET',
    '/repos/:owner/:repo/commits/:ref(*)/statuses',
    async request => {
      const repository = request.repository('statuses');
      const sha = await commitSha(request, repository, request.param('ref'));
      return pageReply(
        request,
        request.forge.store.statuses.find(
          { repositoryId: repository.id, sha },
          { descending: true },
        ),
        status => presentStatus(request.forge, repository, status),
      );
    },
  );

  routes.on(
    'GET',
    '/repos/:owner/:repo/commits/:ref(*)/status',
    async request => {
      const repository = request.repository('statuses');
      const { forge } = request;
      const sha = await commitSha(request, repository, request.param('ref'));
      const statuses = forge.store.latestStatuses(repository.id, sha);
      const combined = () => {
        if (
          statuses.some(({ state }) => ['error', 'failure'].includes(state))
        ) {
          return 'failure';
        }
        return statuses.length === 0 ||
          statuses.some(({ state }) => state === 'pending')
          ? 'pending'
          : 'success';
      };
      const api = repositoryApi(forge, repository, `/commits/${sha}`);
      return {
        json: {
          state: combined(),
          statuses: slice(request, statuses).map(status => {
            const { creator, ...simple } = presentStatus(
              forge,
              repository,
              status,
            );
            return simple;
          }),
          sha,
          total_count: statuses.length,
          repository: presentRepositoryLink(forge, repository),
          commit_url: api,
          url: `${api}/status`,
        },
        headers: linkHeader(request, statuses.length),
      };
    },
  );
}
