// @ts-check

/**
 * What schema providers say of the columns of datasets that campaigns name.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('dataset_schemas', table => {
    table.comment('Columns of datasets, as providers say');
    table.uuid('id').primary();
    table.string('provider', 100).notNullable();
    table
      .string('dataset', 300)
      .notNullable()
      .comment('Dotted name, as the campaign writes it');
    table
      .string('state', 16)
      .notNullable()
      .comment('waiting, known, missing, unknown, failed');
    table.text('columns').comment('JSON: field path to type');
    table.text('message').comment('Why the last read failed');
    table
      .bigInteger('read_at')
      .comment('When the provider last answered; the database’s clock');
    table
      .bigInteger('wanted_until')
      .notNullable()
      .comment('Live campaigns renew it; nobody reads for the others');
    table.bigInteger('next_at').notNullable().comment('When to read next');
    table.uuid('ticket').comment('Of the read under way');
    table.unique(['provider', 'dataset']);
    table.index(['next_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('dataset_schemas');
};
