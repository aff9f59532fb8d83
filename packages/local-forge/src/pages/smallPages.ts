import { notFound } from '../domain/ApiError';
import type { Forge } from '../domain/Forge';
import { RepositoryRow } from '../store/rows';
import { layout, ago } from './layout';
import { markdown, markup } from './markup';
import { trailOf } from './repositoryPages';

/** What a check reported. */
export function runPage(
  forge: Forge,
  repository: RepositoryRow,
  id: number,
): string {
  const run = forge.store.checkRuns.get(id);
  if (!run || run.repositoryId !== repository.id) {
    throw notFound();
  }
  return layout(
    run.name,
    trailOf(forge, repository),
    markup`<h1>${run.name}</h1>
      <p><span class="badge">${run.conclusion ?? run.status}</span> <code>${
      run.headSha
    }</code></p>
      ${run.output.title ? markup`<h2>${run.output.title}</h2>` : ''}
      ${markdown(`${run.output.summary ?? ''}\n\n${run.output.text ?? ''}`)}`,
  );
}

export function issuePage(
  forge: Forge,
  repository: RepositoryRow,
  number: number,
): string {
  const { store } = forge;
  const issue = store.issues.findOne({ repositoryId: repository.id, number });
  if (!issue) {
    throw notFound();
  }
  const login = (id: number) => store.accounts.require(id).login;
  const entries = [
    { by: issue.authorId, at: issue.createdAt, body: issue.body ?? '' },
    ...store.comments.find({ issueId: issue.id }).map(comment => ({
      by: comment.authorId,
      at: comment.createdAt,
      body: comment.body,
    })),
  ];
  return layout(
    issue.title,
    trailOf(forge, repository),
    markup`<h1>${issue.title} <span class="muted">#${number}</span></h1>
      <p><span class="badge ${issue.state}">${issue.state}</span></p>
      ${entries.map(
        entry => markup`<div class="box">
          <div class="head">${login(entry.by)} <span class="muted">${ago(
          entry.at,
        )}</span></div>
          <div class="body">${markdown(entry.body)}</div>
        </div>`,
      )}`,
  );
}

export function teamPage(
  forge: Forge,
  organization: string,
  slug: string,
): string {
  const { store } = forge;
  const account = store.account(organization);
  const team =
    account && store.teams.findOne({ organizationId: account.id, slug });
  if (!account || !team) {
    throw notFound();
  }
  return layout(
    team.name,
    [{ text: account.login, href: `/${account.login}` }],
    markup`<h1>${team.name} <span class="muted">@${account.login}/${
      team.slug
    }</span></h1>
      <p class="muted">${team.description}</p>
      <div class="box">${store.teamMembers
        .find({ teamId: team.id })
        .map(
          row =>
            markup`<div class="row">${
              store.accounts.require(row.userId).login
            }</div>`,
        )}</div>`,
  );
}

export function appPage(forge: Forge, slug: string): string {
  const app = forge.store.apps.findOne({ slug });
  if (!app) {
    throw notFound();
  }
  return layout(
    app.name,
    [],
    markup`<h1>${app.name} <span class="badge">app</span></h1>
      <div class="box">${Object.entries(app.permissions).map(
        ([name, level]) =>
          markup`<div class="row">${name}<span class="muted end">${level}</span></div>`,
      )}</div>`,
  );
}
