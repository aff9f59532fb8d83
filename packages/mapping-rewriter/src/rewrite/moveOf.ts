import { CompiledTable } from '../mapping/CompiledTable';
import { SourceEntry } from '../project/DbtProject';
import { child } from '../project/YamlFile';
import { matchEntry, renamedSource } from '../resolve/bindSource';
import { Analysis } from './Analysis';

/** How the entry of a source must change. */
export interface Move {
  mapping: CompiledTable;
  cause: string;
  source: string;
  table: string;
  /** The identifier, schema and database that change. */
  identifier?: string;
  schema?: string;
  database?: string;
}

export function moveOf(
  analysis: Analysis,
  entry: SourceEntry,
): Move | undefined {
  const { mappings, options, dialect } = analysis.session;
  const bind = {
    defaultProject: options.defaultProject,
    caseSensitive: dialect === 'bigquery',
    mentions: () => true,
  };
  for (const mapping of mappings) {
    for (const line of mapping.table.sources ?? []) {
      const renamed = renamedSource(
        { source: entry.sourceName, table: entry.tableName },
        line,
      );
      if (renamed) {
        const match = matchEntry(entry, mapping, bind);
        const own =
          match?.kind === 'same'
            ? match.parts[match.parts.length - 1]
            : undefined;
        return {
          mapping,
          cause: `${mapping.table.from}:${line.line ?? line.from}`,
          ...renamed,
          identifier: entry.identifier !== undefined ? own : undefined,
          schema:
            match?.kind === 'same' && child(entry.source, 'schema')
              ? match.parts[match.parts.length - 2]
              : undefined,
        };
      }
    }
  }
  for (const mapping of mappings) {
    const match = matchEntry(entry, mapping, bind);
    if (match?.kind === 'same') {
      const { parts } = match;
      const newTable = parts[parts.length - 1];
      return {
        mapping,
        cause: mapping.cause(),
        source: entry.sourceName,
        table:
          entry.identifier === undefined
            ? newTable ?? entry.tableName
            : entry.tableName,
        identifier: entry.identifier === undefined ? undefined : newTable,
        schema: parts[parts.length - 2],
        database: parts.length > 2 ? parts[0] : match.prefix[0],
      };
    }
  }
  return undefined;
}
