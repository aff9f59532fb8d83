import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Behaviour } from '../behaviour/Behaviour';
import { RateLimiter } from '../behaviour/RateLimiter';
import { GitRepositories } from '../git/GitRepositories';
import { GitRepository } from '../git/GitRepository';
import { isoSeconds } from '../git/parse';
import { RepositoryRow } from '../store/rows';
import { Store } from '../store/Store';
import { WebhookSender } from '../webhooks/WebhookSender';
import { Locks } from './Locks';

/** Everything one forge stands on: its rows, its repositories, its clock, its manners. */
export class Forge {
  /** @param directory - where all state is kept; made when it is not there */
  static open(directory: string): Forge {
    mkdirSync(join(directory, 'repositories'), { recursive: true });
    return new Forge(directory, Store.open(directory));
  }

  readonly behaviour = new Behaviour();
  readonly limiter = new RateLimiter(this.behaviour, () => Date.now());
  readonly locks = new Locks();
  readonly repositories: GitRepositories;
  readonly webhooks: WebhookSender;
  /** Requests answered, by `METHOD route`. */
  readonly requests = new Map<string, number>();
  /** Origin without a trailing slash, known once the server listens. */
  url = '';

  private constructor(readonly directory: string, readonly store: Store) {
    this.repositories = new GitRepositories(join(directory, 'repositories'));
    this.webhooks = new WebhookSender(store, this.behaviour);
  }

  get host(): string {
    return new URL(this.url).host;
  }

  api(path: string): string {
    return `${this.url}/api/v3${path}`;
  }

  now(): string {
    return isoSeconds(Date.now());
  }

  git(repository: RepositoryRow): GitRepository {
    return this.repositories.get(repository.id);
  }

  /** The commit that a branch, a tag, a full ref name or an id names. */
  async resolve(
    repository: RepositoryRow,
    revision: string,
  ): Promise<string | undefined> {
    const ref = (name: string) =>
      this.store.refs.findOne({ repositoryId: repository.id, name })?.sha;
    const named =
      ref(`refs/heads/${revision}`) ??
      ref(`refs/tags/${revision}`) ??
      ref(revision.startsWith('refs/') ? revision : `refs/${revision}`);
    const git = this.git(repository);
    if (revision === 'HEAD') {
      return ref(`refs/heads/${repository.defaultBranch}`);
    }
    const object =
      named ?? (/^[0-9a-f]{7,40}$/.test(revision) ? revision : undefined);
    const found = object && (await git.object(`${object}^{commit}`));
    return found ? found.sha : undefined;
  }

  branch(repository: RepositoryRow, name: string): string | undefined {
    return this.store.refs.findOne({
      repositoryId: repository.id,
      name: `refs/heads/${name}`,
    })?.sha;
  }

  async close(): Promise<void> {
    await this.webhooks.close();
    this.repositories.closeAll();
    this.store.close();
  }
}
