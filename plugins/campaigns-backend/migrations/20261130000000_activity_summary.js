// @ts-check

/** What entries of these actions say counts no targets and names none. */
const harmless = [
  'campaign.create',
  'campaign.update',
  'campaign.resume',
  'campaign.cancel',
  'campaign.complete',
  'scope.refresh',
  'revision.create',
  'revision.adopt',
  'evaluation.stop',
  'feedback.promote',
];

/**
 * What a history says to those who may not read all targets of its campaign.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('activity', table => {
    table
      .text('summary')
      .nullable()
      .comment(
        'The message without what it says of targets, for those who may not read all; null where nothing is left',
      );
  });
  await knex('activity')
    .whereNull('target_id')
    .whereIn('action', harmless)
    .update({ summary: knex.ref('message') });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('activity', table => {
    table.dropColumn('summary');
  });
};
