// @ts-check

/**
 * What all replicas know together of the pace that a model's provider takes.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('model_pace', table => {
    table.comment('Locked by whoever begins a call, where calls are counted');
    table.string('provider', 64).primary();
    table
      .bigInteger('paused_until')
      .notNullable()
      .defaultTo(0)
      .comment('No call begins before, as the provider asked');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('model_pace');
};
