// @ts-check

/**
 * Lineage that comes as events, columns, and datasets with several names.
 *
 * A source of events is never read as a whole. Its facts stand in one generation
 * that is always visible; each carries when it was last seen, and goes when its
 * source has not said it for long.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('lineage_providers', table => {
    table
      .bigInteger('stale_after')
      .comment('Milliseconds after which what was not seen again is stale');
    table
      .bigInteger('expire_after')
      .comment('Milliseconds after which it goes; only of sources of events');
    table.bigInteger('events_received').notNullable().defaultTo(0);
    table.bigInteger('events_rejected').notNullable().defaultTo(0);
    table.bigInteger('last_event_at').comment('When the last was received');
    table.bigInteger('last_rejected_at');
    table.text('last_rejection').comment('Why, in one line');
    table.integer('stale_edge_count').notNullable().defaultTo(0);
  });

  await knex.schema.alterTable('lineage_witnesses', table => {
    table
      .bigInteger('last_seen')
      .comment(
        'Of sources of events: the newest event that describes the node',
      );
  });

  await knex.schema.createTable('lineage_columns', table => {
    table.comment('A job reads a column of a dataset, and what it makes of it');
    table.integer('job_node').notNullable();
    table.integer('from_node').notNullable();
    table.string('from_column', 300).notNullable();
    table
      .integer('to_node')
      .notNullable()
      .comment('The dataset that is written; 0 where no source says');
    table
      .string('to_column', 300)
      .notNullable()
      .comment('Empty for the dataset as a whole, by a filter or a join');
    table
      .string('transformation', 64)
      .notNullable()
      .comment('identity, aggregation, filter and so on; empty: not said');
    table.string('provider', 64).notNullable();
    table.bigInteger('last_seen').notNullable();
    table.integer('first_generation').notNullable();
    table.integer('last_generation').notNullable();
    table.primary([
      'from_node',
      'from_column',
      'job_node',
      'to_node',
      'to_column',
      'transformation',
      'provider',
    ]);
    table.index(['job_node'], 'lineage_columns_job_idx');
    table.index(['to_node'], 'lineage_columns_to_idx');
  });

  await knex.schema.createTable('lineage_aliases', table => {
    table.comment('Names of one node, each with the one that it is kept under');
    table.string('kind', 8).notNullable().comment('dataset or job');
    table.string('name', 1000).notNullable();
    table.string('canonical', 1000).notNullable();
    table.string('provider', 64).notNullable().comment('Who said so last');
    table.bigInteger('last_seen').notNullable();
    table.primary(['kind', 'name']);
    table.index(['kind', 'canonical'], 'lineage_aliases_canonical_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('lineage_aliases');
  await knex.schema.dropTable('lineage_columns');
  // Nothing would ever take back what a source of events said.
  const events = knex('lineage_providers')
    .whereNotNull('expire_after')
    .select('id');
  await knex('lineage_edges').whereIn('provider', events).delete();
  await knex('lineage_witnesses').whereIn('provider', events).delete();
  await knex('lineage_providers').whereNotNull('expire_after').delete();
  await knex.schema.alterTable('lineage_witnesses', table => {
    table.dropColumn('last_seen');
  });
  await knex.schema.alterTable('lineage_providers', table => {
    table.dropColumns(
      'stale_after',
      'expire_after',
      'events_received',
      'events_rejected',
      'last_event_at',
      'last_rejected_at',
      'last_rejection',
      'stale_edge_count',
    );
  });
};
