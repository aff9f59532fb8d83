import { notFound } from '../domain/ApiError';
import type { Forge } from '../domain/Forge';
import { findPull } from '../domain/pulls/emitPull';
import { TreeEntry } from '../git/parse';
import { emptyTree } from '../git/GitRepository';
import { AccountRow, RepositoryRow } from '../store/rows';
import { encodePath } from '../views/commits';
import { fullName } from '../views/repositories';
import { diffTable } from './diffTable';
import { markup, markdown, Markup } from './markup';
import { ago, layout } from './layout';
import { pullState } from './pullPage';

export function trailOf(forge: Forge, repository: RepositoryRow) {
  const name = fullName(forge, repository);
  const [owner] = name.split('/');
  return [
    { text: owner, href: `/${owner}` },
    { text: repository.name, href: `/${name}` },
  ];
}

function repositoryRows(forge: Forge, repositories: RepositoryRow[]): Markup {
  return markup`<div class="box">
    ${repositories.map(row => {
      const name = fullName(forge, row);
      const open = forge.store.issues.count({
        repositoryId: row.id,
        isPull: true,
        state: 'open',
      });
      return markup`<div class="row">
        <a href="/${name}"><strong>${row.name}</strong></a>
        <span class="muted small">${row.description}</span>
        ${row.archived ? markup`<span class="label">archived</span>` : ''}
        <a class="end small" href="/${name}/pulls"
          >${open} open pull request${open === 1 ? '' : 's'}</a
        >
      </div>`;
    })}
    ${
      repositories.length === 0
        ? markup`<div class="row muted">No repositories yet.</div>`
        : ''
    }
  </div>`;
}

export function frontPage(forge: Forge): string {
  const owners = forge.store.accounts.find({ type: 'Organization' }).map(
    account => markup`<h2><a href="/${account.login}">${account.name}</a></h2>
        ${repositoryRows(
          forge,
          forge.store.repositories.find({ ownerId: account.id }),
        )}`,
  );
  return layout(
    'Local forge',
    [],
    markup`<h1>Organisations</h1>
      ${
        owners.length > 0
          ? owners
          : markup`<p class="muted">Nothing has been created yet.</p>`
      }`,
  );
}

export function accountPage(forge: Forge, account: AccountRow): string {
  const repositories = forge.store.repositories
    .find({ ownerId: account.id })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const teams = forge.store.teams.find({ organizationId: account.id });
  return layout(
    account.name,
    [{ text: account.login, href: `/${account.login}` }],
    markup`<h1>${account.name} <span class="muted">${account.login}</span></h1>
      <p class="muted">
        ${teams.map(team => markup`<span class="label">@${team.slug}</span>`)}
      </p>
      ${repositoryRows(forge, repositories)}`,
  );
}

export function pullsPage(forge: Forge, repository: RepositoryRow): string {
  const name = fullName(forge, repository);
  const pulls = forge.store.pulls.find(
    { repositoryId: repository.id },
    { descending: true, limit: 200 },
  );
  return layout(
    `Pull requests · ${name}`,
    trailOf(forge, repository),
    markup`<h1>Pull requests</h1>
      <div class="box">
        ${pulls.map(pull => {
          const context = findPull(forge, repository, pull.number)!;
          return markup`<div class="row">
            ${pullState(context)}
            <a href="/${name}/pull/${pull.number}">${context.issue.title}</a>
            <span class="muted small end"
              >#${pull.number} by
              ${forge.store.accounts.require(context.issue.authorId).login}
              ${ago(context.issue.createdAt)}</span
            >
          </div>`;
        })}
        ${
          pulls.length === 0
            ? markup`<div class="row muted">No pull requests yet.</div>`
            : ''
        }
      </div>`,
  );
}

/** Splits `ref/path` where the longest branch or tag ends; a ref may hold slashes. */
export async function splitRef(
  forge: Forge,
  repository: RepositoryRow,
  rest: string,
): Promise<{ ref: string; commit: string; path: string }> {
  const parts = rest.split('/').filter(Boolean);
  for (let length = parts.length; length > 0; length--) {
    const ref = parts.slice(0, length).join('/');
    const commit = await forge.resolve(repository, ref);
    if (commit) {
      return { ref, commit, path: parts.slice(length).join('/') };
    }
  }
  throw notFound();
}

function entryRows(
  name: string,
  ref: string,
  path: string,
  entries: TreeEntry[],
): Markup {
  const ordered = [...entries].sort(
    (a, b) =>
      Number(b.type === 'tree') - Number(a.type === 'tree') ||
      (a.path < b.path ? -1 : 1),
  );
  return markup`<div class="box">
    ${ordered.map(entry => {
      const full = path ? `${path}/${entry.path}` : entry.path;
      const kind = entry.type === 'tree' ? 'tree' : 'blob';
      return markup`<div class="row">
        <a href="/${name}/${kind}/${ref}/${encodePath(full)}">${entry.path}${
        entry.type === 'tree' ? '/' : ''
      }</a>
      </div>`;
    })}
  </div>`;
}

/** A folder of a repository, with its README below. */
export async function treePage(
  forge: Forge,
  repository: RepositoryRow,
  at?: { ref: string; commit: string; path: string },
): Promise<string> {
  const name = fullName(forge, repository);
  const ref = at?.ref ?? repository.defaultBranch;
  const commit = at?.commit ?? forge.branch(repository, ref);
  const path = at?.path ?? '';
  const git = forge.git(repository);
  const entry = commit ? await git.entry(commit, path) : undefined;
  if (at && entry?.type !== 'tree') {
    throw notFound();
  }
  const entries = entry ? (await git.tree(entry.sha)) ?? [] : [];
  const readme = entries.find(({ path: file }) => /^readme\.md$/i.test(file));
  const text =
    readme && (await git.object(readme.sha, 'blob'))?.content.toString();
  const open = forge.store.issues.count({
    repositoryId: repository.id,
    isPull: true,
    state: 'open',
  });
  return layout(
    name,
    trailOf(forge, repository),
    markup`<h1>${repository.name}${path ? ` / ${path}` : ''}</h1>
      <p class="muted">${repository.description}</p>
      <p>
        <code>${ref}</code> · <a href="/${name}/pulls">${open} open pull
        request${open === 1 ? '' : 's'}</a> ·
        <code>git clone ${forge.url}/${name}.git</code>
      </p>
      ${
        entry
          ? entryRows(name, ref, path, entries)
          : markup`<p class="muted">This repository is empty.</p>`
      }
      ${
        text
          ? markup`<div class="box">
            <div class="head">${readme.path}</div>
            <div class="body">${markdown(text)}</div>
          </div>`
          : ''
      }`,
  );
}

/** A file with numbered lines that links can point to. */
export async function blobPage(
  forge: Forge,
  repository: RepositoryRow,
  at: { ref: string; commit: string; path: string },
): Promise<string> {
  const name = fullName(forge, repository);
  const git = forge.git(repository);
  const entry = await git.entry(at.commit, at.path);
  const blob =
    entry?.type === 'blob' ? await git.object(entry.sha, 'blob') : undefined;
  if (!blob) {
    throw notFound();
  }
  const binary = blob.content.subarray(0, 8000).includes(0);
  const lines = blob.content
    .subarray(0, 1_000_000)
    .toString()
    .replace(/\n$/, '')
    .split('\n');
  return layout(
    `${at.path} · ${name}`,
    trailOf(forge, repository),
    markup`<h1>${at.path}</h1>
      <p class="muted">
        <code>${at.ref}</code> · ${blob.content.length} bytes ·
        <a href="/${name}/raw/${at.ref}/${encodePath(at.path)}">raw</a>
      </p>
      <div class="box">
        ${
          binary
            ? markup`<div class="body muted">Binary file</div>`
            : markup`<table class="code"><tbody>${lines.map(
                (line, index) =>
                  markup`<tr id="L${index + 1}"><td class="n"><a href="#L${
                    index + 1
                  }">${index + 1}</a></td><td>${line}</td></tr>`,
              )}</tbody></table>`
        }
      </div>`,
  );
}

export async function commitPage(
  forge: Forge,
  repository: RepositoryRow,
  sha: string,
): Promise<string> {
  const name = fullName(forge, repository);
  const git = forge.git(repository);
  const found = await forge.resolve(repository, sha);
  const commit = found && (await git.commit(found));
  if (!commit) {
    throw notFound();
  }
  const files = await git.diffFiles(commit.parents[0] ?? emptyTree, commit.sha);
  const [headline, ...rest] = commit.message.split('\n');
  return layout(
    `${headline} · ${name}`,
    trailOf(forge, repository),
    markup`<h1>${headline}</h1>
      <pre>${rest.join('\n').trim()}</pre>
      <p class="muted">
        ${commit.author.name} ${ago(commit.author.date)} ·
        <code>${commit.sha}</code>
      </p>
      ${diffTable(files, `/${name}`, commit.sha)}`,
  );
}

export async function comparePage(
  forge: Forge,
  repository: RepositoryRow,
  span: string,
): Promise<string> {
  const [from, to] = span.split('...');
  const base = await forge.resolve(repository, from);
  const head = to && (await forge.resolve(repository, to));
  if (!base || !head) {
    throw notFound();
  }
  const git = forge.git(repository);
  const start = (await git.mergeBase(base, head)) ?? base;
  return layout(
    `${span} · ${fullName(forge, repository)}`,
    trailOf(forge, repository),
    markup`<h1>${from} … ${to}</h1>
      ${diffTable(
        await git.diffFiles(start, head),
        `/${fullName(forge, repository)}`,
        head,
      )}`,
  );
}
