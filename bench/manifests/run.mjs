// What the dbt module reads in real manifests, compared with dbt's own account
// of them: `parent_map` says what each node is made from, `relation_name` what
// it is called in the warehouse.
//
//   node bench/manifests/run.mjs FOLDER
//
// FOLDER holds manifest.json files, however deep. Prints a table in Markdown and
// ends with code 1 where a manifest is read otherwise than dbt says.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(
  new URL(
    '../../plugins/campaigns-backend-module-dbt/package.json',
    import.meta.url,
  ),
);
// The module's own sources, as `backstage-cli package start` runs them.
require('@backstage/cli/config/nodeTransform.cjs');
const { parseManifest } = require('./src/manifest/parseManifest');

const [folder] = process.argv.slice(2);
const built = new Set(['model', 'seed', 'snapshot']);

/** `"db"."schema"."name"`, in the quotes of whatever warehouse, to a dotted name. */
const plain = relation => relation.replace(/["`[\]]/g, '');

function nameOf(node) {
  if (node.relation_name) return plain(node.relation_name);
  const table = node.alias ?? node.identifier ?? node.name;
  return [node.database, node.schema, table].filter(Boolean).join('.');
}

/** What dbt says that its nodes read and write. */
function expected(manifest) {
  const all = { ...manifest.nodes, ...manifest.sources };
  const hasTable = id =>
    all[id] &&
    (built.has(all[id].resource_type) || all[id].resource_type === 'source') &&
    all[id].config?.materialized !== 'ephemeral';
  const parents = id => (manifest.parent_map?.[id] ?? []).filter(hasTable);
  const nodes = Object.keys(manifest.nodes).filter(id =>
    built.has(all[id].resource_type),
  );
  const names = ids => [...new Set(ids.map(id => nameOf(all[id])))].sort();
  return {
    reads: names(nodes.flatMap(parents)),
    writes: names(nodes.filter(hasTable)),
    exposures: Object.fromEntries(
      Object.entries(manifest.exposures ?? {}).map(([id, { name }]) => [
        name,
        names(parents(id)),
      ]),
    ),
  };
}

const sorted = datasets => [...new Set(datasets.map(each => each.name))].sort();

function findManifests(root) {
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name === 'manifest.json')
    .map(entry => path.join(entry.parentPath, entry.name));
}

const rows = findManifests(folder).map(file => {
  const text = fs.readFileSync(file, 'utf8');
  const manifest = JSON.parse(text);
  const { dbt_schema_version: schema, dbt_version: dbt } = manifest.metadata;
  const project = parseManifest(text, file);
  const found = {
    reads: sorted(project.reads),
    writes: sorted(project.writes),
    exposures: Object.fromEntries(
      project.exposures.map(({ name, reads }) => [name, sorted(reads)]),
    ),
  };
  const said = expected(manifest);
  const same = JSON.stringify(found) === JSON.stringify(said);
  if (!same) console.error(file, JSON.stringify({ found, said }, null, 2));
  return {
    version: Number(/\/v(\d+)\.json$/.exec(schema)[1]),
    same,
    cells: [
      dbt,
      manifest.metadata.adapter_type ?? '',
      project.name,
      Object.keys(manifest.nodes).length,
      found.reads.length,
      found.writes.length,
      Object.keys(found.exposures).length,
      same ? 'yes' : 'no',
    ],
  };
});
rows.sort(
  (a, b) =>
    a.version - b.version ||
    a.cells[0].localeCompare(b.cells[0], 'en', { numeric: true }),
);
console.log(
  '| manifest | dbt | adapter | project | nodes | reads | writes | exposures | as dbt says |',
);
console.log('| --- | --- | --- | --- | ---: | ---: | ---: | ---: | --- |');
for (const { version, cells } of rows) {
  console.log(`| ${[`v${version}`, ...cells].join(' | ')} |`);
}
process.exitCode = rows.every(row => row.same) ? 0 : 1;
