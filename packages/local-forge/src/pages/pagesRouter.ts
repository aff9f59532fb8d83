import express from 'express';
import { ApiError, notFound } from '../domain/ApiError';
import type { Forge } from '../domain/Forge';
import { addComment } from '../domain/issues';
import { updatePull } from '../domain/pulls/createPull';
import { findPull } from '../domain/pulls/emitPull';
import { mergePull } from '../domain/pulls/mergePull';
import { pullDiff } from '../domain/pulls/pullDiff';
import { createReview } from '../domain/pulls/reviews';
import { AccountRow, RepositoryRow } from '../store/rows';
import { PullContext } from '../views/pulls';
import { markup } from './markup';
import { layout } from './layout';
import { pullPage } from './pullPage';
import {
  accountPage,
  blobPage,
  commitPage,
  comparePage,
  frontPage,
  pullsPage,
  splitRef,
  treePage,
} from './repositoryPages';
import { appPage, issuePage, runPage, teamPage } from './smallPages';
import { style } from './style';

const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The web pages. There is no signing in: whoever can reach 127.0.0.1 is the
 * development user, so a change must come from one of these pages.
 */
export function pagesRouter(forge: Forge, viewer: AccountRow): express.Router {
  const router = express.Router();
  router.use((request, response, next) => {
    response.set({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    const hosts = [forge.host, forge.host.replace('127.0.0.1', 'localhost')];
    const origin = request.headers.origin?.replace('http://', '');
    const foreign =
      !hosts.includes(request.headers.host ?? '') ||
      (request.method !== 'GET' && !hosts.includes(origin ?? ''));
    if (foreign) {
      response
        .status(403)
        .type('text/plain')
        .end(`This page is served at ${forge.url} only.`);
      return;
    }
    next();
  });

  router.get('/_assets/style.css', (_, response) => {
    response.type('text/css').set('cache-control', 'max-age=300').end(style);
  });
  router.get('/_avatars/:login.svg', (request, response) => {
    response.type('image/svg+xml').end(avatar(request.params.login));
  });

  router.get('/_job-logs/:run', (request, response) => {
    const run = forge.store.checkRuns.get(Number(request.params.run));
    if (run?.log === undefined) response.status(404).end();
    else response.type('text/plain').end(run.log);
  });

  const page = (
    path: string,
    build: (request: express.Request) => string | Promise<string>,
  ) =>
    router.get(path, async (request, response, next) => {
      try {
        response.type('text/html').end(await build(request));
      } catch (error) {
        next(error);
      }
    });
  const repositoryOf = (request: express.Request): RepositoryRow => {
    const row = forge.store.repository(
      request.params.owner,
      request.params.repo,
    );
    if (!row) {
      throw notFound();
    }
    return row;
  };
  const pullOf = (request: express.Request): PullContext => {
    const found = findPull(
      forge,
      repositoryOf(request),
      Number(request.params.number),
    );
    if (!found) {
      throw notFound();
    }
    return found;
  };
  const at = async (request: express.Request) =>
    splitRef(forge, repositoryOf(request), request.params.rest);

  page('/', () => frontPage(forge));
  page('/:owner', request => {
    const account = forge.store.account(request.params.owner);
    if (!account) {
      throw notFound();
    }
    return accountPage(forge, account);
  });
  page('/apps/:slug', request => appPage(forge, request.params.slug));
  page('/github-apps/:slug', request => appPage(forge, request.params.slug));
  page('/orgs/:org/teams/:slug', request =>
    teamPage(forge, request.params.org, request.params.slug),
  );
  page('/:owner/:repo/runs/:run(\\d+)', request =>
    runPage(forge, repositoryOf(request), Number(request.params.run)),
  );
  page('/:owner/:repo/issues/:number(\\d+)', request =>
    issuePage(forge, repositoryOf(request), Number(request.params.number)),
  );
  page('/:owner/:repo/pull/:number(\\d+)/commits/:sha', request =>
    commitPage(forge, repositoryOf(request), request.params.sha),
  );
  page('/:owner/:repo', request => treePage(forge, repositoryOf(request)));
  page('/:owner/:repo/pulls', request =>
    pullsPage(forge, repositoryOf(request)),
  );
  page('/:owner/:repo/tree/:rest(*)', async request =>
    treePage(forge, repositoryOf(request), await at(request)),
  );
  page('/:owner/:repo/blob/:rest(*)', async request =>
    blobPage(forge, repositoryOf(request), await at(request)),
  );
  page('/:owner/:repo/commit/:sha', request =>
    commitPage(forge, repositoryOf(request), request.params.sha),
  );
  page('/:owner/:repo/compare/:span(*)', request =>
    comparePage(forge, repositoryOf(request), request.params.span),
  );

  const plain = (
    path: string,
    build: (request: express.Request) => Promise<string | Buffer>,
  ) =>
    router.get(path, async (request, response, next) => {
      try {
        const content = await build(request);
        response.type('text/plain').end(content);
      } catch (error) {
        next(error);
      }
    });
  plain('/:owner/:repo/raw/:rest(*)', async request => {
    const { commit, path } = await at(request);
    const git = forge.git(repositoryOf(request));
    const entry = await git.entry(commit, path);
    const blob = entry && (await git.object(entry.sha, 'blob'));
    if (!blob) {
      throw notFound();
    }
    return blob.content;
  });
  plain(
    '/:owner/:repo/pull/:number(\\d+).:format(diff|patch)',
    async request => {
      const { repository, pull } = pullOf(request);
      const { mergeBase } = await pullDiff(forge, repository, pull);
      return forge.git(repository).diffText(mergeBase, pull.headSha);
    },
  );
  page('/:owner/:repo/pull/:number(\\d+)', request =>
    pullPage(forge, pullOf(request), viewer),
  );
  pullActions(router, forge, viewer, pullOf);

  router.use(() => {
    throw notFound();
  });
  const showError: express.ErrorRequestHandler = (
    error,
    _request,
    response,
    next,
  ) => {
    if (!(error instanceof ApiError) || response.headersSent) {
      next(error);
      return;
    }
    response
      .status(error.status)
      .type('text/html')
      .end(
        layout(
          error.message,
          [],
          markup`<h1>${error.message}</h1>
            <p><a href="/">Back to the organisations</a></p>`,
        ),
      );
  };
  router.use(showError);
  return router;
}

/** What the buttons of a pull request's page do. */
function pullActions(
  router: express.Router,
  forge: Forge,
  viewer: AccountRow,
  pullOf: (request: express.Request) => PullContext,
): void {
  const actions: Record<
    string,
    (context: PullContext, body: Record<string, unknown>) => Promise<unknown>
  > = {
    merge: context =>
      mergePull(forge, viewer, context, {
        // The first way that the repository allows, as GitHub offers it.
        method:
          (
            [
              [context.repository.allowMergeCommit, 'merge'],
              [context.repository.allowSquashMerge, 'squash'],
            ] as const
          ).find(([allowed]) => allowed)?.[1] ?? 'rebase',
      }),
    close: context => updatePull(forge, viewer, context, { state: 'closed' }),
    reopen: context => updatePull(forge, viewer, context, { state: 'open' }),
    ready: context => updatePull(forge, viewer, context, { draft: false }),
    approve: context =>
      createReview(forge, viewer, context, { event: 'APPROVE' }),
    comment: (context, body) =>
      addComment(
        forge,
        context.repository,
        viewer,
        context.issue,
        String(body.body ?? '').trim() || '(empty)',
      ),
  };
  router.post(
    '/:owner/:repo/pull/:number(\\d+)/:action',
    express.urlencoded({ extended: false, limit: '200kb' }),
    async (request, response, next) => {
      try {
        const context = pullOf(request);
        const { action } = request.params;
        const run = Object.hasOwn(actions, action)
          ? actions[action]
          : undefined;
        if (!run) {
          throw notFound();
        }
        try {
          await run(context, request.body ?? {});
        } catch (error) {
          if (!(error instanceof ApiError)) {
            throw error;
          }
          const reasons = error.errors?.map(one =>
            typeof one === 'string' ? one : one.message ?? one.code,
          );
          response
            .status(error.status)
            .type('text/html')
            .end(
              await pullPage(
                forge,
                pullOf(request),
                viewer,
                [error.message, ...(reasons ?? [])].join(': '),
              ),
            );
          return;
        }
        response.redirect(303, request.path.slice(0, -action.length - 1));
      } catch (error) {
        next(error);
      }
    },
  );
}

/** A letter on a colour that depends on the name. */
function avatar(login: string): string {
  const hue = [...login].reduce(
    (sum, character) => (sum * 31 + character.charCodeAt(0)) % 360,
    7,
  );
  const letter = markup`${login.slice(0, 1).toUpperCase()}`.text;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="20" fill="hsl(${hue} 45% 45%)"/><text x="20" y="27" font-family="sans-serif" font-size="20" text-anchor="middle" fill="#fff">${letter}</text></svg>`;
}
