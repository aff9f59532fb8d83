// @ts-check

/**
 * Datasets, jobs and the flow of data between them, each with the sources that
 * witness it.
 *
 * A source is read while people look at what it said before. So every fact
 * carries the generations between which it holds, and a fact is visible where
 * its source's published generation lies between them: publishing a finished
 * read is the update of one row, and a read that fails is never seen.
 *
 * Edges have no foreign keys: they come a million at a time, and a query joins
 * the nodes anyway.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('lineage_providers', table => {
    table.comment('Sources of lineage, their freshness and who reads them');
    table.string('id', 64).primary();
    table.string('title', 255).notNullable();
    table
      .string('state', 16)
      .notNullable()
      .comment('never, running, ok or failed');
    table
      .integer('generation')
      .notNullable()
      .defaultTo(0)
      .comment('The read that is visible; 0 for none');
    table
      .integer('attempt')
      .notNullable()
      .defaultTo(0)
      .comment('Ticket of the newest read; only its holder may publish');
    table.bigInteger('next_read_at').notNullable();
    table
      .bigInteger('leased_until')
      .comment('A read is under way; past: it was lost');
    table.bigInteger('last_started_at');
    table.bigInteger('last_succeeded_at');
    table.text('last_error');
    table.integer('node_count').notNullable().defaultTo(0);
    table.integer('edge_count').notNullable().defaultTo(0);
  });

  await knex.schema.createTable('lineage_nodes', table => {
    table.comment('Datasets and jobs, with what all sources together say');
    table.increments('id');
    table.string('kind', 8).notNullable().comment('dataset or job');
    table.string('name', 1000).notNullable().comment('Normalised identity');
    table.text('title');
    table.string('entity_ref', 767);
    table.string('owner_ref', 767);
    table.string('framework', 64);
    table.string('repo_host', 255);
    table.string('repo_owner', 100);
    table.string('repo_name', 100);
    table.string('path', 500).comment('Empty for the whole repository');
    table.unique(['kind', 'name']);
    table.index(['entity_ref'], 'lineage_nodes_entity_idx');
    table.index(
      ['repo_host', 'repo_owner', 'repo_name'],
      'lineage_nodes_repository_idx',
    );
  });

  await knex.schema.createTable('lineage_witnesses', table => {
    table.comment('What one source says of a node');
    table.integer('node_id').notNullable();
    table.string('provider', 64).notNullable();
    table.text('metadata').notNullable().comment('NodeMetadata as JSON');
    table.integer('first_generation').notNullable();
    table.integer('last_generation').notNullable();
    table.primary(['node_id', 'provider']);
  });

  await knex.schema.createTable('lineage_edges', table => {
    table.comment('Data flows from one node to another, says a source');
    table.integer('from_node').notNullable();
    table.integer('to_node').notNullable();
    table.string('provider', 64).notNullable();
    table.string('confidence', 8).notNullable().comment('certain or likely');
    table.bigInteger('last_seen').notNullable();
    table.integer('first_generation').notNullable();
    table.integer('last_generation').notNullable();
    table.primary(['from_node', 'to_node', 'provider']);
    table.index(['to_node'], 'lineage_edges_to_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'lineage_edges',
    'lineage_witnesses',
    'lineage_nodes',
    'lineage_providers',
  ]) {
    await knex.schema.dropTable(table);
  }
};
