// @ts-check

/**
 * Jobs with their attempts and events, and the changes that they leave.
 *
 * A claim is a lease: `next_at` says when a waiting job is due and until when a
 * running one belongs to the holder of its ticket. A lease that ran out makes
 * the job due again, so a crash needs no sweeper.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('jobs', table => {
    table.comment('One target in one run');
    table.uuid('id').primary();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.uuid('run_id').comment('Absent for a scan outside of a run');
    table
      .uuid('target_id')
      .notNullable()
      .references('targets.id')
      .onDelete('CASCADE');
    table
      .uuid('revision_id')
      .notNullable()
      .comment('The context revision that it is told');
    table.string('task', 16).notNullable().comment('transform or scan');
    table.string('state', 16).notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.integer('max_attempts').notNullable();
    table
      .uuid('ticket')
      .comment('Of the present attempt; its holder alone may finish the job');
    table
      .bigInteger('next_at')
      .comment('Queued: when it is due. Running: end of the lease');
    table.string('phase', 64);
    table.string('failure_kind', 64);
    table.text('failure_message');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('finished_at');
    table.index(['state', 'next_at'], 'jobs_due_idx');
    table.index(['target_id', 'created_at'], 'jobs_target_idx');
    table.index(['campaign_id', 'state'], 'jobs_campaign_idx');
  });
  await knex.raw(
    `create unique index jobs_live_uniq on jobs (target_id, task) where state in ('queued', 'running')`,
  );

  await knex.schema.createTable('job_attempts', table => {
    table.comment('Tries of a job');
    table
      .uuid('job_id')
      .notNullable()
      .references('jobs.id')
      .onDelete('CASCADE');
    table.integer('number').notNullable();
    table
      .string('token_hash', 64)
      .comment('SHA-256 of the token of its runner; gone when it has ended');
    table.string('executor', 64).notNullable();
    table
      .string('base_commit', 64)
      .comment('Commit that its runner was given first');
    table.integer('event_count').notNullable().defaultTo(0);
    table.bigInteger('event_bytes').notNullable().defaultTo(0);
    table
      .string('result_digest', 64)
      .comment('SHA-256 of the result: the same again is accepted');
    table.bigInteger('started_at').notNullable();
    table.bigInteger('heartbeat_at').comment('When its runner last spoke');
    table.bigInteger('finished_at');
    table.string('outcome', 64);
    table.text('message');
    table.primary(['job_id', 'number']);
    table.unique(['token_hash'], { indexName: 'job_attempts_token_uniq' });
  });

  await knex.schema.createTable('job_events', table => {
    table.comment('What jobs say; append-only');
    table.bigIncrements('id');
    table
      .uuid('job_id')
      .notNullable()
      .references('jobs.id')
      .onDelete('CASCADE');
    table.integer('attempt').notNullable();
    table.bigInteger('at').notNullable();
    table.string('type', 16).notNullable();
    table.string('level', 8).notNullable();
    table.string('phase', 64);
    table.text('message').notNullable();
    table.index(['job_id', 'id'], 'job_events_job_idx');
  });

  await knex.schema.createTable('changes', table => {
    table.comment('What jobs produced');
    table.uuid('id').primary();
    table
      .uuid('target_id')
      .notNullable()
      .references('targets.id')
      .onDelete('CASCADE');
    table
      .uuid('job_id')
      .notNullable()
      .references('jobs.id')
      .onDelete('CASCADE');
    table.uuid('revision_id').notNullable();
    table.string('base_commit', 64).notNullable();
    table.text('patch').notNullable();
    table.text('report').notNullable().comment('ChangeReport as JSON');
    table.integer('files_changed').notNullable();
    table.integer('insertions').notNullable();
    table.integer('deletions').notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['target_id', 'created_at'], 'changes_target_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of ['changes', 'job_events', 'job_attempts', 'jobs']) {
    await knex.schema.dropTable(table);
  }
};
