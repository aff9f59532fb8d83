// @ts-check

/**
 * Context revisions that can be adopted, and their trials.
 *
 * A trial is a job of the task `evaluate`: it leaves its target as it is, so
 * what came of it is kept with the job.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('context_revisions', table => {
    table
      .text('spec')
      .comment('CampaignSpec as JSON; absent for revisions of before');
    table.string('note', 500).comment('Why it was made, in one line');
  });
  await knex('context_revisions')
    .whereIn('id', knex('campaigns').select('revision_id'))
    .update({
      spec: knex('campaigns')
        .whereRaw('campaigns.revision_id = context_revisions.id')
        .select('spec'),
    });
  await knex.schema.alterTable('jobs', table => {
    table.string('outcome', 16).comment('Of a trial: proposed, noChanges, …');
    table.text('outcome_message').comment('Of a trial, in one line');
    table.uuid('change_id').comment('Of a trial');
    table.integer('edit_count').notNullable().defaultTo(0);
    table.integer('note_count').notNullable().defaultTo(0);
    table.boolean('approval_required').notNullable().defaultTo(false);
    table.index(['run_id', 'state'], 'jobs_run_idx');
  });
  await knex.schema.alterTable('runs', table => {
    table.index(['kind', 'state'], 'runs_kind_state_idx');
  });
  await knex.schema.alterTable('changes', table => {
    table.index(['job_id', 'created_at'], 'changes_job_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('changes', table => {
    table.dropIndex(['job_id', 'created_at'], 'changes_job_idx');
  });
  await knex.schema.alterTable('runs', table => {
    table.dropIndex(['kind', 'state'], 'runs_kind_state_idx');
  });
  // What was before knows no other tasks than transform and scan.
  await knex('jobs').where({ task: 'evaluate' }).delete();
  await knex.schema.alterTable('jobs', table => {
    table.dropIndex(['run_id', 'state'], 'jobs_run_idx');
  });
  // By hand: knex would copy the table in SQLite, and what refers to it would go.
  const columns = {
    jobs: [
      'approval_required',
      'note_count',
      'edit_count',
      'change_id',
      'outcome_message',
      'outcome',
    ],
    context_revisions: ['note', 'spec'],
  };
  for (const [table, names] of Object.entries(columns)) {
    for (const name of names) {
      await knex.raw('alter table ?? drop column ??', [table, name]);
    }
  }
};
