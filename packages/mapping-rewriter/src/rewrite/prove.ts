import {
  FileRewrite,
  MappingTable,
  Reference,
  RewriteOptions,
  SourceFile,
} from '../types';
import { LineIndex } from '../text/LineIndex';
import { decideAll } from './decide';
import { isCteName } from './isCteName';
import { readProject } from './readProject';
import { Session } from './Session';

/**
 * Resolves the result again: what still refers to a deprecated dataset though
 * no refusal accounts for it.
 *
 * @param first - the session of the rewrite, which knows what stays
 */
export function prove(
  first: Session,
  rewritten: FileRewrite[],
  mappings: MappingTable[],
  options: RewriteOptions,
): Reference[] {
  const changed = new Map(
    rewritten
      .filter(file => file.edits.length > 0)
      .map(file => [file.path, file]),
  );
  if (changed.size === 0) {
    return [];
  }
  const files: SourceFile[] = first.files.map(file => ({
    path: file.path,
    content: changed.get(file.path)?.output ?? file.content,
  }));
  const session = new Session(files, mappings, options);
  readProject(
    session,
    session.renames,
    path => changed.has(path) || session.renames,
  );
  session.knowDefinitionsOf(first);
  const staying = stayingPlaces(first);
  const unproven: Reference[] = [];
  const lines = new Map<string, LineIndex>();
  const span = (file: string, start: number, end: number) => {
    const index =
      lines.get(file) ??
      new LineIndex(files.find(f => f.path === file)?.content ?? '');
    lines.set(file, index);
    return index.span(start, end);
  };
  for (const region of session.regions) {
    const file = changed.get(region.file);
    for (const table of file
      ? [...region.tree.tables, ...region.looseTables]
      : []) {
      const binding = session.bindingOf(table);
      if (!binding?.old || isCteName(table)) {
        continue;
      }
      const same =
        binding.old.changes.length === 0 && binding.old.unclear === undefined;
      if (
        !same &&
        !staying.has(`${region.file}:${originalOffset(file!, table.start)}`)
      ) {
        unproven.push({
          file: region.file,
          span: span(region.file, table.start, table.end),
          dataset: binding.old.mapping.table.from,
          access: table.access,
          confidence: binding.old.sure ? 'certain' : 'likely',
        });
      }
    }
  }
  const { edits } = decideAll(session);
  for (const edit of edits) {
    if (
      changed.has(edit.file) &&
      !unproven.some(u => u.file === edit.file && u.span.start === edit.start)
    ) {
      unproven.push({
        file: edit.file,
        span: span(edit.file, edit.start, edit.end),
        dataset: edit.cause.split(':')[0],
        column:
          edit.kind === 'column' ? edit.cause.split(':').pop() : undefined,
        access: 'read',
        confidence: edit.confidence,
      });
    }
  }
  return unproven;
}

function stayingPlaces(session: Session): Set<string> {
  const places = new Set<string>();
  for (const table of session.frozen) {
    const binding = session.bindingOf(table);
    if (binding) {
      places.add(`${binding.file}:${table.start}`);
    }
  }
  return places;
}

/** Where an offset of the output lay in the input; offsets inside new text lead to where the text was put. */
function originalOffset(file: FileRewrite, offset: number): number {
  let shift = 0;
  for (const edit of file.edits) {
    const start = edit.span.start + shift;
    const end = start + edit.newText.length;
    if (offset < start) {
      break;
    }
    if (offset < end) {
      return edit.span.start;
    }
    shift += edit.newText.length - edit.oldText.length;
  }
  return offset - shift;
}
