import { CampaignSpec } from '@skein/plugin-campaigns-common';
import {
  POLICY_ACTOR,
  recordActivity,
} from '../database/operations/activity/recordActivity';
import { PublicationWork } from '../database/operations/publications/getPublicationWork';
import { runGit } from '../repositories/git';
import { classifyFailure } from './classifyFailure';
import { PublishingOptions } from './PublishingOptions';
import { Published } from './publishTarget';
import { chooseReviewers } from './reviewers/chooseReviewers';
import { codeownersPaths } from '../codeowners/codeowners';

/**
 * Puts labels and reviewers on a pull request. A name that the forge refuses, or
 * a failure, is told in the campaign's history and holds nothing up.
 */
export async function decorate(
  work: PublicationWork,
  published: Published,
  options: PublishingOptions,
  signal: AbortSignal,
): Promise<void> {
  const spec: CampaignSpec = JSON.parse(work.campaign.spec);
  const { repository } = published.head;
  const forge = options.forges.of(repository);
  const reviewers = await findReviewers(work, published, options);
  const { labels } = spec.pullRequest;
  if (labels.length + reviewers.length === 0) return;
  let problem: string | undefined;
  try {
    const { refused } = await options.governor.write(
      forge.identity,
      'content',
      () =>
        forge.decoratePullRequest(repository, published.pullRequest.number, {
          labels,
          reviewers,
        }),
      { signal },
    );
    if (refused.length > 0) {
      problem = `the forge refused ${refused.join(', ')}`;
    }
  } catch (error) {
    const failure = classifyFailure(error);
    if (failure.type === 'wait' || signal.aborted) throw error;
    problem = 'reason' in failure ? failure.reason : String(error);
  }
  if (problem) {
    await recordActivity(options.knex, {
      campaignId: work.campaign.id,
      targetId: work.target.id,
      actor: POLICY_ACTOR,
      action: 'target.decorate',
      message: `Not all labels and reviewers could be set on pull request #${published.pullRequest.number}: ${problem}`,
    });
  }
}

/** Code owners of what changes, else the target's owner in the catalog. */
async function findReviewers(
  work: PublicationWork,
  { head }: Published,
  options: PublishingOptions,
): Promise<string[]> {
  try {
    const files = await options.mirrors.readFiles(head, codeownersPaths);
    const codeowners = codeownersPaths
      .map(path => files.get(path))
      .find(text => text !== undefined);
    const reviewers = codeowners
      ? chooseReviewers(codeowners, await changedPaths(head.gitDir, work))
      : [];
    if (reviewers.length > 0 || !work.target.owner_ref) return reviewers;
    return (await options.ownerReviewers?.(work.target.owner_ref)) ?? [];
  } catch (error) {
    options.logger.warn(
      `Could not find reviewers for target ${work.target.id}`,
      error as Error,
    );
    return [];
  }
}

async function changedPaths(
  gitDir: string,
  { change }: PublicationWork,
): Promise<string[]> {
  const output = await runGit(['apply', '--numstat', '-z', '-'], {
    gitDir,
    input: change.patch,
  });
  return output
    .toString('utf8')
    .split('\0')
    .map(line => line.split('\t')[2])
    .filter(Boolean);
}
