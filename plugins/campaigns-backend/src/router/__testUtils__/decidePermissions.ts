import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

/** What a policy says of a permission; refs are owners whose campaigns or targets it allows. */
export type Decide = (
  permission: string,
  /** Entity ref of a user, or the subject of a service. */
  who: string,
) => AuthorizeResult | string[] | { ofCampaignsOf: string[] };

/** For tests: a permission service whose policy is a function. */
export function decidePermissions(decide: Decide) {
  return mockServices.permissions.mock({
    authorize: async (requests, options) =>
      requests.map(({ permission }) => ({
        result: decide(
          permission.name,
          whoIs(options?.credentials),
        ) as AuthorizeResult.ALLOW,
      })),
    authorizeConditional: async (requests, options) =>
      requests.map(({ permission }) => {
        const decision = decide(permission.name, whoIs(options?.credentials));
        if (typeof decision === 'string') {
          return { result: decision as AuthorizeResult.ALLOW };
        }
        const { resourceType } = permission as { resourceType: string };
        return {
          result: AuthorizeResult.CONDITIONAL as AuthorizeResult.CONDITIONAL,
          pluginId: 'campaigns',
          resourceType,
          conditions: {
            resourceType,
            ...conditionOf(resourceType, decision),
          },
        };
      }),
  });
}

function conditionOf(
  resourceType: string,
  decision: string[] | { ofCampaignsOf: string[] },
) {
  if (!Array.isArray(decision)) {
    return {
      rule: 'IS_TARGET_OF_CAMPAIGN_OWNER',
      params: { claims: decision.ofCampaignsOf },
    };
  }
  return {
    rule: resourceType.endsWith('target')
      ? 'IS_TARGET_OWNER'
      : 'IS_CAMPAIGN_OWNER',
    params: { claims: decision },
  };
}

function whoIs(credentials: unknown): string {
  const { principal } = (credentials ?? {}) as {
    principal?: { userEntityRef?: string; subject?: string };
  };
  return principal?.userEntityRef ?? principal?.subject ?? 'nobody';
}
