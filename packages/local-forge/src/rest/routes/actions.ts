import { notFound } from '../../domain/ApiError';
import { Routes } from '../Routes';

/** Jobs of Actions; the id of a job is that of its check run. */
export function actionRoutes(routes: Routes): void {
  routes.on('GET', '/repos/:owner/:repo/actions/jobs/:job/logs', request => {
    const repository = request.repository('actions');
    const run = request.forge.store.checkRuns.get(request.number('job'));
    if (run?.repositoryId !== repository.id || run.log === undefined) {
      throw notFound();
    }
    const location = `${request.forge.url}/_job-logs/${run.id}`;
    return { status: 302, headers: { location } };
  });
}
