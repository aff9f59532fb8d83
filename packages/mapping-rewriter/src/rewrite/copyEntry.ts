import { YAMLMap } from 'yaml';
import { SourceEntry } from '../project/DbtProject';
import { child } from '../project/YamlFile';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { Move } from './moveOf';
import { eolOf } from './moveSource';

/** Puts an entry for the successor behind one that some models still need. */
export function copyEntry(
  analysis: Analysis,
  region: Region,
  entry: SourceEntry,
  move: Move,
  name: { start: number; end: number },
  refuse: () => void,
): void {
  const tables = child(entry.source, 'tables') as
    | (YAMLMap & { flow?: boolean })
    | undefined;
  const { range } = entry.table;
  if (
    !range ||
    entry.table.flow ||
    tables?.flow ||
    move.source !== entry.sourceName ||
    move.table === entry.tableName ||
    move.schema !== undefined ||
    move.database !== undefined
  ) {
    refuse();
    return;
  }
  const start = range[0];
  const lineStart = region.content.lastIndexOf('\n', start - 1) + 1;
  const lead = region.content.slice(lineStart, start);
  if (!/^\s*-\s+$/.test(lead)) {
    refuse();
    return;
  }
  const eol = eolOf(region);
  const isFirstKey =
    region.content.slice(start, name.start).replace(/["']/g, '').trim() ===
    'name:';
  if (!isFirstKey) {
    refuse();
    return;
  }
  const at =
    range[1] < region.content.length &&
    region.content[range[1]] !== '\n' &&
    !/\n\s*$/.test(region.content.slice(0, range[1]))
      ? range[1]
      : region.content.slice(0, range[1]).trimEnd().length;
  analysis.edit(region, {
    start: at,
    end: at,
    newText: `${eol}${lead}name: ${move.table}`,
    kind: 'source',
    cause: move.cause,
    reason: `${move.mapping.table.to} is read beside ${move.mapping.table.from}, which some models stay on`,
    confidence: 'certain',
  });
}
