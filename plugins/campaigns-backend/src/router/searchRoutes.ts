import {
  CodeSearchRequest,
  codeSearchPermission,
} from '@skein/plugin-campaigns-common';
import { Router } from 'express';
import { audited } from './audited';
import { RouterOptions } from './RouterOptions';

/** The route that searches code. */
export function addSearchRoutes(router: Router, options: RouterOptions) {
  const { auditor, authorizer, search } = options;

  router.post('/search', async (request, response) => {
    const caller = await authorizer.identify(request);
    const wanted = request.body as CodeSearchRequest;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const report = await audited(
      auditor,
      request,
      'code-search',
      { ...request.body },
      async () => {
        await authorizer.require(caller, codeSearchPermission);
        return search.search(wanted, {
          credentials: caller.credentials,
          signal: gone.signal,
        });
      },
      ({ totals }) => ({ found: totals }),
    );
    response.json(report);
  });
}
