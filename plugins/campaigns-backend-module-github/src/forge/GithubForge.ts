import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  formatRepositoryRef,
  PullRequest,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import {
  commitAuthor,
  Forge,
  ForgeChecks,
  ForgeComments,
  ForgeRepository,
  GitAccess,
  NewPullRequest,
} from '@skein/plugin-campaigns-node';
import { Octokit } from 'octokit';
import { PullRequestRequest } from './askPullRequests';
import { addLabels, requestReviewers } from './decorations';
import { GithubChecks } from './GithubChecks';
import { GithubClients } from './GithubClients';
import { mapForgeError } from './mapForgeError';
import { fromRest } from './mapPullRequest';
import { queryComments } from './queryComments';
import { queryPullRequests } from './queryPullRequests';

/** Pull requests in one query. */
const BATCH = 100;
/** Conversations in one query: each may be long. */
const CONVERSATIONS_BATCH = 10;

/** One GitHub host: github.com, or a GitHub Enterprise server. */
export class GithubForge implements Forge {
  readonly title: string;
  readonly identity: string;
  readonly checks: ForgeChecks;
  readonly comments: ForgeComments;
  readonly #clients: GithubClients;
  readonly #login: string;
  /** Names that repositories have now, by those that they are asked for under. */
  readonly #names = new Map<string, { owner: string; name: string }>();

  private constructor(clients: GithubClients, login: string) {
    this.#clients = clients;
    this.#login = login;
    this.identity = `${login}@${clients.host}`;
    this.checks = new GithubChecks((repository, what, request) =>
      this.#ask(repository, what, request),
    );
    this.comments = {
      getComments: requests =>
        this.#inBatches(requests, CONVERSATIONS_BATCH, (octokit, batch) =>
          queryComments(octokit, batch, login),
        ),
    };
    this.title =
      clients.host === 'github.com' ? 'GitHub' : `GitHub (${clients.host})`;
  }

  /** Asks the host under which login its credentials write. */
  static async create(
    clients: GithubClients,
    options: { logger: LoggerService },
  ): Promise<GithubForge> {
    let login: string;
    try {
      login = await clients.login();
    } catch (error) {
      login = 'skein';
      options.logger.warn(
        `Could not ask ${clients.host} for the login of its credentials; commits are made as '${login}' until the next start: ${error}`,
      );
    }
    return new GithubForge(clients, login);
  }

  handles(host: string): boolean {
    return host.toLowerCase() === this.#clients.host.toLowerCase();
  }

  hosts(): string[] {
    return [this.#clients.host];
  }

  async getRepository(repository: RepositoryRef): Promise<ForgeRepository> {
    const { data } = await this.#ask(repository, 'read', octokit =>
      octokit.rest.repos.get(of(repository)),
    );
    this.#names.set(formatRepositoryRef(repository), {
      owner: data.owner.login,
      name: data.name,
    });
    return {
      repository,
      defaultBranch: data.default_branch,
      archived: data.archived,
      url: data.html_url,
    };
  }

  async getGitAccess(repository: RepositoryRef): Promise<GitAccess> {
    // Git follows no redirect with our credentials, so it is given the present name.
    const name = this.#names.get(formatRepositoryRef(repository)) ?? repository;
    return {
      url: `${this.#clients.repositoryUrl(name)}.git`,
      username: 'x-access-token',
      password: await this.#clients.token(repository),
    };
  }

  async findPullRequest(
    repository: RepositoryRef,
    headBranch: string,
  ): Promise<PullRequest | undefined> {
    const { owner } =
      this.#names.get(formatRepositoryRef(repository)) ?? repository;
    const { data } = await this.#ask(
      repository,
      `look for the pull request of '${headBranch}' in`,
      octokit =>
        octokit.rest.pulls.list({
          ...of(repository),
          head: `${owner}:${headBranch}`,
          state: 'all',
          sort: 'created',
          direction: 'desc',
          per_page: 10,
        }),
    );
    const open = data.find(each => each.state === 'open');
    const newest = open ?? data[0];
    return newest && fromRest(newest);
  }

  async createPullRequest(
    repository: RepositoryRef,
    request: NewPullRequest,
  ): Promise<PullRequest> {
    try {
      const { data } = await this.#ask(
        repository,
        'open a pull request in',
        octokit =>
          octokit.rest.pulls.create({
            ...of(repository),
            title: request.title,
            body: request.body,
            head: request.headBranch,
            base: request.baseBranch,
            draft: request.draft,
          }),
      );
      return fromRest(data);
    } catch (error) {
      if (error instanceof InputError && /already exists/.test(error.message)) {
        const found = await this.findPullRequest(
          repository,
          request.headBranch,
        );
        if (found?.state === 'open') return found;
      }
      throw error;
    }
  }

  async decoratePullRequest(
    repository: RepositoryRef,
    number: number,
    request: { labels: string[]; reviewers: string[] },
  ): Promise<{ refused: string[] }> {
    return this.#ask(
      repository,
      `set labels and reviewers of #${number} in`,
      async octokit => {
        const pull = { ...of(repository), number };
        return {
          refused: [
            ...(await addLabels(octokit, pull, request.labels)),
            ...(await requestReviewers(octokit, pull, request.reviewers)),
          ],
        };
      },
    );
  }

  async closePullRequest(
    repository: RepositoryRef,
    number: number,
    request: { comment?: string; deleteBranch?: string },
  ): Promise<void> {
    await this.#ask(repository, `close #${number} in`, async octokit => {
      const pull = { ...of(repository), pull_number: number };
      const { data } = await octokit.rest.pulls.get(pull);
      if (data.state === 'open') {
        if (request.comment) {
          await this.#commentOnce(octokit, repository, number, request.comment);
        }
        await octokit.rest.pulls.update({ ...pull, state: 'closed' });
      }
      if (request.deleteBranch) {
        await octokit.rest.git
          .deleteRef({
            ...of(repository),
            ref: `heads/${request.deleteBranch}`,
          })
          .catch(error => {
            // Gone already: GitHub says 422 for a reference that is not there.
            if (error.status !== 422 && error.status !== 404) throw error;
          });
      }
    });
  }

  async getPullRequests(
    requests: PullRequestRequest[],
  ): ReturnType<Forge['getPullRequests']> {
    const own = {
      login: this.#login,
      email: commitAuthor(this.identity).email,
    };
    return this.#inBatches(requests, BATCH, (octokit, batch) =>
      queryPullRequests(octokit, batch, own),
    );
  }

  /** Asks for pull requests of one owner at a time; those of owners that are gone are left out. */
  async #inBatches<T>(
    requests: PullRequestRequest[],
    size: number,
    ask: (octokit: Octokit, batch: PullRequestRequest[]) => Promise<T[]>,
  ): Promise<T[]> {
    const answers: T[] = [];
    for (const [owner, some] of byOwner(requests)) {
      // A token of an App's installation sees the repositories of one owner.
      let octokit: Octokit;
      try {
        octokit = await this.#clients.forOwner(owner);
      } catch (error) {
        if (error instanceof NotFoundError) continue;
        throw error;
      }
      for (let start = 0; start < some.length; start += size) {
        answers.push(...(await ask(octokit, some.slice(start, start + size))));
      }
    }
    return answers;
  }

  /** A crash between comment and close must not leave the comment twice. */
  async #commentOnce(
    octokit: Octokit,
    repository: RepositoryRef,
    number: number,
    body: string,
  ): Promise<void> {
    const issue = { ...of(repository), issue_number: number };
    const comments = await octokit.rest.issues.listComments({
      ...issue,
      per_page: 100,
      since: new Date(Date.now() - 24 * 60 * 60_000).toISOString(),
    });
    if (comments.data.some(comment => comment.body === body)) return;
    await octokit.rest.issues.createComment({ ...issue, body });
  }

  async #ask<T>(
    repository: RepositoryRef,
    what: string,
    request: (octokit: Octokit) => Promise<T>,
  ): Promise<T> {
    try {
      return await request(await this.#clients.forRepository(repository));
    } catch (error) {
      throw mapForgeError(
        error,
        `Could not ${what} ${formatRepositoryRef(repository)}`,
      );
    }
  }
}

function of(repository: RepositoryRef): { owner: string; repo: string } {
  return { owner: repository.owner, repo: repository.name };
}

function byOwner<T extends { repository: RepositoryRef }>(
  requests: T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const request of requests) {
    const owner = request.repository.owner.toLowerCase();
    groups.set(owner, [...(groups.get(owner) ?? []), request]);
  }
  return groups;
}
