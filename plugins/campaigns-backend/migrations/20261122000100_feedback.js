// @ts-check

/**
 * What people say of changes and agents of their instructions, and what was
 * decided about it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('feedback', table => {
    table.comment('What was said of changes and instructions; foreign text');
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
    table.string('source', 16).notNullable().comment('reviewer or agent');
    table
      .string('key', 64)
      .notNullable()
      .comment('SHA-256 of source and words: what says the same has the same');
    table.text('text').notNullable();
    table.string('author', 255).comment('Login on the forge');
    table.integer('pr_number').comment("Of a reviewer's");
    table.string('comment_id', 255).comment("The forge's, of a reviewer's");
    table.text('url');
    table.text('file').comment('Relative to the repository');
    table.integer('line');
    table.uuid('job_id').comment("Of an agent's");
    table.uuid('revision_id').comment('Of the change that it is about');
    table.bigInteger('created_at').notNullable();
    // An edited comment says something else: it is another row.
    table.unique(['target_id', 'comment_id', 'key'], {
      indexName: 'feedback_comment_idx',
    });
    table.unique(['job_id', 'key'], { indexName: 'feedback_job_idx' });
    table.index(['campaign_id', 'key'], 'feedback_key_idx');
    table.index(['target_id', 'created_at'], 'feedback_target_idx');
  });
  await knex.schema.createTable('feedback_decisions', table => {
    table.comment('Feedback without one is open');
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.string('key', 64).notNullable();
    table.string('state', 16).notNullable().comment('promoted or dismissed');
    table.uuid('revision_id').comment('Whose lesson it became');
    table.string('decided_by', 255).notNullable();
    table.bigInteger('decided_at').notNullable();
    table.primary(['campaign_id', 'key']);
  });
  await knex.schema.alterTable('pull_requests', table => {
    table
      .string('conversation', 255)
      .comment('What the forge said of the conversation that was read last');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // By hand: knex would copy the table in SQLite.
  await knex.raw('alter table pull_requests drop column conversation');
  await knex.schema.dropTable('feedback_decisions');
  await knex.schema.dropTable('feedback');
};
