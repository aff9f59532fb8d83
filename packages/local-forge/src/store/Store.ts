import Database from 'better-sqlite3';
import { join } from 'node:path';
import * as columns from './columns';
import { Table } from './Table';
import * as rows from './rows';

/** The forge's state, in one SQLite file that survives a SIGKILL at any moment. */
export class Store {
  static open(directory: string): Store {
    const database = new Database(join(directory, 'forge.sqlite'));
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('busy_timeout = 5000');
    return new Store(database);
  }

  readonly accounts;
  readonly memberships;
  readonly teams;
  readonly teamMembers;
  readonly repositories;
  readonly refs;
  readonly issues;
  readonly pulls;
  readonly comments;
  readonly reviews;
  readonly reviewComments;
  readonly reviewRequests;
  readonly labels;
  readonly issueLabels;
  readonly assignees;
  readonly statuses;
  readonly checkSuites;
  readonly checkRuns;
  readonly hooks;
  readonly deliveries;
  readonly apps;
  readonly installations;
  readonly tokens;

  private constructor(private readonly database: Database.Database) {
    const db = database;
    this.accounts = new Table<rows.AccountRow>(
      db,
      'accounts',
      columns.accounts,
      ['unique login COLLATE NOCASE'],
    );
    this.memberships = new Table<rows.MembershipRow>(
      db,
      'memberships',
      columns.memberships,
      ['unique organizationId, userId', 'userId'],
    );
    this.teams = new Table<rows.TeamRow>(db, 'teams', columns.teams, [
      'unique organizationId, slug',
    ]);
    this.teamMembers = new Table<rows.TeamMemberRow>(
      db,
      'teamMembers',
      columns.teamMembers,
      ['unique teamId, userId'],
    );
    this.repositories = new Table<rows.RepositoryRow>(
      db,
      'repositories',
      columns.repositories,
      ['unique ownerId, name COLLATE NOCASE'],
    );
    this.refs = new Table<rows.RefRow>(db, 'refs', columns.refs, [
      'unique repositoryId, name',
    ]);
    this.issues = new Table<rows.IssueRow>(db, 'issues', columns.issues, [
      'unique repositoryId, number',
    ]);
    this.pulls = new Table<rows.PullRow>(db, 'pulls', columns.pulls, [
      'unique repositoryId, number',
      'unique issueId',
    ]);
    this.comments = new Table<rows.CommentRow>(
      db,
      'comments',
      columns.comments,
      ['issueId'],
    );
    this.reviews = new Table<rows.ReviewRow>(db, 'reviews', columns.reviews, [
      'pullId',
    ]);
    this.reviewComments = new Table<rows.ReviewCommentRow>(
      db,
      'reviewComments',
      columns.reviewComments,
      ['pullId'],
    );
    this.reviewRequests = new Table<rows.ReviewRequestRow>(
      db,
      'reviewRequests',
      columns.reviewRequests,
      ['pullId'],
    );
    this.labels = new Table<rows.LabelRow>(db, 'labels', columns.labels, [
      'unique repositoryId, name COLLATE NOCASE',
    ]);
    this.issueLabels = new Table<rows.IssueLabelRow>(
      db,
      'issueLabels',
      columns.issueLabels,
      ['unique issueId, labelId'],
    );
    this.assignees = new Table<rows.AssigneeRow>(
      db,
      'assignees',
      columns.assignees,
      ['unique issueId, userId'],
    );
    this.statuses = new Table<rows.StatusRow>(
      db,
      'statuses',
      columns.statuses,
      ['repositoryId, sha'],
    );
    this.checkSuites = new Table<rows.CheckSuiteRow>(
      db,
      'checkSuites',
      columns.checkSuites,
      ['unique repositoryId, headSha, appId'],
    );
    this.checkRuns = new Table<rows.CheckRunRow>(
      db,
      'checkRuns',
      columns.checkRuns,
      ['repositoryId, headSha', 'suiteId'],
    );
    this.hooks = new Table<rows.HookRow>(db, 'hooks', columns.hooks, [
      'repositoryId',
      'organizationId',
      'appId',
    ]);
    this.deliveries = new Table<rows.DeliveryRow>(
      db,
      'deliveries',
      columns.deliveries,
      ['state, nextAt', 'hookId'],
    );
    this.apps = new Table<rows.AppRow>(db, 'apps', columns.apps, [
      'unique slug',
    ]);
    this.installations = new Table<rows.InstallationRow>(
      db,
      'installations',
      columns.installations,
      ['unique appId, accountId'],
    );
    this.tokens = new Table<rows.TokenRow>(db, 'tokens', columns.tokens, [
      'unique hash',
    ]);
  }

  /** Runs a synchronous function in one transaction. */
  transaction<T>(work: () => T): T {
    return this.database.transaction(work).immediate();
  }

  account(login: string): rows.AccountRow | undefined {
    return this.accounts.select(
      'SELECT * FROM accounts WHERE login = ? COLLATE NOCASE',
      [login],
    )[0];
  }

  repository(owner: string, name: string): rows.RepositoryRow | undefined {
    return this.repositories.select(
      'SELECT r.* FROM repositories r JOIN accounts a ON a.id = r.ownerId WHERE a.login = ? COLLATE NOCASE AND r.name = ? COLLATE NOCASE',
      [owner, name],
    )[0];
  }

  label(repositoryId: number, name: string): rows.LabelRow | undefined {
    return this.labels.select(
      'SELECT * FROM labels WHERE repositoryId = ? AND name = ? COLLATE NOCASE',
      [repositoryId, name],
    )[0];
  }

  /** The newest status of each context of a commit. */
  latestStatuses(repositoryId: number, sha: string): rows.StatusRow[] {
    return this.statuses.select(
      'SELECT * FROM statuses WHERE id IN (SELECT MAX(id) FROM statuses WHERE repositoryId = ? AND sha = ? GROUP BY context) ORDER BY id',
      [repositoryId, sha],
    );
  }

  /** The newest check run of each name and app of a commit. */
  latestCheckRuns(repositoryId: number, sha: string): rows.CheckRunRow[] {
    return this.checkRuns.select(
      'SELECT * FROM checkRuns WHERE id IN (SELECT MAX(id) FROM checkRuns WHERE repositoryId = ? AND headSha = ? GROUP BY name, appId) ORDER BY id',
      [repositoryId, sha],
    );
  }

  close(): void {
    this.database.close();
  }
}
