import type { Forge } from '../domain/Forge';
import { pullDiff } from '../domain/pulls/pullDiff';
import { pullStanding, PullStanding } from '../domain/pulls/pullStanding';
import { AccountRow } from '../store/rows';
import { labelsOf } from '../views/issues';
import { PullContext } from '../views/pulls';
import { fullName } from '../views/repositories';
import { diffTable } from './diffTable';
import { markup, markdown, Markup } from './markup';
import { ago, layout } from './layout';

export function pullState({ issue, pull }: PullContext): Markup {
  if (pull.merged) {
    return markup`<span class="badge merged">Merged</span>`;
  }
  if (issue.state === 'closed') {
    return markup`<span class="badge closed">Closed</span>`;
  }
  return pull.draft
    ? markup`<span class="badge">Draft</span>`
    : markup`<span class="badge open">Open</span>`;
}

function checks(forge: Forge, { repository, pull }: PullContext): Markup {
  const line = (good: boolean, bad: boolean, name: string, text: string) => {
    // eslint-disable-next-line no-nested-ternary
    const [mark, tone] = good
      ? ['✓', 'ok']
      : bad
      ? ['✗', 'bad']
      : ['●', 'wait'];
    return markup`<div class="row">
      <span class="${tone}">${mark}</span><span>${name}</span
      ><span class="muted small end">${text}</span>
    </div>`;
  };
  const rows = [
    ...forge.store
      .latestCheckRuns(repository.id, pull.headSha)
      .map(run =>
        line(
          ['success', 'neutral', 'skipped'].includes(run.conclusion ?? ''),
          run.conclusion !== undefined,
          run.name,
          run.output.title ?? run.conclusion ?? run.status.replace('_', ' '),
        ),
      ),
    ...forge.store
      .latestStatuses(repository.id, pull.headSha)
      .map(status =>
        line(
          status.state === 'success',
          status.state !== 'pending',
          status.context,
          status.description ?? status.state,
        ),
      ),
  ];
  return markup`<h2>Checks</h2>
    <div class="box">
      ${
        rows.length > 0
          ? rows
          : markup`<div class="row muted">No checks have reported.</div>`
      }
    </div>`;
}

const verdicts: Record<string, string> = {
  APPROVED: 'approved these changes',
  CHANGES_REQUESTED: 'requested changes',
  COMMENTED: 'reviewed',
  DISMISSED: 'had a review that was dismissed',
};

function conversation(forge: Forge, { issue, pull }: PullContext): Markup {
  const { store } = forge;
  const login = (id: number) => store.accounts.require(id).login;
  const entries = [
    ...store.comments.find({ issueId: issue.id }).map(comment => ({
      at: comment.createdAt,
      id: `issuecomment-${comment.id}`,
      head: `${login(comment.authorId)} commented`,
      body: comment.body,
    })),
    ...store.reviews
      .find({ pullId: pull.id })
      .filter(({ submittedAt }) => submittedAt)
      .map(review => ({
        at: review.submittedAt!,
        id: `pullrequestreview-${review.id}`,
        head: `${login(review.authorId)} ${verdicts[review.state] ?? ''}`,
        body: review.body,
      })),
    ...store.reviewComments.find({ pullId: pull.id }).map(comment => ({
      at: comment.createdAt,
      id: `discussion_r${comment.id}`,
      head: `${login(comment.authorId)} on ${comment.path}${
        comment.line === undefined ? '' : `:${comment.line}`
      }`,
      body: comment.body,
    })),
  ].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return markup`${entries.map(
    entry => markup`<div class="box" id="${entry.id}">
      <div class="head">
        ${entry.head} <span class="muted">${ago(entry.at)}</span>
      </div>
      ${
        entry.body
          ? markup`<div class="body">${markdown(entry.body)}</div>`
          : ''
      }
    </div>`,
  )}`;
}

function sidebar(forge: Forge, { issue, pull }: PullContext): Markup {
  const { store } = forge;
  const asked = store.reviewRequests
    .find({ pullId: pull.id })
    .map(request =>
      request.teamId === undefined
        ? store.accounts.require(request.userId!).login
        : `@${store.teams.require(request.teamId).slug}`,
    );
  const given = new Map(
    store.reviews
      .find({ pullId: pull.id })
      .map(review => [review.authorId, review.state]),
  );
  const labels = labelsOf(forge, issue.id);
  return markup`<aside>
    <section>
      <h3>Reviewers</h3>
      ${asked.map(
        name =>
          markup`<div>${name} <span class="wait small">asked</span></div>`,
      )}
      ${[...given].map(
        ([id, state]) =>
          markup`<div>
            ${store.accounts.require(id).login}
            <span class="small ${state === 'APPROVED' ? 'ok' : 'muted'}"
              >${state.toLowerCase().replace('_', ' ')}</span
            >
          </div>`,
      )}
      ${
        asked.length + given.size === 0
          ? markup`<span class="muted">Nobody yet</span>`
          : ''
      }
    </section>
    <section>
      <h3>Labels</h3>
      ${
        labels.length > 0
          ? labels.map(
              label => markup`<span class="label">${label.name}</span>`,
            )
          : markup`<span class="muted">None</span>`
      }
    </section>
  </aside>`;
}

function actions(
  { issue, pull, repository }: PullContext,
  standing: PullStanding,
  viewer: AccountRow,
  address: string,
): Markup {
  const button = (
    action: string,
    text: string,
    primary: boolean,
    off = false,
  ) =>
    markup`<form class="inline" method="post" action="${address}/${action}">
      <button ${primary ? markup`class="primary"` : ''} ${
      off ? markup`disabled` : ''
    }>
        ${text}
      </button>
    </form>`;
  const words: Record<string, string> = {
    clean: 'This branch has no conflicts with the base branch.',
    unstable: 'Some checks have not succeeded. Merging is still possible.',
    dirty: `This branch has conflicts with ${pull.baseRef} that must be resolved.`,
    draft: 'This pull request is still a draft.',
    blocked: standing.blockedBy ?? 'Merging is blocked.',
    unknown: '',
  };
  const open = issue.state === 'open';
  const may = open && ['clean', 'unstable'].includes(standing.state);
  return markup`<div class="box">
    <div class="head">${
      open ? words[standing.state] : 'This pull request is closed.'
    }</div>
    <div class="body">
      ${
        open && !pull.draft
          ? button('merge', 'Merge pull request', true, !may)
          : ''
      }
      ${open && pull.draft ? button('ready', 'Ready for review', true) : ''}
      ${
        open && issue.authorId !== viewer.id
          ? button('approve', 'Approve', false)
          : ''
      }
      ${open ? button('close', 'Close', false) : ''}
      ${!open && !pull.merged ? button('reopen', 'Reopen', false) : ''}
      ${repository.archived ? 'The repository is archived.' : ''}
      <p class="muted small">You act as ${viewer.login}.</p>
      <form method="post" action="${address}/comment">
        <textarea name="body" aria-label="Comment" required></textarea>
        <button>Comment</button>
      </form>
    </div>
  </div>`;
}

/** The page of a pull request, from its title to its last changed line. */
export async function pullPage(
  forge: Forge,
  context: PullContext,
  viewer: AccountRow,
  problem?: string,
): Promise<string> {
  const { repository, issue, pull } = context;
  const name = fullName(forge, repository);
  const [owner] = name.split('/');
  const author = forge.store.accounts.require(issue.authorId);
  const [diff, standing] = await Promise.all([
    pullDiff(forge, repository, pull),
    pullStanding(forge, repository, issue, pull),
  ]);
  const merger =
    pull.merged && pull.mergedById !== undefined
      ? forge.store.accounts.require(pull.mergedById).login
      : undefined;
  return layout(
    `${issue.title} · Pull request #${pull.number} · ${name}`,
    [
      { text: owner, href: `/${owner}` },
      { text: repository.name, href: `/${name}` },
      { text: 'pull requests', href: `/${name}/pulls` },
    ],
    markup`${
      problem ? markup`<div class="error" role="alert">${problem}</div>` : ''
    }
      <h1>${issue.title} <span class="muted">#${pull.number}</span></h1>
      <p>
        ${pullState(context)} <strong>${author.login}</strong> wants to merge
        ${diff.commits.length}
        commit${diff.commits.length === 1 ? '' : 's'} into
        <code>${pull.baseRef}</code> from <code>${pull.headRef}</code>
        <span class="muted"
          >· opened ${ago(issue.createdAt)}${
      merger ? `, merged by ${merger} ${ago(pull.mergedAt!)}` : ''
    }</span
        >
      </p>
      <div class="columns">
        <div>
          <div class="box">
            <div class="head">
              ${author.login} <span class="muted">${ago(issue.createdAt)}</span>
            </div>
            <div class="body">
              ${
                issue.body
                  ? markdown(issue.body)
                  : markup`<span class="muted">No description provided.</span>`
              }
            </div>
          </div>
          ${conversation(forge, context)} ${checks(forge, context)}
          ${actions(context, standing, viewer, `/${name}/pull/${pull.number}`)}
        </div>
        ${sidebar(forge, context)}
      </div>
      <h2>Commits</h2>
      <div class="box">
        ${diff.commits.map(
          commit => markup`<div class="row">
            <a href="/${name}/commit/${commit.sha}"
              >${commit.message.split('\n')[0]}</a
            ><span class="muted small">${commit.author.name}</span
            ><code class="end">${commit.sha.slice(0, 7)}</code>
          </div>`,
        )}
      </div>
      <h2>
        ${diff.files.length} changed file${diff.files.length === 1 ? '' : 's'}
      </h2>
      ${diffTable(diff.files, `/${name}`, pull.headSha)}`,
  );
}
