import { randomUUID } from 'node:crypto';
import { presentRepository } from '../views/repositories';
import { Json, presentOrganization, presentUser } from '../views/users';
import { AccountRow, HookRow, RepositoryRow } from '../store/rows';
import { nodeId } from './nodeId';
import type { Forge } from './Forge';

interface Recipient {
  hook: HookRow;
  installationId?: number;
}

function recipients(
  forge: Forge,
  repository: RepositoryRow,
  event: string,
): Recipient[] {
  const { store } = forge;
  const installations = store.installations
    .find({ accountId: repository.ownerId })
    .filter(row => row.repositoryIds?.includes(repository.id) ?? true);
  const found: Recipient[] = [
    ...store.hooks.find({ repositoryId: repository.id }),
    ...store.hooks.find({ organizationId: repository.ownerId }),
  ].map(hook => ({ hook }));
  for (const installation of installations) {
    for (const hook of store.hooks.find({ appId: installation.appId })) {
      found.push({ hook, installationId: installation.id });
    }
  }
  return found.filter(
    ({ hook }) =>
      hook.active && (hook.events.includes('*') || hook.events.includes(event)),
  );
}

/**
 * Queues an event for every hook that asks for it. The body is only built when
 * there is one.
 */
export async function emit(
  forge: Forge,
  repository: RepositoryRow,
  sender: AccountRow,
  event: string,
  build: () => Json | Promise<Json>,
): Promise<void> {
  const to = recipients(forge, repository, event);
  if (to.length === 0) {
    return;
  }
  const owner = forge.store.accounts.require(repository.ownerId);
  const body: Json = {
    repository: presentRepository(forge, repository),
    ...(owner.type === 'Organization' && {
      organization: presentOrganization(forge, owner),
    }),
    sender: presentUser(forge, sender),
    ...(await build()),
  };
  for (const { hook, installationId } of to) {
    forge.webhooks.enqueue({
      hook,
      guid: randomUUID(),
      event,
      action: typeof body.action === 'string' ? body.action : undefined,
      repositoryId: repository.id,
      installationId,
      payload: {
        ...body,
        ...(installationId !== undefined && {
          installation: {
            id: installationId,
            node_id: nodeId('IntegrationInstallation', installationId),
          },
        }),
      },
    });
  }
}
