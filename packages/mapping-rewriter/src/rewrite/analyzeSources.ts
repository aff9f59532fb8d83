import { SourceEntry } from '../project/DbtProject';
import { child, textSpan } from '../project/YamlFile';
import { Edit } from '../types';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { analyzeYamlColumns } from './analyzeYamlColumns';
import { copyEntry } from './copyEntry';
import { Move, moveOf } from './moveOf';
import { moveSource } from './moveSource';

/** Gives the entries of dbt sources that stand for deprecated tables their new names and columns. */
export function analyzeSources(analysis: Analysis): void {
  const { session } = analysis;
  for (const entry of session.project.sources.values()) {
    const move = moveOf(analysis, entry);
    const region =
      move && session.regions.find(r => r.file === entry.file.path);
    if (move && region) {
      analyzeEntry(analysis, region, entry, move);
    }
  }
}

function analyzeEntry(
  analysis: Analysis,
  region: Region,
  entry: SourceEntry,
  move: Move,
): void {
  const uses = analysis.session.usesOfSource(entry.key);
  const staying = uses.filter(table => analysis.session.frozen.has(table));
  if (staying.length > 0 && staying.length === uses.length) {
    return;
  }
  const name = textSpan(entry.file, child(entry.table, 'name'));
  const refuse = (reason: string, freeze: boolean) =>
    analysis.refuse(region, {
      ...(name ?? { start: 0, end: 0 }),
      kind: 'source',
      code: 'ambiguous',
      reason,
      cause: move.cause,
      tables: freeze ? uses : [],
    });
  if (!name) {
    refuse(`the entry of ${entry.key} is not written plainly`, true);
    return;
  }
  const newKey = `${move.source}.${move.table}`;
  if (newKey !== entry.key && analysis.session.project.sources.has(newKey)) {
    refuse(
      `${newKey} is defined already; take this entry out when nothing reads it`,
      false,
    );
    return;
  }
  if (staying.length > 0) {
    copyEntry(analysis, region, entry, move, name, () =>
      refuse(
        `some models stay on ${move.mapping.table.from}, and the entry cannot name both tables`,
        true,
      ),
    );
    return;
  }
  if (!moveSource(analysis, region, entry, move)) {
    refuse(
      `other tables of the source ${entry.sourceName} do not move with ${entry.tableName}`,
      true,
    );
    return;
  }
  const edit = (
    span: { start: number; end: number } | undefined,
    newText: string | undefined,
    kind: Edit['kind'],
    reason: string,
  ) => {
    if (
      span &&
      newText !== undefined &&
      region.content.slice(span.start, span.end) !== newText
    ) {
      analysis.edit(region, {
        ...span,
        newText,
        kind,
        cause: move.cause,
        reason,
        confidence: 'certain',
      });
    }
  };
  const reason = `${move.mapping.table.from} is replaced by ${move.mapping.table.to}`;
  edit(name, move.table, 'source', reason);
  edit(
    textSpan(entry.file, child(entry.table, 'identifier')),
    move.identifier,
    'source',
    reason,
  );
  analyzeYamlColumns(analysis, region, entry.file, entry.table, move.mapping);
}
