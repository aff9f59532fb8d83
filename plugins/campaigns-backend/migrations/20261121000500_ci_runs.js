// @ts-check

/**
 * Changes that wait for the checks of their repository's own CI.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('ci_runs', table => {
    table.comment('Scratch branches whose checks decide about a change');
    table.uuid('id').primary();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table
      .uuid('target_id')
      .notNullable()
      .references('targets.id')
      .onDelete('CASCADE');
    table.uuid('change_id').notNullable();
    table.string('repo_host', 255).notNullable();
    table.string('repo_owner', 100).notNullable();
    table.string('repo_name', 100).notNullable();
    table
      .string('state', 16)
      .notNullable()
      .comment('planned, waiting, concluded (its branch is still there), done');
    table.string('branch', 250).comment('Written before it is pushed');
    table.string('commit', 64).comment('Written before it is pushed');
    table.bigInteger('pushed_at');
    table.uuid('ticket');
    table.bigInteger('next_at').comment('Due, or end of the lease');
    table.text('seen').comment('Names of the checks at the last look, as JSON');
    table.bigInteger('seen_at').comment('Since when it is these');
    table.integer('looks').notNullable().defaultTo(0);
    table.integer('attempts').notNullable().defaultTo(0).comment('Failed ones');
    table.text('last_error');
    table.bigInteger('created_at').notNullable();
    table.index(['next_at'], 'ci_runs_due_idx');
    table.index(['target_id'], 'ci_runs_target_idx');
    table.index(
      ['repo_host', 'repo_owner', 'repo_name'],
      'ci_runs_repository_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ci_runs');
};
