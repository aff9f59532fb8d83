// @ts-check

/**
 * Snapshots of scopes, and what differs from one to the next.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('scope_snapshots', table => {
    table.comment('Scopes as they were computed');
    table.uuid('id').primary();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.integer('number').notNullable();
    table.bigInteger('computed_at').notNullable();
    table.integer('in_scope').notNullable();
    table.integer('unsure').notNullable();
    table.integer('out_of_scope').notNullable();
    table.integer('came').notNullable();
    table.integer('went').notNullable();
    table.integer('changed').notNullable();
    table.text('notices').notNullable().comment('string[] as JSON');
    table.unique(['campaign_id', 'number']);
  });

  await knex.schema.createTable('scope_changes', table => {
    table.comment('What came, went or changed; nothing for a first snapshot');
    table.increments('id');
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.integer('snapshot_number').notNullable();
    table.string('kind', 16).notNullable().comment('came, went or changed');
    table.string('repo_host', 255).notNullable();
    table.string('repo_owner', 100).notNullable();
    table.string('repo_name', 100).notNullable();
    table.string('path', 500).notNullable();
    table.text('before').comment('PlaceFacts as JSON');
    table.text('after').comment('PlaceFacts as JSON');
    table.bigInteger('at').notNullable();
    table.index(['campaign_id', 'id'], 'scope_changes_campaign_idx');
  });

  await knex.schema.alterTable('targets', table => {
    table
      .text('scope_facts')
      .comment(
        'PlaceFacts of the newest snapshot as JSON; absent where it is gone',
      );
    table
      .boolean('newcomer')
      .notNullable()
      .defaultTo(false)
      .comment('Appeared after the launch');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('targets', table => {
    table.dropColumn('scope_facts');
    table.dropColumn('newcomer');
  });
  await knex.schema.dropTable('scope_changes');
  await knex.schema.dropTable('scope_snapshots');
};
