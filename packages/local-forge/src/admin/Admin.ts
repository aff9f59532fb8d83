import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Forge } from '../domain/Forge';
import { createRepository, NewRepository } from '../domain/repositories';
import { hashToken } from '../rest/authenticate';
import { AccountRow, DeliveryRow } from '../store/rows';
import { ensureAccount, ensureHook, requireAccount } from './ensure';

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
  actions: 'read',
  members: 'read',
};

const defaultEvents = [
  'push',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
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
    return ensureAccount(this.forge, 'Organization', request.login, request);
  }

  createUser(request: {
    login: string;
    name?: string;
    email?: string;
    /** Organisations the user belongs to, and as what */
    organizations?: Record<string, 'admin' | 'member'>;
  }): AccountRow {
    const user = ensureAccount(this.forge, 'User', request.login, {
      ...request,
      email: request.email ?? `${request.login}@example.com`,
    });
    for (const [login, role] of Object.entries(request.organizations ?? {})) {
      const key = {
        organizationId: requireAccount(this.forge, login).id,
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
    const organizationId = requireAccount(this.forge, request.organization).id;
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
      const key = {
        teamId: team.id,
        userId: requireAccount(this.forge, login).id,
      };
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

  /** Gives a check run the log that a job of Actions would have. */
  setJobLog(request: { checkRun: number; log: string }): void {
    const { checkRun, log } = request;
    if (!this.forge.store.checkRuns.get(checkRun)) {
      throw new NotFoundError(`There is no check run ${checkRun}`);
    }
    this.forge.store.checkRuns.update(checkRun, { log });
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
    const bot = ensureAccount(this.forge, 'Bot', `${request.slug}[bot]`, {});
    const details = {
      slug: request.slug,
      name: request.name ?? request.slug,
      ownerId: requireAccount(this.forge, request.owner).id,
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
      ensureHook(
        this.forge,
        { appId: request.id },
        request.webhook,
        details.events,
      );
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
    const account = requireAccount(this.forge, request.account);
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
    const userId = requireAccount(this.forge, request.user).id;
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
      const organizationId = requireAccount(this.forge, request.target).id;
      return ensureHook(
        this.forge,
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
    return ensureHook(
      this.forge,
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
}
