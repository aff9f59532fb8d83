import { ApiError, notFound } from '../../domain/ApiError';
import { ensureCheckSuite, settleCheckSuite } from '../../domain/checks';
import { emit } from '../../domain/emit';
import { CheckRunRow, CheckStatus, RepositoryRow } from '../../store/rows';
import { presentCheckRun, presentCheckSuite } from '../../views/checks';
import {
  optionalObject,
  optionalText,
  optionalWord,
  requiredText,
} from '../fields';
import { linkHeader, slice } from '../paginate';
import { ApiRequest, Routes } from '../Routes';
import { commitSha } from './statuses';

const checkStates = ['queued', 'in_progress', 'completed'] as const;
const conclusions = [
  'action_required',
  'cancelled',
  'failure',
  'neutral',
  'success',
  'skipped',
  'stale',
  'timed_out',
] as const;

/** Check runs and check suites. */
export function checkRoutes(routes: Routes): void {
  runRoutes(routes);
  suiteRoutes(routes);
}

function runPatch(request: ApiRequest): Partial<CheckRunRow> {
  const { body, forge } = request;
  const conclusion = optionalWord(body, 'conclusion', conclusions);
  const status = conclusion
    ? 'completed'
    : optionalWord(body, 'status', checkStates);
  const output = optionalObject(body, 'output');
  if (status === 'completed' && !conclusion) {
    requiredText(body, 'conclusion');
  }
  const patch: Partial<CheckRunRow> = {
    status: status as CheckStatus | undefined,
    conclusion,
    startedAt: optionalText(body, 'started_at'),
    completedAt:
      optionalText(body, 'completed_at') ??
      (conclusion ? forge.now() : undefined),
    detailsUrl: optionalText(body, 'details_url'),
    externalId: optionalText(body, 'external_id'),
    name: optionalText(body, 'name'),
    output: output && {
      title: optionalText(output, 'title'),
      summary: optionalText(output, 'summary'),
      text: optionalText(output, 'text'),
    },
  };
  return Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== undefined),
  );
}

async function announceRun(
  request: ApiRequest,
  repository: RepositoryRow,
  run: CheckRunRow,
  action: string,
): Promise<void> {
  const { forge } = request;
  await emit(forge, repository, request.account(), 'check_run', async () => ({
    action,
    check_run: {
      ...presentCheckRun(forge, repository, run),
      check_suite: await presentCheckSuite(
        forge,
        repository,
        forge.store.checkSuites.require(run.suiteId),
      ),
    },
  }));
  await settleCheckSuite(forge, repository, request.account(), run.suiteId);
}

function appOf(request: ApiRequest) {
  if (request.actor.kind !== 'installation') {
    throw new ApiError(403, 'You must authenticate via a GitHub App.');
  }
  return request.actor.app;
}

function runRoutes(routes: Routes): void {
  const find = (request: ApiRequest, level: 'read' | 'write') => {
    const repository = request.repository('checks', level);
    const run = request.forge.store.checkRuns.get(request.number('run'));
    if (!run || run.repositoryId !== repository.id) {
      throw notFound();
    }
    return { repository, run };
  };

  routes.on('POST', '/repos/:owner/:repo/check-runs', async request => {
    const repository = request.repository('checks', 'write');
    const { forge, body } = request;
    const app = appOf(request);
    const headSha = await commitSha(
      request,
      repository,
      requiredText(body, 'head_sha'),
    );
    const suite = ensureCheckSuite(forge, repository, app.id, headSha);
    const run = forge.store.checkRuns.insert({
      status: 'queued',
      startedAt: forge.now(),
      output: {},
      ...runPatch(request),
      suiteId: suite.id,
      repositoryId: repository.id,
      appId: app.id,
      headSha,
      name: requiredText(body, 'name'),
    });
    await announceRun(
      request,
      repository,
      run,
      run.status === 'completed' ? 'completed' : 'created',
    );
    return { status: 201, json: presentCheckRun(forge, repository, run) };
  });

  routes.on('PATCH', '/repos/:owner/:repo/check-runs/:run', async request => {
    const { repository, run } = find(request, 'write');
    if (appOf(request).id !== run.appId) {
      throw new ApiError(
        403,
        'Invalid app_id `' +
          `${run.appId}` +
          '` - check run can only be modified by the GitHub App that created it.',
      );
    }
    const changed = request.forge.store.checkRuns.update(
      run.id,
      runPatch(request),
    );
    if (changed.status === 'completed' && run.status !== 'completed') {
      await announceRun(request, repository, changed, 'completed');
    } else {
      await settleCheckSuite(
        request.forge,
        repository,
        request.account(),
        run.suiteId,
      );
    }
    return { json: presentCheckRun(request.forge, repository, changed) };
  });

  routes.on('GET', '/repos/:owner/:repo/check-runs/:run', request => {
    const { repository, run } = find(request, 'read');
    return { json: presentCheckRun(request.forge, repository, run) };
  });

  routes.on(
    'GET',
    '/repos/:owner/:repo/commits/:ref(*)/check-runs',
    async request => {
      const repository = request.repository('checks');
      const { store } = request.forge;
      const sha = await commitSha(request, repository, request.param('ref'));
      const all =
        request.query('filter') === 'all'
          ? store.checkRuns.find({ repositoryId: repository.id, headSha: sha })
          : store.latestCheckRuns(repository.id, sha);
      return listRuns(request, repository, all);
    },
  );

  routes.on(
    'GET',
    '/repos/:owner/:repo/check-suites/:suite/check-runs',
    request => {
      const repository = request.repository('checks');
      return listRuns(
        request,
        repository,
        request.forge.store.checkRuns.find({
          repositoryId: repository.id,
          suiteId: request.number('suite'),
        }),
      );
    },
  );
}

function listRuns(
  request: ApiRequest,
  repository: RepositoryRow,
  all: CheckRunRow[],
) {
  const name = request.query('check_name');
  const status = request.query('status');
  const runs = all.filter(
    run => (!name || run.name === name) && (!status || run.status === status),
  );
  return {
    json: {
      total_count: runs.length,
      check_runs: slice(request, runs).map(run =>
        presentCheckRun(request.forge, repository, run),
      ),
    },
    headers: linkHeader(request, runs.length),
  };
}

function suiteRoutes(routes: Routes): void {
  routes.on(
    'GET',
    '/repos/:owner/:repo/commits/:ref(*)/check-suites',
    async request => {
      const repository = request.repository('checks');
      const headSha = await commitSha(
        request,
        repository,
        request.param('ref'),
      );
      const suites = request.forge.store.checkSuites.find({
        repositoryId: repository.id,
        headSha,
      });
      return {
        json: {
          total_count: suites.length,
          check_suites: await Promise.all(
            slice(request, suites).map(suite =>
              presentCheckSuite(request.forge, repository, suite),
            ),
          ),
        },
        headers: linkHeader(request, suites.length),
      };
    },
  );

  routes.on('GET', '/repos/:owner/:repo/check-suites/:suite', async request => {
    const repository = request.repository('checks');
    const suite = request.forge.store.checkSuites.get(request.number('suite'));
    if (!suite || suite.repositoryId !== repository.id) {
      throw notFound();
    }
    return { json: await presentCheckSuite(request.forge, repository, suite) };
  });
}
