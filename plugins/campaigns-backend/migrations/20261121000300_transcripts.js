// @ts-check

/**
 * What agents say and do, beside the log of their jobs.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('job_events', table => {
    table
      .text('data')
      .comment('TranscriptEntry as JSON, where the type is transcript');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex('job_events').where({ type: 'transcript' }).delete();
  await knex.schema.alterTable('job_events', table => {
    table.dropColumn('data');
  });
};
