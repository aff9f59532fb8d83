// @ts-check

/**
 * Campaigns with their context revisions, targets, runs and history.
 *
 * All times are epoch milliseconds as the database's clock tells them, in both
 * SQLite and Postgres, so that leases compare the same way everywhere. JSON is
 * kept as text: it is read whole and never searched.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('campaigns', table => {
    table.comment('One retirement of one or more datasets');
    table.uuid('id').primary();
    table.string('name', 63).notNullable().unique().comment('For URLs');
    table.string('title', 255).notNullable();
    table.string('owner_ref', 255).notNullable();
    table.string('state', 16).notNullable();
    table.text('state_reason').comment('Why it is paused or cancelled');
    table.text('spec').notNullable().comment('CampaignSpec as JSON');
    table.uuid('revision_id').comment('The newest context revision');
    table.string('scope_state', 16).notNullable();
    table.text('scope_message');
    table.bigInteger('scope_computed_at');
    table.uuid('scope_ticket').comment('Of the worker that computes the scope');
    table
      .bigInteger('scope_next_at')
      .comment('When the scope is due to be computed, or its lease ends');
    table
      .integer('tolerated_wave_index')
      .comment('A person resumed in spite of failures up to this wave');
    table.string('created_by', 255).notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.string('launched_by', 255);
    table.bigInteger('launched_at');
    table.index(['state'], 'campaigns_state_idx');
    table.index(['owner_ref'], 'campaigns_owner_idx');
  });

  await knex.schema.createTable('context_revisions', table => {
    table.comment('Immutable snapshots of what a run is told');
    table.uuid('id').primary();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.integer('number').notNullable();
    table.string('digest', 64).notNullable().comment('SHA-256 of the content');
    table.text('content').notNullable().comment('ContextContent as JSON');
    table.string('created_by', 255).notNullable();
    table.bigInteger('created_at').notNullable();
    table.unique(['campaign_id', 'number']);
  });

  await knex.schema.createTable('targets', table => {
    table.comment('Places to change');
    table.uuid('id').primary();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.string('repo_host', 255).notNullable();
    table.string('repo_owner', 100).notNullable();
    table.string('repo_name', 100).notNullable();
    table
      .string('path', 500)
      .notNullable()
      .comment('Empty for the whole repository');
    table.string('framework', 64).notNullable();
    table.string('entity_ref', 255);
    table.string('owner_ref', 255);
    table.string('state', 16).notNullable();
    table.text('state_reason');
    table.string('failure_kind', 64);
    table.string('wave', 64);
    table.integer('wave_index').comment('Place of the wave in the rollout');
    table.text('reasons').notNullable().comment('ScopeReason[] as JSON');
    table
      .boolean('decided_by_person')
      .notNullable()
      .defaultTo(false)
      .comment('A person took it in or out: a refresh keeps that');
    table.integer('edit_count').notNullable().defaultTo(0);
    table.integer('note_count').notNullable().defaultTo(0);
    table.uuid('change_id');
    table.uuid('job_id').comment('The newest job');
    table.uuid('run_id').comment('The newest run');
    table
      .bigInteger('expected_at')
      .comment('When its pull request is expected');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.unique([
      'campaign_id',
      'repo_host',
      'repo_owner',
      'repo_name',
      'path',
    ]);
    table.index(['campaign_id', 'state'], 'targets_campaign_state_idx');
    table.index(['entity_ref'], 'targets_entity_idx');
    table.index(['owner_ref'], 'targets_owner_idx');
    table.index(
      ['repo_host', 'repo_owner', 'repo_name'],
      'targets_repository_idx',
    );
  });

  await knex.schema.createTable('runs', table => {
    table.comment('Passes over chosen targets with one context revision');
    table.uuid('id').primary();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.integer('number').notNullable();
    table.string('kind', 16).notNullable();
    table.string('wave', 64);
    table.uuid('revision_id').notNullable();
    table.string('state', 16).notNullable();
    table.integer('target_count').notNullable();
    table.string('created_by', 255).notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('finished_at');
    table.unique(['campaign_id', 'number']);
  });

  await knex.schema.createTable('activity', table => {
    table.comment('What happened to a campaign, for people');
    table.increments('id');
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.uuid('target_id');
    table.string('actor', 255).notNullable();
    table.string('action', 64).notNullable();
    table.text('message').notNullable();
    table.bigInteger('at').notNullable();
    table.index(['campaign_id', 'id'], 'activity_campaign_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'activity',
    'runs',
    'targets',
    'context_revisions',
    'campaigns',
  ]) {
    await knex.schema.dropTable(table);
  }
};
