import { AccountRow, RepositoryRow } from '../../store/rows';
import { PullContext } from '../../views/pulls';
import { ApiError, FieldError, validationFailed } from '../ApiError';
import type { Forge } from '../Forge';
import { emitPull, findPull } from './emitPull';

export interface NewPull {
  title: string;
  body?: string;
  /** A branch, or `owner:branch` of the same repository */
  head: string;
  base: string;
  draft?: boolean;
}

function refusal(field: Partial<FieldError> & Pick<FieldError, 'code'>) {
  return validationFailed({ resource: 'PullRequest', ...field });
}

/**
 * Opens a pull request under all of GitHub's conditions.
 *
 * @throws ApiError 422 in GitHub's words when one of them is not met
 */
export async function createPull(
  forge: Forge,
  repository: RepositoryRow,
  author: AccountRow,
  request: NewPull,
): Promise<PullContext> {
  const { store } = forge;
  const owner = store.accounts.require(repository.ownerId);
  const number = await forge.locks.run(repository.id, async () => {
    const headRef = headBranch(request.head, owner.login);
    const base = forge.branch(repository, request.base);
    const head = headRef && forge.branch(repository, headRef);
    if (!base) {
      throw refusal({ field: 'base', code: 'invalid' });
    }
    if (!headRef || !head) {
      throw refusal({ field: 'head', code: 'invalid' });
    }
    if (request.title.length > 256) {
      throw refusal({
        field: 'title',
        code: 'custom',
        message: 'title is too long (maximum is 256 characters)',
      });
    }
    checkBody('PullRequest', request.body);
    const git = forge.git(repository);
    const mergeBase = await git.mergeBase(base, head);
    if (!mergeBase) {
      throw refusal({
        code: 'custom',
        message: `The ${headRef} branch has no history in common with ${request.base}`,
      });
    }
    if (mergeBase === head) {
      throw refusal({
        code: 'custom',
        message: `No commits between ${request.base} and ${headRef}`,
      });
    }
    const [twin] = store.pulls.select(
      "SELECT p.* FROM pulls p JOIN issues i ON i.id = p.issueId WHERE p.repositoryId = ? AND p.headRef = ? AND p.baseRef = ? AND i.state = 'open'",
      [repository.id, headRef, request.base],
    );
    if (twin) {
      throw refusal({
        code: 'custom',
        message: `A pull request already exists for ${owner.login}:${headRef}.`,
      });
    }
    const now = forge.now();
    const created = store.transaction(() => {
      const next = store.repositories.require(repository.id).lastNumber + 1;
      store.repositories.update(repository.id, { lastNumber: next });
      const issue = store.issues.insert({
        repositoryId: repository.id,
        number: next,
        isPull: true,
        title: request.title,
        body: request.body,
        state: 'open',
        authorId: author.id,
        createdAt: now,
        updatedAt: now,
      });
      store.pulls.insert({
        issueId: issue.id,
        repositoryId: repository.id,
        number: next,
        headRef,
        headSha: head,
        baseRef: request.base,
        baseSha: base,
        draft: request.draft ?? false,
        merged: false,
      });
      return next;
    });
    await git.updateRefs([{ ref: `refs/pull/${created}/head`, sha: head }]);
    return created;
  });
  await emitPull(forge, repository, author, number, 'opened');
  return findPull(forge, repository, number)!;
}

/** @throws ApiError 422 when a text is longer than GitHub stores */
export function checkBody(resource: string, body: string | undefined): void {
  if (body !== undefined && body.length > 65536) {
    throw validationFailed({
      resource,
      field: 'body',
      code: 'custom',
      message: 'body is too long (maximum is 65536 characters)',
    });
  }
}

function headBranch(head: string, owner: string): string | undefined {
  const colon = head.indexOf(':');
  if (colon < 0) {
    return head;
  }
  return head.slice(0, colon).toLowerCase() === owner.toLowerCase()
    ? head.slice(colon + 1)
    : undefined;
}

export interface PullPatch {
  title?: string;
  body?: string;
  base?: string;
  state?: 'open' | 'closed';
  draft?: boolean;
}

/** Edits, closes or reopens a pull request and announces each of these. */
export async function updatePull(
  forge: Forge,
  actor: AccountRow,
  context: PullContext,
  patch: PullPatch,
): Promise<PullContext> {
  const { repository } = context;
  const { number } = context.pull;
  const actions = await forge.locks.run(repository.id, async () =>
    applyPatch(forge, actor, findPull(forge, repository, number)!, patch),
  );
  for (const { action, extra } of actions) {
    await emitPull(forge, repository, actor, number, action, extra);
  }
  return findPull(forge, repository, number)!;
}

interface Announcement {
  action: string;
  extra?: Record<string, unknown>;
}

async function applyPatch(
  forge: Forge,
  actor: AccountRow,
  { repository, issue, pull }: PullContext,
  patch: PullPatch,
): Promise<Announcement[]> {
  const { store } = forge;
  const actions: Announcement[] = [];
  const changes: Record<string, unknown> = {};
  const now = forge.now();
  checkBody('PullRequest', patch.body);
  const base =
    patch.base === undefined || patch.base === pull.baseRef
      ? undefined
      : forge.branch(repository, patch.base);
  if (patch.base !== undefined && patch.base !== pull.baseRef) {
    if (!base) {
      throw refusal({ field: 'base', code: 'invalid' });
    }
    changes.base = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
    store.pulls.update(pull.id, { baseRef: patch.base, baseSha: base });
  }
  if (patch.title !== undefined && patch.title !== issue.title) {
    changes.title = { from: issue.title };
  }
  if (patch.body !== undefined && patch.body !== issue.body) {
    changes.body = { from: issue.body ?? '' };
  }
  store.issues.update(issue.id, {
    updatedAt: now,
    ...(patch.title !== undefined && { title: patch.title }),
    ...(patch.body !== undefined && { body: patch.body }),
  });
  if (Object.keys(changes).length > 0) {
    actions.push({ action: 'edited', extra: { changes } });
  }
  if (patch.draft !== undefined && patch.draft !== pull.draft) {
    store.pulls.update(pull.id, { draft: patch.draft });
    actions.push({
      action: patch.draft ? 'converted_to_draft' : 'ready_for_review',
    });
  }
  if (patch.state === 'closed' && issue.state === 'open') {
    store.issues.update(issue.id, {
      state: 'closed',
      closedAt: now,
      closedById: actor.id,
    });
    actions.push({ action: 'closed' });
  }
  if (patch.state === 'open' && issue.state === 'closed') {
    await reopen(forge, { repository, issue, pull });
    actions.push({ action: 'reopened' });
  }
  return actions;
}

async function reopen(
  forge: Forge,
  { repository, issue, pull }: PullContext,
): Promise<void> {
  const { store } = forge;
  const refuse = (message: string) =>
    refusal({ field: 'state', code: 'invalid', message });
  const head = forge.branch(repository, pull.headRef);
  const base = forge.branch(repository, pull.baseRef);
  if (pull.merged) {
    throw refuse('state cannot be changed. The pull request has been merged.');
  }
  if (!head || !base) {
    throw refuse(
      `state cannot be changed. The ${
        head ? pull.baseRef : pull.headRef
      } branch has been deleted.`,
    );
  }
  const [twin] = store.pulls.select(
    "SELECT p.* FROM pulls p JOIN issues i ON i.id = p.issueId WHERE p.repositoryId = ? AND p.headRef = ? AND p.baseRef = ? AND i.state = 'open'",
    [repository.id, pull.headRef, pull.baseRef],
  );
  if (twin) {
    throw new ApiError(422, 'Validation Failed', [
      {
        resource: 'PullRequest',
        field: 'state',
        code: 'invalid',
        message: `state cannot be changed. There is already an open pull request from ${pull.headRef} to ${pull.baseRef}.`,
      },
    ]);
  }
  store.issues.update(issue.id, {
    state: 'open',
    closedAt: undefined,
    closedById: undefined,
  });
  store.pulls.update(pull.id, { headSha: head, baseSha: base });
}
