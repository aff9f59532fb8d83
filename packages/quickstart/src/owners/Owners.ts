import { Target } from '@skein/plugin-campaigns-common';
import { Expectation } from '../example/expectations';
import { Organisation } from '../example/Organisation';
import { targetName } from '../outcome/compareWithExpected';

/** Plays the owners of the example: merges what they would merge, as they would. */
export class Owners {
  readonly #expectations: Map<string, Expectation>;
  /** Pull requests merged; the portal hears of it a moment later. */
  readonly #merged = new Set<string>();

  constructor(
    private readonly organisation: Organisation,
    expectations: Expectation[],
    private readonly merge: (request: MergeRequest) => Promise<void>,
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
      if (this.#merged.has(pullRequest.url)) continue;
      const user = this.#ownerOf(expectation);
      await this.merge({
        login: user.login,
        owner: target.repository.owner,
        repository: target.repository.name,
        number: pullRequest.number,
      });
      this.#merged.add(pullRequest.url);
      lines.push(
        `${targetName(target)}: ${user.name}, its owner, merges #${
          pullRequest.number
        } on the forge`,
      );
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
