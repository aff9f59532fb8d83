import { ConflictError } from '@backstage/errors';
import {
  CampaignSpec,
  PullRequest,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import {
  commitAuthor,
  Forge,
  RepositoryHead,
} from '@skein/plugin-campaigns-node';
import { PublicationWork } from '../database/operations/publications/getPublicationWork';
import {
  PublicationUpdate,
  updatePublication,
} from '../database/operations/publications/updatePublication';
import { borrowRepository } from '../repositories/git';
import { prepareCommit } from './git/prepareCommit';
import { pushBranch, readRemoteBranch } from './git/remoteBranch';
import { PublishingOptions } from './PublishingOptions';
import { isOursToAdopt } from './isOursToAdopt';
import { branchName } from './text/branchName';
import { commitMessage, CommitOrigin } from './text/commitMessage';
import { renderPullRequest } from './text/renderPullRequest';

/** A branch of ours on the forge and its pull request. */
export interface Published {
  pullRequest: PullRequest;
  /** Our own commit on the branch. */
  commit: string;
  head: RepositoryHead;
}

class Publication {
  readonly #work: PublicationWork;
  readonly #options: PublishingOptions;
  readonly #signal: AbortSignal;
  readonly #repository: RepositoryRef;
  readonly #forge: Forge;
  readonly #spec: CampaignSpec;
  readonly #branch: string;

  constructor(
    work: PublicationWork,
    options: PublishingOptions,
    signal: AbortSignal,
  ) {
    this.#work = work;
    this.#options = options;
    this.#signal = signal;
    const { target, campaign, publication } = work;
    this.#repository = {
      host: target.repo_host,
      owner: target.repo_owner,
      name: target.repo_name,
    };
    this.#forge = options.forges.of(this.#repository);
    this.#spec = JSON.parse(campaign.spec);
    this.#branch =
      publication.branch ??
      branchName(
        this.#spec.pullRequest.branchPrefix,
        campaign.name,
        target.path,
      );
  }

  async publish(): Promise<Published> {
    const { archived } = await this.#forge.getRepository(this.#repository);
    if (archived) {
      throw new ConflictError(
        'The repository is archived: nobody can change it',
      );
    }
    const head = await this.#options.mirrors.head(this.#repository, {
      force: true,
    });
    const { head_sha: written, state } = this.#work.publication;
    // Before its branch is known to be pushed there is no pull request of ours.
    if (written && state === 'pushed') {
      const found = await this.#find(written);
      if (found) return { pullRequest: found, commit: written, head };
    }
    const commit = await this.#push(head);
    await this.#options.onStep?.('branch-pushed');
    await this.#write({ state: 'pushed' });

    const pullRequest =
      (await this.#find(commit)) ?? (await this.#create(head));
    await this.#options.onStep?.('pull-request-created');
    return { pullRequest, commit, head };
  }

  async #push(head: RepositoryHead): Promise<string> {
    const borrowed = await borrowRepository(
      this.#options.mirrors.temporaryDirectory,
      head.gitDir,
    );
    try {
      const { gitDir } = borrowed;
      const { publication, earlierCommits } = this.#work;
      const access = await this.#forge.getGitAccess(this.#repository, 'write');
      const there = await readRemoteBranch(gitDir, access, this.#branch);
      if (there && there === publication.head_sha) return there;
      if (there && !earlierCommits.includes(there)) {
        throw new ConflictError(
          `The branch '${
            this.#branch
          }' holds commits that are not ours (${there.slice(
            0,
            10,
          )}); rename or delete it, then retry`,
        );
      }
      const { commit } = await prepareCommit(gitDir, {
        head,
        baseCommit: this.#work.change.base_commit,
        path: this.#work.target.path,
        patch: this.#work.change.patch,
        message: this.#commitMessage(),
        author: commitAuthor(this.#forge.identity),
        date: Number(this.#work.change.created_at),
      });
      await this.#write({
        branch: this.#branch,
        base_branch: head.branch,
        head_sha: commit,
      });
      if (there !== commit) {
        await this.#options.governor.write(
          this.#forge.identity,
          'change',
          () => pushBranch(gitDir, access, this.#branch, commit, there),
          { signal: this.#signal },
        );
      }
      return commit;
    } finally {
      await borrowed.remove();
    }
  }

  /** The pull request that an earlier try of this publication opened. */
  async #find(commit: string): Promise<PullRequest | undefined> {
    const found = await this.#forge.findPullRequest(
      this.#repository,
      this.#branch,
    );
    return found && isOursToAdopt(found, commit, this.#work.earlierPullRequests)
      ? found
      : undefined;
  }

  async #create(head: RepositoryHead): Promise<PullRequest> {
    const { title, body } = this.#render();
    const baseBranch = await this.#baseBranch(head);
    return this.#options.governor.write(
      this.#forge.identity,
      'content',
      async () => {
        // The wait for its turn may have been long.
        await this.#write({});
        return this.#forge.createPullRequest(this.#repository, {
          title,
          body,
          headBranch: this.#branch,
          baseBranch,
          draft: this.#spec.pullRequest.draft,
        });
      },
      { signal: this.#signal },
    );
  }

  /** The branch that our commit was made for; the default branch where that was renamed since. */
  async #baseBranch(head: RepositoryHead): Promise<string> {
    const { base_branch: base } = this.#work.publication;
    if (!base || base === head.branch) return head.branch;
    const access = await this.#forge.getGitAccess(this.#repository, 'read');
    const there = await readRemoteBranch(head.gitDir, access, base);
    return there ? base : head.branch;
  }

  #render(): { title: string; body: string } {
    const { campaign, target, change } = this.#work;
    return renderPullRequest({
      campaign: this.#spec,
      repository: this.#repository,
      path: target.path,
      report: JSON.parse(change.report),
      origin: this.#origin(),
      targetUrl: this.#options.targetUrl?.(campaign.name, target.id),
    });
  }

  #commitMessage(): string {
    const datasets = this.#spec.datasets.map(
      dataset => `${dataset.from} is replaced by ${dataset.to}`,
    );
    return commitMessage(
      this.#render().title,
      `${this.#spec.title}: ${datasets.join(', ')}.`,
      this.#origin(),
    );
  }

  #origin(): CommitOrigin {
    const { campaign, revision, target } = this.#work;
    return {
      campaignName: campaign.name,
      revisionNumber: revision.number,
      revisionDigest: revision.digest,
      targetId: target.id,
    };
  }

  async #write(update: PublicationUpdate): Promise<void> {
    this.#signal.throwIfAborted();
    this.#work.publication = await updatePublication(
      this.#options.knex,
      this.#work.publication,
      update,
    );
  }
}

/**
 * Brings a change to the forge: branch, then pull request. Every step looks
 * first at what is there, so that it can be begun again after any crash.
 *
 * @throws ConflictError where somebody else's work is in the way
 */
export async function publishTarget(
  work: PublicationWork,
  options: PublishingOptions,
  signal: AbortSignal,
): Promise<Published> {
  return new Publication(work, options, signal).publish();
}
