import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

/** What a policy says of a permission; refs are owners whose campaigns or targets it allows. */
export type Decide = (permission: string) => AuthorizeResult | string[];

/** For tests: a permission service whose policy is a function. */
export function decidePermissions(decide: Decide) {
  return mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(({ permission }) => ({
        result: decide(permission.name) as AuthorizeResult.ALLOW,
      })),
    authorizeConditional: async requests =>
      requests.map(({ permission }) => {
        const decision = decide(permission.name);
        if (!Array.isArray(decision)) {
          return { result: decision as AuthorizeResult.ALLOW };
        }
        const { resourceType } = permission as { resourceType: string };
        return {
          result: AuthorizeResult.CONDITIONAL as AuthorizeResult.CONDITIONAL,
          pluginId: 'campaigns',
          resourceType,
          conditions: {
            rule: resourceType.endsWith('target')
              ? 'IS_TARGET_OWNER'
              : 'IS_CAMPAIGN_OWNER',
            resourceType,
            params: { claims: decision },
          },
        };
      }),
  });
}
