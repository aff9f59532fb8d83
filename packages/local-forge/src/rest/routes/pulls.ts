import { ApiError, notFound } from '../../domain/ApiError';
import { createPull, updatePull } from '../../domain/pulls/createPull';
import { findPull } from '../../domain/pulls/emitPull';
import { mergePull, signatureOf } from '../../domain/pulls/mergePull';
import { pullDiff } from '../../domain/pulls/pullDiff';
import { writeGit } from '../../domain/syncRefs';
import { Permission } from '../../domain/access';
import {
  PullContext,
  presentPull,
  presentPullSummary,
} from '../../views/pulls';
import { presentCommit, presentFile } from '../../views/commits';
import { IssueRow, PullRow } from '../../store/rows';
import {
  optionalBoolean,
  optionalText,
  optionalWord,
  requiredText,
} from '../fields';
import { pageReply } from '../paginate';
import { ApiRequest, Routes } from '../Routes';
import { validationFailed } from '../../domain/ApiError';

/** The pull request of the path. @throws ApiError 404 */
export function pullOf(
  request: ApiRequest,
  level: 'read' | 'write' = 'read',
  permission: Permission = 'pull_requests',
): PullContext {
  const repository = request.repository(permission, level);
  const found = findPull(request.forge, repository, request.number('number'));
  if (!found) {
    throw notFound();
  }
  return found;
}

/** Open, list, read, edit and merge pull requests. */
export function pullRoutes(routes: Routes): void {
  routes.on('GET', '/repos/:owner/:repo/pulls', request => {
    const repository = request.repository('pull_requests');
    const { forge } = request;
    return pageReply(request, selectPulls(request, repository.id), pull =>
      presentPullSummary(forge, findPull(forge, repository, pull.number)!),
    );
  });

  routes.on('POST', '/repos/:owner/:repo/pulls', async request => {
    // Whoever may read and is signed in may propose; the head decides the rest.
    const repository = request.repository('pull_requests', 'write');
    const { forge, body } = request;
    const head = requiredText(body, 'head');
    const base = requiredText(body, 'base');
    const title = optionalText(body, 'title');
    if (!title?.trim()) {
      throw validationFailed({
        resource: 'PullRequest',
        code: 'missing_field',
        field: 'title',
      });
    }
    const context = await createPull(forge, repository, request.account(), {
      title,
      head,
      base,
      body: optionalText(body, 'body'),
      draft: optionalBoolean(body, 'draft'),
    });
    const json = await presentPull(forge, context);
    return { status: 201, json, headers: { location: String(json.url) } };
  });

  routes.on('GET', '/repos/:owner/:repo/pulls/:number(\\d+)', async request => {
    const context = pullOf(request);
    const { forge } = request;
    if (request.accepts('diff') || request.accepts('patch')) {
      const { mergeBase } = await pullDiff(
        forge,
        context.repository,
        context.pull,
      );
      return {
        raw: {
          content: await forge
            .git(context.repository)
            .diffText(mergeBase, context.pull.headSha),
          type: 'application/vnd.github.diff; charset=utf-8',
        },
      };
    }
    return { json: await presentPull(forge, context) };
  });

  routes.on(
    'PATCH',
    '/repos/:owner/:repo/pulls/:number(\\d+)',
    async request => {
      const context = pullOf(request, 'write');
      const { body, forge } = request;
      const changed = await updatePull(forge, request.account(), context, {
        title: optionalText(body, 'title'),
        body: optionalText(body, 'body'),
        base: optionalText(body, 'base'),
        state: optionalWord(body, 'state', ['open', 'closed'] as const),
      });
      return { json: await presentPull(forge, changed) };
    },
  );

  routes.on(
    'GET',
    '/repos/:owner/:repo/pulls/:number(\\d+)/files',
    async request => {
      const { repository, pull } = pullOf(request);
      const { files } = await pullDiff(request.forge, repository, pull);
      return pageReply(request, files, file =>
        presentFile(request.forge, repository, file, pull.headSha),
      );
    },
  );

  routes.on(
    'GET',
    '/repos/:owner/:repo/pulls/:number(\\d+)/commits',
    async request => {
      const { repository, pull } = pullOf(request);
      const { commits } = await pullDiff(request.forge, repository, pull);
      return pageReply(request, commits, commit =>
        presentCommit(request.forge, repository, commit),
      );
    },
  );

  routes.on('GET', '/repos/:owner/:repo/pulls/:number(\\d+)/merge', request => {
    const { pull } = pullOf(request);
    if (!pull.merged) {
      throw notFound();
    }
    return { status: 204 };
  });

  routes.on(
    'PUT',
    '/repos/:owner/:repo/pulls/:number(\\d+)/merge',
    async request => {
      const context = pullOf(request, 'write', 'contents');
      const { body } = request;
      const sha = await mergePull(request.forge, request.account(), context, {
        method: optionalWord(body, 'merge_method', [
          'merge',
          'squash',
          'rebase',
        ] as const),
        title: optionalText(body, 'commit_title'),
        message: optionalText(body, 'commit_message'),
        sha: optionalText(body, 'sha'),
      });
      return {
        json: {
          sha,
          merged: true,
          message: 'Pull Request successfully merged',
        },
      };
    },
  );

  routes.on(
    'PUT',
    '/repos/:owner/:repo/pulls/:number(\\d+)/update-branch',
    async request => {
      const context = pullOf(request, 'write');
      const expected = optionalText(request.body, 'expected_head_sha');
      if (expected && expected !== context.pull.headSha) {
        throw new ApiError(
          422,
          `expected head sha didn’t match current head ref.`,
        );
      }
      await updateBranch(request, context);
      return {
        status: 202,
        json: {
          message: 'Updating pull request branch.',
          url: `${request.forge.url}/${request.param('owner')}/${request.param(
            'repo',
          )}/pull/${context.pull.number}`,
        },
      };
    },
  );
}

async function updateBranch(
  request: ApiRequest,
  { repository, pull }: PullContext,
): Promise<void> {
  const account = request.account();
  await writeGit(request.forge, repository, account, async git => {
    if (await git.isAncestor(pull.baseSha, pull.headSha)) {
      throw new ApiError(422, 'There are no new commits on the base branch.');
    }
    const { tree } = await git.mergeTree(pull.headSha, pull.baseSha);
    if (!tree) {
      throw new ApiError(422, 'merge conflict between base and head');
    }
    const signature = signatureOf(account);
    const sha = await git.writeCommit({
      tree,
      parents: [pull.headSha, pull.baseSha],
      author: signature,
      committer: signature,
      message: `Merge branch '${pull.baseRef}' into ${pull.headRef}`,
    });
    await git.updateRefs([
      { ref: `refs/heads/${pull.headRef}`, sha, expected: pull.headSha },
    ]);
  });
}

/** The pull requests a list asks for, in the order it asks for. */
function selectPulls(request: ApiRequest, repositoryId: number): PullRow[] {
  const { store } = request.forge;
  const state = request.query('state') ?? 'open';
  const base = request.query('base');
  const head = request.query('head');
  const owner = request.param('owner').toLowerCase();
  const [headOwner, headRef] = head?.includes(':')
    ? [head.slice(0, head.indexOf(':')), head.slice(head.indexOf(':') + 1)]
    : [undefined, head];
  const issues = new Map<number, IssueRow>(
    store.issues
      .find({ repositoryId, isPull: true })
      .map(issue => [issue.id, issue]),
  );
  const issue = (pull: PullRow) => issues.get(pull.issueId)!;
  const sort = request.query('sort') ?? 'created';
  const down =
    (request.query('direction') ?? (sort === 'created' ? 'desc' : 'asc')) ===
    'desc';
  const key = (pull: PullRow) =>
    sort === 'updated' ? issue(pull).updatedAt : issue(pull).createdAt;
  return store.pulls
    .find({ repositoryId })
    .filter(pull => state === 'all' || issue(pull).state === state)
    .filter(pull => base === undefined || pull.baseRef === base)
    .filter(
      pull =>
        // A head without its owner is ignored, as GitHub does.
        headOwner === undefined ||
        (headOwner.toLowerCase() === owner && pull.headRef === headRef),
    )
    .sort((a, b) => {
      const order = key(a) < key(b) ? -1 : Number(key(a) > key(b));
      return (order || a.number - b.number) * (down ? -1 : 1);
    });
}
