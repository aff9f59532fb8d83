import { notFound, validationFailed } from '../../domain/ApiError';
import { addComment, addLabels, announceComment } from '../../domain/issues';
import { checkBody, updatePull } from '../../domain/pulls/createPull';
import { findPull } from '../../domain/pulls/emitPull';
import { CommentRow, IssueRow, RepositoryRow } from '../../store/rows';
import { labelsOf, presentComment, presentIssue } from '../../views/issues';
import { optionalText, optionalWord, requiredText, textList } from '../fields';
import { pageReply } from '../paginate';
import { ApiRequest, Routes } from '../Routes';

const base = '/repos/:owner/:repo/issues';
const one = `${base}/:number(\\d+)`;

/** The issue or pull request of the path. @throws ApiError 404 */
export function issueOf(
  request: ApiRequest,
  level: 'read' | 'write' = 'read',
): { repository: RepositoryRow; issue: IssueRow } {
  const { store } = request.forge;
  const found = store.repository(request.param('owner'), request.param('repo'));
  const issue =
    found &&
    store.issues.findOne({
      repositoryId: found.id,
      number: request.number('number'),
    });
  // An app needs the permission of what the number turns out to be.
  const repository = request.repository(
    issue?.isPull ? 'pull_requests' : 'issues',
    level,
  );
  if (!issue) {
    throw notFound();
  }
  return { repository, issue };
}

function show(request: ApiRequest, repository: RepositoryRow, issue: IssueRow) {
  return presentIssue(
    request.forge,
    repository,
    issue,
    request.forge.store.pulls.findOne({ issueId: issue.id }),
  );
}

function commentOf(request: ApiRequest, level: 'read' | 'write') {
  const { store } = request.forge;
  const comment: CommentRow | undefined = store.comments.get(
    request.number('comment'),
  );
  const issue = comment && store.issues.require(comment.issueId);
  const repository = request.repository(
    issue?.isPull ? 'pull_requests' : 'issues',
    level,
  );
  if (!comment || !issue || comment.repositoryId !== repository.id) {
    throw notFound();
  }
  return { repository, issue, comment };
}

/** Issues, the comments of issues and pull requests, and labels. */
export function issueRoutes(routes: Routes): void {
  routes.on('GET', base, request => {
    const repository = request.repository('issues');
    const state = request.query('state') ?? 'open';
    const labels = request.query('labels')?.split(',') ?? [];
    const issues = request.forge.store.issues
      .find({ repositoryId: repository.id }, { descending: true })
      .filter(issue => state === 'all' || issue.state === state)
      .filter(issue => {
        const names = labelsOf(request.forge, issue.id).map(({ name }) => name);
        return labels.every(label => names.includes(label));
      });
    return pageReply(request, issues, issue =>
      show(request, repository, issue),
    );
  });

  routes.on('POST', base, async request => {
    const repository = request.repository('issues', 'read');
    const { forge, body } = request;
    const title = optionalText(body, 'title');
    if (!title) {
      throw validationFailed({
        resource: 'Issue',
        code: 'missing_field',
        field: 'title',
      });
    }
    const author = request.account();
    const issue = forge.store.transaction(() => {
      const number =
        forge.store.repositories.require(repository.id).lastNumber + 1;
      forge.store.repositories.update(repository.id, { lastNumber: number });
      return forge.store.issues.insert({
        repositoryId: repository.id,
        number,
        isPull: false,
        title,
        body: optionalText(body, 'body'),
        state: 'open',
        authorId: author.id,
        createdAt: forge.now(),
        updatedAt: forge.now(),
      });
    });
    await addLabels(forge, repository, author, issue, textList(body, 'labels'));
    return {
      status: 201,
      json: show(request, repository, forge.store.issues.require(issue.id)),
    };
  });

  routes.on('GET', one, request => {
    const { repository, issue } = issueOf(request);
    return { json: show(request, repository, issue) };
  });

  routes.on('PATCH', one, async request => {
    const { repository, issue } = issueOf(request, 'write');
    const { forge, body } = request;
    const patch = {
      title: optionalText(body, 'title'),
      body: optionalText(body, 'body'),
      state: optionalWord(body, 'state', ['open', 'closed'] as const),
    };
    const pull = findPull(forge, repository, issue.number);
    if (pull) {
      await updatePull(forge, request.account(), pull, patch);
    } else {
      const state = patch.state ?? issue.state;
      forge.store.issues.update(issue.id, {
        title: patch.title ?? issue.title,
        body: patch.body ?? issue.body,
        state,
        updatedAt: forge.now(),
        closedAt:
          state === 'closed' ? issue.closedAt ?? forge.now() : undefined,
        closedById: state === 'closed' ? request.account().id : undefined,
      });
    }
    return {
      json: show(request, repository, forge.store.issues.require(issue.id)),
    };
  });

  routes.on('GET', `${one}/comments`, request => {
    const { repository, issue } = issueOf(request);
    const since = request.query('since');
    const comments = request.forge.store.comments
      .find({ issueId: issue.id })
      .filter(comment => !since || comment.updatedAt >= since);
    return pageReply(request, comments, comment =>
      presentComment(request.forge, repository, issue, comment),
    );
  });

  routes.on('POST', `${one}/comments`, async request => {
    const { repository, issue } = issueOf(request, 'write');
    const body = requiredText(request.body, 'body');
    if (!body.trim()) {
      throw validationFailed({
        resource: 'IssueComment',
        code: 'missing_field',
        field: 'body',
      });
    }
    const comment = await addComment(
      request.forge,
      repository,
      request.account(),
      issue,
      body,
    );
    const json = presentComment(request.forge, repository, issue, comment);
    return { status: 201, json, headers: { location: String(json.url) } };
  });

  routes.on('GET', `${base}/comments/:comment(\\d+)`, request => {
    const { repository, issue, comment } = commentOf(request, 'read');
    return { json: presentComment(request.forge, repository, issue, comment) };
  });

  routes.on('PATCH', `${base}/comments/:comment(\\d+)`, async request => {
    const { repository, issue, comment } = commentOf(request, 'write');
    const { forge } = request;
    const body = requiredText(request.body, 'body');
    checkBody('IssueComment', body);
    const changed = forge.store.comments.update(comment.id, {
      body,
      updatedAt: forge.now(),
    });
    forge.store.issues.update(issue.id, { updatedAt: forge.now() });
    await announceComment(
      forge,
      repository,
      request.account(),
      issue,
      changed,
      'edited',
      { body: { from: comment.body } },
    );
    return { json: presentComment(forge, repository, issue, changed) };
  });

  routes.on('DELETE', `${base}/comments/:comment(\\d+)`, async request => {
    const { repository, issue, comment } = commentOf(request, 'write');
    request.forge.store.comments.delete({ id: comment.id });
    await announceComment(
      request.forge,
      repository,
      request.account(),
      issue,
      comment,
      'deleted',
    );
    return { status: 204 };
  });
}
