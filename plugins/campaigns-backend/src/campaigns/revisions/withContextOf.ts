import { CampaignSpec } from '@skein/plugin-campaigns-common';

/**
 * A spec with the context of another: what jobs are told is that of `context`,
 * and all else (title, owner, deadline, scope, rollout, budget, pull requests)
 * stays. So a revision that was written a week ago takes back no budget that
 * was raised since.
 */
export function withContextOf(
  spec: CampaignSpec,
  context: CampaignSpec,
): CampaignSpec {
  const { apiVersion, kind, name, title, description, owner } = spec;
  const { deadline, scope, rollout, budget, pullRequest } = spec;
  return {
    ...context,
    apiVersion,
    kind,
    name,
    title,
    description,
    owner,
    deadline,
    scope,
    rollout,
    budget,
    pullRequest,
    // Its address is part of the context, its text is not: a mended guide stays.
    guideText:
      spec.guide === context.guide ? spec.guideText : context.guideText,
  };
}
