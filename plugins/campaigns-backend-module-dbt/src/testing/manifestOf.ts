import { createHash } from 'crypto';

/** What a test wants in a manifest. */
export interface ManifestContent {
  project: string;
  nodes: Array<{
    id: string;
    package?: string;
    name?: string;
    database?: string | null;
    schema?: string;
    alias?: string;
    materialized?: string;
    dependsOn?: string[];
    /** Named in this manifest, but built by another project. */
    external?: boolean;
    version?: number;
    latestVersion?: number;
  }>;
  sources?: Array<{
    id: string;
    database: string | null;
    schema: string;
    name: string;
    identifier: string;
  }>;
  exposures?: Array<{ id: string; label?: string; dependsOn: string[] }>;
}

/** A manifest as dbt of that schema version writes it, as far as the differences go that a reader meets. */
export function manifestOf(version: number, content: ManifestContent): string {
  const code = version >= 7 ? 'raw_code' : 'raw_sql';
  const nodes = content.nodes.map(node => [
    node.id,
    {
      unique_id: node.id,
      resource_type: node.id.split('.')[0],
      package_name: node.package ?? content.project,
      name: node.name ?? node.id.split('.')[2],
      database: node.database === undefined ? 'acme' : node.database,
      schema: node.schema ?? 'dw',
      ...(node.alias && { alias: node.alias }),
      config: {
        enabled: true,
        materialized: node.materialized ?? 'table',
      },
      depends_on: {
        macros: ['macro.dbt.run_query'],
        // Seeds have no nodes here from version 8 on.
        ...(version >= 8 && node.id.startsWith('seed.')
          ? {}
          : { nodes: node.dependsOn ?? [] }),
      },
      ...(node.external
        ? { original_file_path: '', path: '' }
        : {
            original_file_path: `models/${node.id}.sql`,
            [code]: 'select 1',
          }),
      ...(version >= 2 && { checksum: { name: 'sha256', checksum: '0' } }),
      ...(version >= 9 && {
        group: null,
        access: 'public',
        version: node.version ?? null,
        latest_version: node.latestVersion ?? null,
      }),
    },
  ]);
  return JSON.stringify({
    metadata: {
      dbt_schema_version: `https://schemas.getdbt.com/dbt/manifest/v${version}.json`,
      generated_at: '2026-01-31T00:00:00Z',
      adapter_type: 'bigquery',
      project_id: createHash('md5').update(content.project).digest('hex'),
      ...(version >= 10 && { project_name: content.project }),
    },
    nodes: Object.fromEntries(nodes),
    sources: Object.fromEntries(
      (content.sources ?? []).map(({ id, ...source }) => [
        id,
        {
          unique_id: id,
          resource_type: 'source',
          package_name: content.project,
          source_name: id.split('.')[2],
          ...source,
        },
      ]),
    ),
    exposures: Object.fromEntries(
      (content.exposures ?? []).map(({ id, label, dependsOn }) => [
        id,
        {
          unique_id: id,
          resource_type: 'exposure',
          package_name: content.project,
          name: id.split('.')[2],
          ...(version >= 7 && { label: label ?? null }),
          depends_on: { macros: [], nodes: dependsOn },
        },
      ]),
    ),
    macros: {},
    docs: {},
    disabled: version >= 5 ? {} : [],
    parent_map: {},
    child_map: {},
  });
}
