// @ts-check

/**
 * What the code of each repository reads and writes, kept for the commit that
 * it was found in: code that did not move is not parsed again, not even by
 * another process or after a restart.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('lineage_scans', table => {
    table.comment('Datasets found in the code of repositories, a cache');
    table
      .string('repository', 460)
      .primary()
      .comment('host/owner/name in lower case');
    table.string('commit', 64).notNullable();
    table
      .string('version', 64)
      .notNullable()
      .comment('Digest of the scanner and of its settings');
    table
      .text('result')
      .notNullable()
      .comment('Framework folders, references and problems, as JSON');
    table.bigInteger('scanned_at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('lineage_scans');
};
