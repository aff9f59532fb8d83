import { notFound, validationFailed } from '../../domain/ApiError';
import { addLabels, removeLabel } from '../../domain/issues';
import { IssueRow, RepositoryRow } from '../../store/rows';
import { labelsOf, presentLabel } from '../../views/issues';
import { optionalText, requiredText, textList } from '../fields';
import { pageReply } from '../paginate';
import { ApiRequest, Routes } from '../Routes';
import { issueOf } from './issues';

const one = '/repos/:owner/:repo/issues/:number(\\d+)';

/** Labels of a repository, and of an issue or pull request. */
export function labelRoutes(routes: Routes): void {
  const presentAll = (
    request: ApiRequest,
    repository: RepositoryRow,
    issue: IssueRow,
  ) =>
    labelsOf(request.forge, issue.id).map(label =>
      presentLabel(request.forge, repository, label),
    );
  const namesOf = (request: ApiRequest) => {
    const { raw } = request;
    return textList(
      Array.isArray(raw.body) ? { labels: raw.body } : request.body,
      'labels',
    );
  };

  routes.on('GET', '/repos/:owner/:repo/labels', request => {
    const repository = request.repository('issues');
    return pageReply(
      request,
      request.forge.store.labels.find({ repositoryId: repository.id }),
      label => presentLabel(request.forge, repository, label),
    );
  });

  routes.on('POST', '/repos/:owner/:repo/labels', request => {
    const repository = request.repository('issues', 'write');
    const { forge, body } = request;
    const name = requiredText(body, 'name');
    if (forge.store.label(repository.id, name)) {
      throw validationFailed({
        resource: 'Label',
        code: 'already_exists',
        field: 'name',
      });
    }
    const label = forge.store.labels.insert({
      repositoryId: repository.id,
      name,
      color: (optionalText(body, 'color') ?? 'ededed').replace(/^#/, ''),
      description: optionalText(body, 'description'),
    });
    return { status: 201, json: presentLabel(forge, repository, label) };
  });

  routes.on('GET', '/repos/:owner/:repo/labels/:name', request => {
    const repository = request.repository('issues');
    const label = request.forge.store.label(
      repository.id,
      request.param('name'),
    );
    if (!label) {
      throw notFound();
    }
    return { json: presentLabel(request.forge, repository, label) };
  });

  routes.on('GET', `${one}/labels`, request => {
    const { repository, issue } = issueOf(request);
    return pageReply(request, labelsOf(request.forge, issue.id), label =>
      presentLabel(request.forge, repository, label),
    );
  });

  routes.on('POST', `${one}/labels`, async request => {
    const { repository, issue } = issueOf(request, 'write');
    await addLabels(
      request.forge,
      repository,
      request.account(),
      issue,
      namesOf(request),
    );
    return { json: presentAll(request, repository, issue) };
  });

  routes.on('PUT', `${one}/labels`, async request => {
    const { repository, issue } = issueOf(request, 'write');
    const { forge } = request;
    const wanted = namesOf(request);
    for (const label of labelsOf(forge, issue.id)) {
      if (!wanted.includes(label.name)) {
        await removeLabel(
          forge,
          repository,
          request.account(),
          issue,
          label.name,
        );
      }
    }
    await addLabels(forge, repository, request.account(), issue, wanted);
    return { json: presentAll(request, repository, issue) };
  });

  routes.on('DELETE', `${one}/labels/:name`, async request => {
    const { repository, issue } = issueOf(request, 'write');
    const removed = await removeLabel(
      request.forge,
      repository,
      request.account(),
      issue,
      request.param('name'),
    );
    if (!removed) {
      throw notFound();
    }
    return { json: presentAll(request, repository, issue) };
  });
}
