import { spawn } from 'node:child_process';
import express from 'express';
import { accessTo } from '../domain/access';
import { Actor } from '../domain/Actor';
import { ApiError } from '../domain/ApiError';
import type { Forge } from '../domain/Forge';
import { writeGit } from '../domain/syncRefs';
import { gitEnvironment } from '../git/runGit';
import { authenticate } from '../rest/authenticate';
import { RepositoryRow } from '../store/rows';

const routes = [
  '/:owner/:repo/info/refs',
  '/:owner/:repo/git-upload-pack',
  '/:owner/:repo/git-receive-pack',
];

/** Clone, fetch and push by `git http-backend`, with a token as the password. */
export function gitHttp(forge: Forge): express.Router {
  const router = express.Router();
  router.all(routes, async (request, response, next) => {
    try {
      await serve(forge, request, response);
    } catch (error) {
      if (error instanceof ApiError && !response.headersSent) {
        if (error.status === 401) {
          response.set('www-authenticate', 'Basic realm="GitHub"');
        }
        response.status(error.status).type('text/plain').end(error.message);
      } else {
        next(error);
      }
    }
  });
  return router;
}

async function serve(
  forge: Forge,
  request: express.Request,
  response: express.Response,
): Promise<void> {
  const action = request.path.slice(request.path.lastIndexOf('/') + 1);
  const writes =
    action === 'git-receive-pack' ||
    request.query.service === 'git-receive-pack';
  const actor = await authenticate(forge, request.headers.authorization);
  const repository = allowed(forge, actor, request, writes);
  const run = () => httpBackend(forge, repository, request, response, action);
  if (action === 'git-receive-pack') {
    const account =
      actor.kind === 'user' || actor.kind === 'installation'
        ? actor.account
        : undefined;
    if (!account) {
      throw new ApiError(401, 'Authentication required');
    }
    // The answer is sent once pull requests and webhooks know of the push.
    const finish = await writeGit(forge, repository, account, run);
    finish();
  } else {
    (await run())();
  }
}

function allowed(
  forge: Forge,
  actor: Actor,
  request: express.Request,
  writes: boolean,
): RepositoryRow {
  const repository = forge.store.repository(
    request.params.owner,
    request.params.repo.replace(/\.git$/, ''),
  );
  const access = repository ? accessTo(forge.store, actor, repository) : 'none';
  if (!repository || access === 'none' || (writes && access === 'read')) {
    throw actor.kind === 'anonymous'
      ? new ApiError(401, 'Authentication required')
      : new ApiError(
          access === 'read' ? 403 : 404,
          access === 'read'
            ? 'Write access to repository not granted.'
            : 'Repository not found.',
        );
  }
  if (writes) {
    if (repository.archived) {
      throw new ApiError(
        403,
        'This repository was archived so it is read-only.',
      );
    }
    if (
      actor.kind === 'installation' &&
      actor.permissions.contents !== 'write'
    ) {
      throw new ApiError(403, 'Write access to repository not granted.');
    }
  }
  return repository;
}

/** Runs the CGI program; the returned function ends the response. */
function httpBackend(
  forge: Forge,
  repository: RepositoryRow,
  request: express.Request,
  response: express.Response,
  action: string,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const path = action === 'refs' ? 'info/refs' : action;
    const query = request.originalUrl.indexOf('?');
    const child = spawn('git', ['http-backend'], {
      env: {
        ...gitEnvironment,
        GIT_PROJECT_ROOT: forge.repositories.directory,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: `/${repository.id}.git/${path}`,
        REQUEST_METHOD: request.method,
        QUERY_STRING: query < 0 ? '' : request.originalUrl.slice(query + 1),
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        CONTENT_LENGTH: request.headers['content-length'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        REMOTE_USER: 'forge',
        REMOTE_ADDR: '127.0.0.1',
      },
    });
    const held: Buffer[] = [];
    let head = Buffer.alloc(0);
    let inBody = false;
    const hold = action === 'git-receive-pack';
    child.stdout.on('data', (chunk: Buffer) => {
      let body = chunk;
      if (!inBody) {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) {
          return;
        }
        inBody = true;
        applyHeaders(response, head.toString('latin1', 0, end));
        body = head.subarray(end + 4);
      }
      if (hold) {
        held.push(body);
      } else if (!response.write(body)) {
        child.stdout.pause();
        response.once('drain', () => child.stdout.resume());
      }
    });
    child.stderr.resume();
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', () => {
      if (!inBody) {
        reject(new ApiError(500, 'git http-backend gave no answer'));
      } else {
        resolve(() => response.end(Buffer.concat(held)));
      }
    });
    request.on('aborted', () => child.kill());
    request.pipe(child.stdin);
  });
}

function applyHeaders(response: express.Response, text: string): void {
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'status') {
      response.status(parseInt(value, 10));
    } else if (name) {
      response.set(name, value);
    }
  }
}
