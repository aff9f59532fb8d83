// @ts-check

/**
 * The commits that trials work on, so that one context is compared with another
 * and not a repository with what became of it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jobs', table => {
    table
      .string('base_commit', 64)
      .comment('Of a trial: that of an earlier one; absent for the head');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // By hand: knex would copy the table in SQLite, and what refers to it would go.
  await knex.raw('alter table ?? drop column ??', ['jobs', 'base_commit']);
};
