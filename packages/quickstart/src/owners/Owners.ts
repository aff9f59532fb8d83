import { Target } from '@skein/plugin-campaigns-common';
import { Expectation } from '../example/expectations';
import { Organisation } from '../example/Organisation';
import { targetName } from '../outcome/compareWithExpected';

/** Plays the owners of the example: merges what they would merge, as they would. */
export class Owners {
  readonly #expectations: Map<string, Expectation>;
  /** Pull requests merged, or found merged; the portal hears of it a moment later. */
  readonly #merged = new Set<string>();
  /** Pull requests that the forge did not let them merge. */
  readonly #refused = new Set<string>();

  constructor(
    private readonly organisation: Organisation,
    expectations: Expectation[],
    /** @returns false where it was merged before */
    private readonly merge: (request: MergeRequest) => Promise<boolean>,
  ) {
    this.#expectations = new Map(
      expectations
        .filter(it => it.ownerMerges)
        .map(it => [
          it.path ? `${it.repository}//${it.path}` : it.repository,
          it,
        ]),
    );
  }

  /** Ids of targets whose owner merges the pull request, or will once it is open. */
  merging(targets: Target[]): Set<string> {
    return new Set(
      targets
        .filter(it => this.#expectations.has(targetName(it)))
        .filter(it => !this.#refused.has(it.pullRequest?.url ?? ''))
        .map(it => it.id),
    );
  }

  /**
   * Merges the pull requests that are open and that the owners want.
   *
   * @returns a line for each
   */
  async act(targets: Target[]): Promise<string[]> {
    const lines: string[] = [];
    for (const target of targets) {
      const expectation = this.#expectations.get(targetName(target));
      const { pullRequest } = target;
      if (!expectation || !pullRequest) continue;
      if (target.state !== 'prOpen' || pullRequest.state !== 'open') continue;
      const { url, number } = pullRequest;
      if (this.#merged.has(url) || this.#refused.has(url)) continue;
      const user = this.#ownerOf(expectation);
      const name = `${targetName(target)}: ${user.name}, its owner,`;
      try {
        const merged = await this.merge({
          login: user.login,
          owner: target.repository.owner,
          repository: target.repository.name,
          number,
        });
        this.#merged.add(url);
        if (merged) lines.push(`${name} merges #${number} on the forge`);
      } catch (error) {
        this.#refused.add(url);
        lines.push(
          `${name} could not merge #${number}: ${(error as Error).message}`,
        );
      }
    }
    return lines;
  }

  /** A member of the owning team. */
  #ownerOf(expectation: Expectation) {
    const slug = expectation.owner.replace(/^group:default\//, '');
    const team = this.organisation.teams.find(it => it.slug === slug);
    const user = this.organisation.users.find(
      it => it.login === team?.members[0],
    );
    if (!user) {
      throw new Error(`The example has nobody in ${expectation.owner}`);
    }
    return user;
  }
}

export interface MergeRequest {
  login: string;
  owner: string;
  repository: string;
  number: number;
}
