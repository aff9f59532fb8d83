// @ts-check

/**
 * How often each source of lineage is read, how far a read is, and when a
 * running backend last had the source: one that nobody has any more ages.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('lineage_providers', table => {
    table.bigInteger('read_interval').comment('In milliseconds');
    table.text('progress').comment('Of the read under way, in one line');
    table
      .bigInteger('known_at')
      .comment('When a running backend last had it among its sources');
  });
  await knex('lineage_providers').update({
    known_at: knex.ref('last_started_at'),
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('lineage_providers', table => {
    table.dropColumns('read_interval', 'progress', 'known_at');
  });
};
