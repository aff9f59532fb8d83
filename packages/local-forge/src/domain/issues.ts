import {
  AccountRow,
  CommentRow,
  IssueRow,
  LabelRow,
  RepositoryRow,
} from '../store/rows';
import { presentComment, presentIssue, presentLabel } from '../views/issues';
import { emit } from './emit';
import type { Forge } from './Forge';
import { checkBody } from './pulls/createPull';
import { emitPull } from './pulls/emitPull';

/** Adds a comment to an issue or a pull request and announces it. */
export async function addComment(
  forge: Forge,
  repository: RepositoryRow,
  author: AccountRow,
  issue: IssueRow,
  body: string,
): Promise<CommentRow> {
  checkBody('IssueComment', body);
  const now = forge.now();
  const comment = forge.store.comments.insert({
    issueId: issue.id,
    repositoryId: repository.id,
    authorId: author.id,
    body,
    createdAt: now,
    updatedAt: now,
  });
  forge.store.issues.update(issue.id, { updatedAt: now });
  await announceComment(forge, repository, author, issue, comment, 'created');
  return comment;
}

export async function announceComment(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  issue: IssueRow,
  comment: CommentRow,
  action: 'created' | 'edited' | 'deleted',
  changes?: Record<string, unknown>,
): Promise<void> {
  await emit(forge, repository, actor, 'issue_comment', () => ({
    action,
    ...(changes && { changes }),
    issue: presentIssue(
      forge,
      repository,
      forge.store.issues.require(issue.id),
      forge.store.pulls.findOne({ issueId: issue.id }),
    ),
    comment: presentComment(forge, repository, issue, comment),
  }));
}

/** The label of that name, made in grey when there is none, as GitHub does. */
export function ensureLabel(
  forge: Forge,
  repository: RepositoryRow,
  name: string,
): LabelRow {
  return (
    forge.store.label(repository.id, name) ??
    forge.store.labels.insert({
      repositoryId: repository.id,
      name,
      color: 'ededed',
    })
  );
}

/** Puts labels on an issue or a pull request; those it has stay. */
export async function addLabels(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  issue: IssueRow,
  names: string[],
): Promise<void> {
  for (const name of names) {
    const label = ensureLabel(forge, repository, name);
    const wanted = { issueId: issue.id, labelId: label.id };
    if (!forge.store.issueLabels.findOne(wanted)) {
      forge.store.issueLabels.insert(wanted);
      forge.store.issues.update(issue.id, { updatedAt: forge.now() });
      await announceLabel(forge, repository, actor, issue, label, 'labeled');
    }
  }
}

/** @returns whether the label was on it */
export async function removeLabel(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  issue: IssueRow,
  name: string,
): Promise<boolean> {
  const label = forge.store.label(repository.id, name);
  if (
    !label ||
    !forge.store.issueLabels.delete({ issueId: issue.id, labelId: label.id })
  ) {
    return false;
  }
  forge.store.issues.update(issue.id, { updatedAt: forge.now() });
  await announceLabel(forge, repository, actor, issue, label, 'unlabeled');
  return true;
}

async function announceLabel(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  issue: IssueRow,
  label: LabelRow,
  action: 'labeled' | 'unlabeled',
): Promise<void> {
  if (issue.isPull) {
    await emitPull(forge, repository, actor, issue.number, action, {
      label: presentLabel(forge, repository, label),
    });
  }
}
