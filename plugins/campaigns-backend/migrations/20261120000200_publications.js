// @ts-check

/**
 * Publications, pull requests, rollbacks and the pace of writes.
 *
 * Every effect on a forge has a row here before it is tried, so that whoever
 * takes the row up after a crash knows what to look for. A claim is a lease:
 * `next_at` says when a row is due, and until when it belongs to its ticket.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('publications', table => {
    table.comment('Changes on their way to a pull request');
    table.uuid('id').primary();
    table
      .uuid('target_id')
      .notNullable()
      .references('targets.id')
      .onDelete('CASCADE');
    table.uuid('change_id').notNullable();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.string('repo_host', 255).notNullable();
    table.string('repo_owner', 100).notNullable();
    table.string('repo_name', 100).notNullable();
    table
      .string('state', 16)
      .notNullable()
      .comment('planned, pushed, opened, failed or abandoned');
    table.string('branch', 250);
    table.string('base_branch', 250);
    table
      .string('head_sha', 64)
      .comment('Our commit, written down before it is pushed');
    table.integer('pr_number');
    table.uuid('ticket');
    table.bigInteger('next_at');
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('last_error');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.index(['state', 'next_at'], 'publications_due_idx');
    table.index(['target_id'], 'publications_target_idx');
    table.index(['campaign_id'], 'publications_campaign_idx');
  });
  await knex.raw(
    `create unique index publications_live_uniq on publications (target_id) where state in ('planned', 'pushed')`,
  );

  await knex.schema.createTable('pull_requests', table => {
    table.comment('The newest pull request of each target, as last seen');
    table
      .uuid('target_id')
      .primary()
      .references('targets.id')
      .onDelete('CASCADE');
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.string('repo_host', 255).notNullable();
    table.string('repo_owner', 100).notNullable();
    table.string('repo_name', 100).notNullable();
    table.integer('number').notNullable();
    table.text('url').notNullable();
    table.text('title').notNullable();
    table.string('state', 16).notNullable();
    table.boolean('draft').notNullable();
    table.string('head_branch', 250).notNullable();
    table.string('head_sha', 64).notNullable();
    table.string('base_branch', 250).notNullable();
    table.string('checks', 16).notNullable();
    table.string('review', 32).notNullable();
    table.text('reviewers').notNullable().comment('string[] as JSON');
    table.string('mergeable', 16).notNullable();
    table.boolean('human_commits').notNullable();
    table.bigInteger('opened_at').notNullable();
    table.bigInteger('merged_at');
    table.string('merge_commit', 64);
    table.bigInteger('closed_at');
    table.string('pushed_sha', 64).notNullable().comment('Our own commit');
    table.bigInteger('synced_at').notNullable();
    table.bigInteger('changed_at').notNullable().comment('When it last moved');
    table.bigInteger('missing_since').comment('The forge shows it no more');
    table
      .bigInteger('next_sync_at')
      .comment('Due, or end of the lease; absent where nothing will change');
    table.bigInteger('sync_requested_at').comment('An event asked for a look');
    table.uuid('sync_ticket');
    table
      .bigInteger('scan_requested_at')
      .comment('The code moved while a scan ran: scan again after it');
    table.index(['next_sync_at'], 'pull_requests_due_idx');
    table.index(['scan_requested_at'], 'pull_requests_scan_idx');
    table.index(['campaign_id', 'state'], 'pull_requests_campaign_idx');
    table.index(
      ['repo_host', 'repo_owner', 'repo_name', 'number'],
      'pull_requests_number_idx',
    );
  });

  await knex.schema.createTable('rollbacks', table => {
    table.comment('Pull requests to close and branches to delete');
    table.uuid('id').primary();
    table
      .uuid('target_id')
      .notNullable()
      .references('targets.id')
      .onDelete('CASCADE');
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.string('repo_host', 255).notNullable();
    table.string('repo_owner', 100).notNullable();
    table.string('repo_name', 100).notNullable();
    table.string('state', 16).notNullable().comment('planned, done or failed');
    table.string('branch', 250).notNullable();
    table.string('pushed_sha', 64).notNullable().comment('Our own commit');
    table.integer('pr_number').comment('Absent where it is not known yet');
    table.text('reason').notNullable();
    table.uuid('ticket');
    table.bigInteger('next_at');
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('last_error');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.index(['state', 'next_at'], 'rollbacks_due_idx');
  });
  await knex.raw(
    `create unique index rollbacks_live_uniq on rollbacks (target_id) where state = 'planned'`,
  );

  await knex.schema.createTable('write_governor', table => {
    table.comment('When each identity may write to its forge');
    table.string('identity', 255).primary();
    table
      .text('content_writes')
      .notNullable()
      .comment('Times of the last hour that created content, ascending, JSON');
    table.bigInteger('last_write_at');
    table.bigInteger('blocked_until').comment('The forge asked to wait');
    table.uuid('ticket').comment('Of the write under way');
    table.bigInteger('held_until').comment('End of its lease');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'write_governor',
    'rollbacks',
    'pull_requests',
    'publications',
  ]) {
    await knex.schema.dropTable(table);
  }
};
