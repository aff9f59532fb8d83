import { SourceEntry } from '../project/DbtProject';
import { child, textSpan } from '../project/YamlFile';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { Move, moveOf } from './moveOf';

/** Whether every table of the source that entry belongs to moves alike. */
function movesTogether(
  analysis: Analysis,
  entry: SourceEntry,
  same: (move: Move) => boolean,
): boolean {
  return [...analysis.session.project.sources.values()]
    .filter(other => other.source === entry.source)
    .every(other => {
      const move = moveOf(analysis, other);
      return (
        move !== undefined &&
        same(move) &&
        analysis.session
          .usesOfSource(other.key)
          .every(table => !analysis.session.frozen.has(table))
      );
    });
}

/** Renames the source itself or moves it to another schema, where all its tables go there. */
export function moveSource(
  analysis: Analysis,
  region: Region,
  entry: SourceEntry,
  move: Move,
): boolean {
  const edits: { key: string; newText: string }[] = [];
  if (move.source !== entry.sourceName) {
    edits.push({ key: 'name', newText: move.source });
  }
  if (move.schema !== undefined && move.schema !== entry.schema) {
    edits.push({
      key: child(entry.source, 'schema') ? 'schema' : 'dataset',
      newText: move.schema,
    });
  }
  if (move.database !== undefined && move.database !== entry.database) {
    edits.push({
      key: child(entry.source, 'database') ? 'database' : 'project',
      newText: move.database,
    });
  }
  if (edits.length === 0) {
    return true;
  }
  if (
    !movesTogether(
      analysis,
      entry,
      other =>
        other.source === move.source &&
        other.schema === move.schema &&
        other.database === move.database,
    )
  ) {
    return false;
  }
  for (const { key, newText } of edits) {
    const node = child(entry.source, key);
    const span = textSpan(entry.file, node);
    const reason = `the source of ${move.mapping.table.from} moves`;
    if (span) {
      analysis.edit(region, {
        ...span,
        newText,
        kind: 'source',
        cause: move.cause,
        reason,
        confidence: 'certain',
      });
    } else if (!node && key !== 'project') {
      const first = child(entry.source, 'name')!.range!;
      const keyStart = (
        entry.source.items[0].key as { range?: [number, number, number] }
      ).range![0];
      const column =
        keyStart - (region.content.lastIndexOf('\n', keyStart - 1) + 1);
      if (entry.source.flow) {
        return false;
      }
      analysis.edit(region, {
        start: first[1],
        end: first[1],
        newText: `${eolOf(region)}${' '.repeat(column)}schema: ${newText}`,
        kind: 'source',
        cause: move.cause,
        reason,
        confidence: 'certain',
      });
    } else if (node) {
      return false;
    }
  }
  return true;
}

export function eolOf(region: Region): string {
  return region.content.includes('\r\n') ? '\r\n' : '\n';
}
