// @ts-check

/**
 * Reviews of changes by gates and judge.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('reviews', table => {
    table.comment('Looks at patches of jobs, before they are proposed');
    table.uuid('id').primary();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.uuid('target_id').notNullable();
    table.uuid('job_id').notNullable();
    table.uuid('revision_id').notNullable();
    table.string('patch_digest', 64).notNullable().comment('SHA-256');
    table.integer('round').notNullable().comment('1, 2, 3… within the job');
    table.string('outcome', 16).notNullable();
    table.text('findings').notNullable().comment('GateFinding[] as JSON');
    table
      .string('verdict', 16)
      .comment("The judge's, where it was asked: accept or veto");
    table.text('judge').comment('JudgeVerdict as JSON');
    table.text('judge_error');
    table.bigInteger('created_at').notNullable();
    table.unique(['job_id', 'patch_digest']);
    table.index(['target_id', 'created_at'], 'reviews_target_idx');
    table.index(['campaign_id', 'revision_id'], 'reviews_revision_idx');
  });
  await knex.schema.alterTable('targets', table => {
    table
      .boolean('approval_required')
      .notNullable()
      .defaultTo(false)
      .comment('Its change asks for a look: a person approves it by itself');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('targets', table => {
    table.dropColumn('approval_required');
  });
  await knex.schema.dropTable('reviews');
};
