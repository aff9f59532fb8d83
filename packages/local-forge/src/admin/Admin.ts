import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { Forge } from '../domain/Forge';
import { createRepository, NewRepository } from '../domain/repositories';
import { hashToken } from '../rest/authenticate';
import { AccountRow, DeliveryRow } from '../store/rows';

export interface NewApp {
  /** Given, so that a configuration can name it before the forge is there */
  id: number;
  slug: string;
  name?: string;
  owner: string;
  /** PEM; made when it is not given */
  privateKey?: string;
  permissions?: Record<string, string>;
  events?: string[];
  /** Where its webhooks go */
  webhook?: { url: string; secret?: string };
}

export interface NewWebhook {
  /** `owner/name` of a repository, or the login of an organisation */
  target: string;
  url: string;
  secret?: string;
  events?: string[];
}

const defaultPermissions = {
  metadata: 'read',
  contents: 'write',
  pull_requests: 'write',
  issues: 'write',
  statuses: 'write',
  checks: 'write',
  members: 'read',
};

const defaultEvents = [
  'push',
  'pull_request',
  'pull_request_review',
  'issue_comment',
  'check_run',
  'check_suite',
  'status',
];

/**
 * Fills the forge with people and repositories. Everything that has a name can
 * be asked for twice: the second time changes it or leaves it as it is, so a
 * start script need not know what is there already.
 */
export class Admin {
  constructor(private readonly forge: Forge) {}

  createOrganization(request: { login: string; name?: string }): AccountRow {
    return this.ensureAccount('Organization', request.login, request);
  }

  createUser(request: {
    login: string;
    name?: string;
    email?: string;
    /** Organisations the user belongs to, and as what */
    organizations?: Record<string, 'admin' | 'member'>;
  }): AccountRow {
    const user = this.ensureAccount('User', request.login, {
      ...request,
      email: request.email ?? `${request.login}@example.com`,
    });
    for (const [login, role] of Object.entries(request.organizations ?? {})) {
      const key = {
        organizationId: this.account(login).id,
        userId: user.id,
      };
      const known = this.forge.store.memberships.findOne(key);
      if (known) {
        this.forge.store.memberships.update(known.id, { role });
      } else {
        this.forge.store.memberships.insert({ ...key, role });
      }
    }
    return user;
  }

  createTeam(request: {
    organization: string;
    name: string;
    slug?: string;
    description?: string;
    members?: string[];
  }): { id: number; slug: string } {
    const { store } = this.forge;
    const organizationId = this.account(request.organization).id;
    const slug =
      request.slug ?? request.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const team =
      store.teams.findOne({ organizationId, slug }) ??
      store.teams.insert({
        organizationId,
        slug,
        name: request.name,
        description: request.description,
        createdAt: this.forge.now(),
        updatedAt: this.forge.now(),
      });
    for (const login of request.members ?? []) {
      const key = { teamId: team.id, userId: this.account(login).id };
      if (!store.teamMembers.findOne(key)) {
        store.teamMembers.insert({ ...key, role: 'member' });
      }
    }
    return { id: team.id, slug: team.slug };
  }

  /**
   * @throws ConflictError when there is one of that name
   * @see NewRepository for where its files and history come from
   */
  async createRepository(
    request: NewRepository,
  ): Promise<{ id: number; fullName: string }> {
    const row = await createRepository(this.forge, request);
    const owner = this.forge.store.accounts.require(row.ownerId);
    return { id: row.id, fullName: `${owner.login}/${row.name}` };
  }

  hasRepository(owner: string, name: string): boolean {
    return this.forge.store.repository(owner, name) !== undefined;
  }

  /** What a merge into the default branch needs. */
  protectRepository(
    owner: string,
    name: string,
    rules: { requiredApprovals?: number; requiredChecks?: string[] },
  ): void {
    const row = this.forge.store.repository(owner, name);
    if (!row) {
      throw new NotFoundError(`There is no repository ${owner}/${name}`);
    }
    this.forge.store.repositories.update(row.id, rules);
  }

  /**
   * Makes a GitHub App. With a private key given, a second call with the same
   * id updates the app; without one, the key is made and returned once.
   */
  createApp(request: NewApp): { id: number; slug: string; privateKey: string } {
    const { store } = this.forge;
    const privateKey =
      request.privateKey ??
      generateKeyPairSync('rsa', {
        modulusLength: 2048,
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
      }).privateKey;
    const publicKey = createPublicKey(privateKey)
      .export({ type: 'spki', format: 'pem' })
      .toString();
    const known = store.apps.get(request.id);
    if (known && known.slug !== request.slug) {
      throw new ConflictError(
        `App ${request.id} is "${known.slug}", not "${request.slug}"`,
      );
    }
    const bot = this.ensureAccount('Bot', `${request.slug}[bot]`, {});
    const details = {
      slug: request.slug,
      name: request.name ?? request.slug,
      ownerId: this.account(request.owner).id,
      botId: bot.id,
      publicKey,
      permissions: request.permissions ?? defaultPermissions,
      events: request.events ?? defaultEvents,
    };
    if (known) {
      store.apps.update(known.id, details);
    } else {
      store.apps.insert({
        ...details,
        id: request.id,
        createdAt: this.forge.now(),
      });
    }
    if (request.webhook) {
      this.ensureHook({ appId: request.id }, request.webhook, details.events);
    }
    return { id: request.id, slug: request.slug, privateKey };
  }

  installApp(request: {
    appId: number;
    account: string;
    /** Names of repositories; without it, all of the account's, now and later */
    repositories?: string[];
  }): { id: number } {
    const { store } = this.forge;
    const account = this.account(request.account);
    const repositoryIds = request.repositories?.map(name => {
      const row = store.repository(account.login, name);
      if (!row) {
        throw new NotFoundError(
          `There is no repository ${account.login}/${name}`,
        );
      }
      return row.id;
    });
    const key = {
      appId: store.apps.require(request.appId).id,
      accountId: account.id,
    };
    const known = store.installations.findOne(key);
    const row = known
      ? store.installations.update(known.id, {
          repositoryIds,
          updatedAt: this.forge.now(),
        })
      : store.installations.insert({
          ...key,
          repositoryIds,
          createdAt: this.forge.now(),
          updatedAt: this.forge.now(),
        });
    return { id: row.id };
  }

  /** A personal token of a user; made up when none is given. */
  createToken(request: { user: string; token?: string }): string {
    const token =
      request.token ??
      `ghp_${randomBytes(27).toString('base64url').slice(0, 36)}`;
    const userId = this.account(request.user).id;
    const hash = hashToken(token);
    const known = this.forge.store.tokens.findOne({ hash });
    if (known && known.userId !== userId) {
      throw new ConflictError(
        `That token is another account's, not ${request.user}'s`,
      );
    }
    if (!known) {
      this.forge.store.tokens.insert({ hash, userId });
    }
    return token;
  }

  /** A hook of a repository or an organisation; the same address is changed, not doubled. */
  createWebhook(request: NewWebhook): { id: number } {
    const slash = request.target.indexOf('/');
    if (slash < 0) {
      const organizationId = this.account(request.target).id;
      return this.ensureHook(
        { organizationId },
        request,
        request.events ?? ['*'],
      );
    }
    const row = this.forge.store.repository(
      request.target.slice(0, slash),
      request.target.slice(slash + 1),
    );
    if (!row) {
      throw new NotFoundError(`There is no repository ${request.target}`);
    }
    return this.ensureHook(
      { repositoryId: row.id },
      request,
      request.events ?? ['*'],
    );
  }

  /** The newest deliveries first, without their payloads. */
  deliveries(limit = 100): Array<Omit<DeliveryRow, 'payload'>> {
    return this.forge.store.deliveries
      .find({}, { descending: true, limit })
      .map(({ payload, ...rest }) => rest);
  }

  /** @throws NotFoundError when there is none of that id */
  redeliver(id: number): void {
    this.forge.webhooks.redeliver(this.forge.store.deliveries.require(id));
  }

  /** Requests answered since the start or the last reset, by `METHOD /route`. */
  requestCounts(): Record<string, number> {
    return Object.fromEntries(this.forge.requests);
  }

  resetCounts(): void {
    this.forge.requests.clear();
    this.forge.limiter.reset();
  }

  private account(login: string): AccountRow {
    const account = this.forge.store.account(login);
    if (!account) {
      throw new NotFoundError(`There is no account "${login}"`);
    }
    return account;
  }

  private ensureAccount(
    type: AccountRow['type'],
    login: string,
    details: { name?: string; email?: string },
  ): AccountRow {
    const { store } = this.forge;
    const pattern =
      type === 'Bot'
        ? /^[A-Za-z0-9-]{1,60}\[bot\]$/
        : /^[A-Za-z0-9](?:[A-Za-z0-9-_]{0,60})$/;
    if (!pattern.test(login)) {
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
      createdAt: this.forge.now(),
    });
  }

  private ensureHook(
    owner: { repositoryId?: number; organizationId?: number; appId?: number },
    request: { url: string; secret?: string },
    events: string[],
  ): { id: number } {
    const { store } = this.forge;
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
      updatedAt: this.forge.now(),
    };
    const known = store.hooks
      .find(owner)
      .find(hook => hook.url === request.url || owner.appId !== undefined);
    const row = known
      ? store.hooks.update(known.id, details)
      : store.hooks.insert({ ...details, createdAt: this.forge.now() });
    return { id: row.id };
  }
}
