import Database from 'better-sqlite3';
import { join } from 'node:path';
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
      {
        type: 'text',
        login: 'text',
        name: 'text',
        email: 'text',
        createdAt: 'text',
      },
      ['unique login COLLATE NOCASE'],
    );
    this.memberships = new Table<rows.MembershipRow>(
      db,
      'memberships',
      { organizationId: 'integer', userId: 'integer', role: 'text' },
      ['unique organizationId, userId', 'userId'],
    );
    this.teams = new Table<rows.TeamRow>(
      db,
      'teams',
      {
        organizationId: 'integer',
        slug: 'text',
        name: 'text',
        description: 'text',
        createdAt: 'text',
        updatedAt: 'text',
      },
      ['unique organizationId, slug'],
    );
    this.teamMembers = new Table<rows.TeamMemberRow>(
      db,
      'teamMembers',
      { teamId: 'integer', userId: 'integer', role: 'text' },
      ['unique teamId, userId'],
    );
    this.repositories = new Table<rows.RepositoryRow>(
      db,
      'repositories',
      {
        ownerId: 'integer',
        name: 'text',
        description: 'text',
        private: 'boolean',
        archived: 'boolean',
        defaultBranch: 'text',
        topics: 'json',
        allowMergeCommit: 'boolean',
        allowSquashMerge: 'boolean',
        allowRebaseMerge: 'boolean',
        deleteBranchOnMerge: 'boolean',
        requiredApprovals: 'integer',
        requiredChecks: 'json',
        lastNumber: 'integer',
        dirty: 'boolean',
        createdAt: 'text',
        updatedAt: 'text',
        pushedAt: 'text',
      },
      ['unique ownerId, name COLLATE NOCASE'],
    );
    this.refs = new Table<rows.RefRow>(
      db,
      'refs',
      { repositoryId: 'integer', name: 'text', sha: 'text' },
      ['unique repositoryId, name'],
    );
    this.issues = new Table<rows.IssueRow>(
      db,
      'issues',
      {
        repositoryId: 'integer',
        number: 'integer',
        isPull: 'boolean',
        title: 'text',
        body: 'text',
        state: 'text',
        authorId: 'integer',
        closedById: 'integer',
        createdAt: 'text',
        updatedAt: 'text',
        closedAt: 'text',
      },
      ['unique repositoryId, number'],
    );
    this.pulls = new Table<rows.PullRow>(
      db,
      'pulls',
      {
        issueId: 'integer',
        repositoryId: 'integer',
        number: 'integer',
        headRef: 'text',
        headSha: 'text',
        baseRef: 'text',
        baseSha: 'text',
        draft: 'boolean',
        merged: 'boolean',
        mergedAt: 'text',
        mergedById: 'integer',
        mergeCommitSha: 'text',
        mergingCommitSha: 'text',
      },
      ['unique repositoryId, number', 'unique issueId'],
    );
    this.comments = new Table<rows.CommentRow>(
      db,
      'comments',
      {
        issueId: 'integer',
        repositoryId: 'integer',
        authorId: 'integer',
        body: 'text',
        createdAt: 'text',
        updatedAt: 'text',
      },
      ['issueId'],
    );
    this.reviews = new Table<rows.ReviewRow>(
      db,
      'reviews',
      {
        pullId: 'integer',
        authorId: 'integer',
        state: 'text',
        body: 'text',
        commitId: 'text',
        submittedAt: 'text',
      },
      ['pullId'],
    );
    this.reviewComments = new Table<rows.ReviewCommentRow>(
      db,
      'reviewComments',
      {
        pullId: 'integer',
        reviewId: 'integer',
        authorId: 'integer',
        body: 'text',
        path: 'text',
        commitId: 'text',
        line: 'integer',
        side: 'text',
        startLine: 'integer',
        startSide: 'text',
        inReplyToId: 'integer',
        diffHunk: 'text',
        createdAt: 'text',
        updatedAt: 'text',
      },
      ['pullId'],
    );
    this.reviewRequests = new Table<rows.ReviewRequestRow>(
      db,
      'reviewRequests',
      { pullId: 'integer', userId: 'integer', teamId: 'integer' },
      ['pullId'],
    );
    this.labels = new Table<rows.LabelRow>(
      db,
      'labels',
      {
        repositoryId: 'integer',
        name: 'text',
        color: 'text',
        description: 'text',
      },
      ['unique repositoryId, name COLLATE NOCASE'],
    );
    this.issueLabels = new Table<rows.IssueLabelRow>(
      db,
      'issueLabels',
      { issueId: 'integer', labelId: 'integer' },
      ['unique issueId, labelId'],
    );
    this.assignees = new Table<rows.AssigneeRow>(
      db,
      'assignees',
      { issueId: 'integer', userId: 'integer' },
      ['unique issueId, userId'],
    );
    this.statuses = new Table<rows.StatusRow>(
      db,
      'statuses',
      {
        repositoryId: 'integer',
        sha: 'text',
        state: 'text',
        context: 'text',
        description: 'text',
        targetUrl: 'text',
        creatorId: 'integer',
        createdAt: 'text',
        updatedAt: 'text',
      },
      ['repositoryId, sha'],
    );
    this.checkSuites = new Table<rows.CheckSuiteRow>(
      db,
      'checkSuites',
      {
        repositoryId: 'integer',
        appId: 'integer',
        headSha: 'text',
        headBranch: 'text',
        status: 'text',
        conclusion: 'text',
        createdAt: 'text',
        updatedAt: 'text',
      },
      ['unique repositoryId, headSha, appId'],
    );
    this.checkRuns = new Table<rows.CheckRunRow>(
      db,
      'checkRuns',
      {
        suiteId: 'integer',
        repositoryId: 'integer',
        appId: 'integer',
        headSha: 'text',
        name: 'text',
        status: 'text',
        conclusion: 'text',
        startedAt: 'text',
        completedAt: 'text',
        detailsUrl: 'text',
        externalId: 'text',
        output: 'json',
      },
      ['repositoryId, headSha', 'suiteId'],
    );
    this.hooks = new Table<rows.HookRow>(
      db,
      'hooks',
      {
        repositoryId: 'integer',
        organizationId: 'integer',
        appId: 'integer',
        url: 'text',
        secret: 'text',
        events: 'json',
        active: 'boolean',
        contentType: 'text',
        createdAt: 'text',
        updatedAt: 'text',
      },
      ['repositoryId', 'organizationId', 'appId'],
    );
    this.deliveries = new Table<rows.DeliveryRow>(
      db,
      'deliveries',
      {
        hookId: 'integer',
        guid: 'text',
        event: 'text',
        action: 'text',
        repositoryId: 'integer',
        installationId: 'integer',
        payload: 'text',
        state: 'text',
        attempts: 'integer',
        nextAt: 'integer',
        held: 'boolean',
        redelivery: 'boolean',
        statusCode: 'integer',
        durationMs: 'integer',
        error: 'text',
        createdAt: 'text',
        deliveredAt: 'text',
      },
      ['state, nextAt', 'hookId'],
    );
    this.apps = new Table<rows.AppRow>(
      db,
      'apps',
      {
        slug: 'text',
        name: 'text',
        ownerId: 'integer',
        botId: 'integer',
        publicKey: 'text',
        permissions: 'json',
        events: 'json',
        createdAt: 'text',
      },
      ['unique slug'],
    );
    this.installations = new Table<rows.InstallationRow>(
      db,
      'installations',
      {
        appId: 'integer',
        accountId: 'integer',
        repositoryIds: 'json',
        createdAt: 'text',
        updatedAt: 'text',
      },
      ['unique appId, accountId'],
    );
    this.tokens = new Table<rows.TokenRow>(
      db,
      'tokens',
      {
        hash: 'text',
        userId: 'integer',
        installationId: 'integer',
        expiresAt: 'text',
        repositoryIds: 'json',
        permissions: 'json',
      },
      ['unique hash'],
    );
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
