// @ts-check

/**
 * The ledger of model calls, what is spent and reserved, and estimates.
 *
 * A call is written down with its worst case before it is made, and settled to
 * what it cost after. Money is in billionths of the price table's currency, so
 * that a single cached token still has an exact price.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('model_calls', table => {
    table.comment('Each call to a model');
    table.uuid('id').primary();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.uuid('run_id');
    table
      .uuid('job_id')
      .references('jobs.id')
      .onDelete('CASCADE')
      .comment('Absent for a call on behalf of the whole campaign');
    table.integer('attempt').comment('Of the job');
    table.uuid('revision_id').notNullable().comment('Context it worked with');
    table.string('purpose', 16).notNullable().comment('agent, judge, estimate');
    table.string('provider', 64).notNullable();
    table.string('model', 128).notNullable();
    table.string('state', 16).notNullable().comment('reserved or settled');
    table.string('outcome', 16).comment('How it ended; absent while reserved');
    table.text('message').comment('Why it gave no message, in one line');
    table.bigInteger('reserved_nanos').notNullable().defaultTo(0);
    table.bigInteger('reserved_tokens').notNullable().defaultTo(0);
    table.bigInteger('cost_nanos').notNullable().defaultTo(0);
    table.bigInteger('input_tokens').notNullable().defaultTo(0);
    table.bigInteger('output_tokens').notNullable().defaultTo(0);
    table.bigInteger('cache_write_5m_tokens').notNullable().defaultTo(0);
    table.bigInteger('cache_write_1h_tokens').notNullable().defaultTo(0);
    table.bigInteger('cache_read_tokens').notNullable().defaultTo(0);
    table
      .bigInteger('assumed_nanos')
      .notNullable()
      .defaultTo(0)
      .comment('Part of the cost that is a worst case, since nobody said');
    table
      .bigInteger('expired_nanos')
      .notNullable()
      .defaultTo(0)
      .comment('Part of the cost that an expired reservation was charged');
    table.bigInteger('expired_tokens').notNullable().defaultTo(0);
    table.integer('retries').notNullable().defaultTo(0);
    table.string('stop_reason', 64);
    table.integer('latency_ms').comment('From the first try to the end');
    table.integer('first_token_ms').comment('Of the try that succeeded');
    table
      .bigInteger('expires_at')
      .comment('End of the lease of who makes it; then its worst case is due');
    table.bigInteger('at').notNullable();
    table.bigInteger('finished_at');
    table.index(['campaign_id', 'at'], 'model_calls_campaign_idx');
    table.index(['job_id', 'at'], 'model_calls_job_idx');
    table.index(['state', 'expires_at'], 'model_calls_expiry_idx');
  });

  await knex.schema.createTable('model_spend', table => {
    table.comment('Sums of model_calls, for budgets');
    table.string('scope', 8).notNullable().comment('campaign, run or job');
    table.uuid('scope_id').notNullable();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.bigInteger('spent_nanos').notNullable().defaultTo(0);
    table.bigInteger('reserved_nanos').notNullable().defaultTo(0);
    table.bigInteger('spent_tokens').notNullable().defaultTo(0);
    table.bigInteger('reserved_tokens').notNullable().defaultTo(0);
    table.primary(['scope', 'scope_id']);
    table.index(['campaign_id'], 'model_spend_campaign_idx');
  });

  await knex.schema.createTable('model_estimates', table => {
    table.comment('What campaigns were expected to cost');
    table.uuid('id').primary();
    table
      .uuid('campaign_id')
      .notNullable()
      .references('campaigns.id')
      .onDelete('CASCADE');
    table.uuid('revision_id').notNullable();
    table.text('content').notNullable().comment('CostEstimate as JSON');
    table.string('created_by', 255).notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['campaign_id', 'created_at'], 'model_estimates_campaign_idx');
  });

  await knex.schema.alterTable('job_attempts', table => {
    table
      .text('over_budget_message')
      .comment('Why a model call of it was refused: its job is over budget');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('job_attempts', table => {
    table.dropColumn('over_budget_message');
  });
  for (const table of ['model_estimates', 'model_spend', 'model_calls']) {
    await knex.schema.dropTable(table);
  }
};
