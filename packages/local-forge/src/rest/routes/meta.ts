import { identityOf } from '../../domain/Actor';
import { RateResource } from '../../behaviour/RateLimiter';
import { Routes } from '../Routes';

export function metaRoutes(routes: Routes): void {
  routes.on('GET', '/meta', () => ({
    json: {
      verifiable_password_authentication: true,
      installed_version: '3.19.0',
    },
  }));

  routes.on('GET', '/rate_limit', ({ forge, actor }) => {
    const state = (resource: RateResource) =>
      forge.limiter.state(identityOf(actor), resource);
    return {
      json: {
        resources: {
          core: state('core'),
          search: state('search'),
          code_search: state('code_search'),
          graphql: state('graphql'),
        },
        rate: state('core'),
      },
    };
  });
}
