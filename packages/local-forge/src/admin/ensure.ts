import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { Forge } from '../domain/Forge';
import { AccountRow } from '../store/rows';

/** @throws NotFoundError when there is no such account */
export function requireAccount(forge: Forge, login: string): AccountRow {
  const account = forge.store.account(login);
  if (!account) {
    throw new NotFoundError(`There is no account "${login}"`);
  }
  return account;
}

/** First parts of addresses that are not accounts. */
const reserved = ['api', 'apps', 'github-apps', 'orgs', 'organizations'];

/** The account of that name, made or brought up to date. */
export function ensureAccount(
  forge: Forge,

  type: AccountRow['type'],
  login: string,
  details: { name?: string; email?: string },
): AccountRow {
  const { store } = forge;
  const pattern =
    type === 'Bot'
      ? /^[A-Za-z0-9-]{1,60}\[bot\]$/
      : /^[A-Za-z0-9](?:[A-Za-z0-9-_]{0,60})$/;
  if (!pattern.test(login) || reserved.includes(login.toLowerCase())) {
    throw new InputError(`"${login}" cannot be an account's name`);
  }
  const known = store.account(login);
  if (known && known.type !== type) {
    throw new ConflictError(`"${login}" is there already, as ${known.type}`);
  }
  if (known) {
    return store.accounts.update(known.id, {
      name: details.name ?? known.name,
      email: details.email ?? known.email,
    });
  }
  return store.accounts.insert({
    type,
    login,
    name: details.name ?? login,
    email: details.email,
    createdAt: forge.now(),
  });
}

/** The hook of that owner and address, made or brought up to date; an app has one. */
export function ensureHook(
  forge: Forge,

  owner: { repositoryId?: number; organizationId?: number; appId?: number },
  request: { url: string; secret?: string },
  events: string[],
): { id: number } {
  const { store } = forge;
  if (!URL.canParse(request.url)) {
    throw new InputError(`"${request.url}" is not an address`);
  }
  const details = {
    ...owner,
    url: request.url,
    secret: request.secret,
    events,
    active: true,
    contentType: 'json' as const,
    updatedAt: forge.now(),
  };
  const known = store.hooks
    .find(owner)
    .find(hook => hook.url === request.url || owner.appId !== undefined);
  const row = known
    ? store.hooks.update(known.id, details)
    : store.hooks.insert({ ...details, createdAt: forge.now() });
  return { id: row.id };
}
