import {
  Edit,
  FileRewrite,
  MappingTable,
  Refusal,
  RewriteOptions,
  RewriteResult,
  SourceFile,
} from '../types';
import { accountFor } from '../leftovers/accountFor';
import { applyEdits } from '../text/applyEdits';
import { LineIndex } from '../text/LineIndex';
import { decideAll } from './decide';
import { Culprit, PlannedEdit } from './Findings';
import { placeNotes } from './placeNotes';
import { prove } from './prove';
import { readProject, unreadable } from './readProject';
import { Session } from './Session';

const MAX_ATTEMPTS = 2;

/** Two looks may come to the same change by two ways; it is made once. */
function distinct(edits: PlannedEdit[]): PlannedEdit[] {
  const seen = new Map<string, PlannedEdit>();
  for (const edit of edits) {
    seen.set(`${edit.start}:${edit.end}:${edit.newText}`, edit);
  }
  return [...seen.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

function toEdits(
  content: string,
  lines: LineIndex,
  planned: PlannedEdit[],
): Edit[] {
  return distinct(planned).map(({ start, end, ...edit }) => ({
    file: edit.file,
    span: lines.span(start, end),
    oldText: content.slice(start, end),
    newText: edit.newText,
    kind: edit.kind,
    cause: edit.cause,
    reason: edit.reason,
    confidence: edit.confidence,
  }));
}

function toRefusals(
  session: Session,
  file: SourceFile,
  lines: LineIndex,
  culprits: Culprit[],
): Refusal[] {
  const refusals = new Map<string, Refusal>();
  const add = (refusal: Refusal) => {
    const key = `${refusal.span.start}:${refusal.span.end}:${refusal.kind}:${refusal.code}`;
    if (!refusals.has(key)) {
      refusals.set(key, refusal);
    }
  };
  for (const { start, end, kind, code, reason, cause, file: at } of culprits) {
    if (at !== file.path) {
      continue;
    }
    add({
      file: file.path,
      span: lines.span(start, end),
      text: file.content.slice(start, end),
      kind,
      code,
      reason,
      cause,
    });
  }
  for (const culprit of culprits) {
    for (const table of culprit.tables) {
      const binding = session.bindingOf(table);
      if (
        binding?.old &&
        binding.file === file.path &&
        !(culprit.file === file.path && table.start === culprit.start)
      ) {
        add({
          file: file.path,
          span: lines.span(table.start, table.end),
          text: file.content.slice(table.start, table.end),
          kind: binding.old.kind,
          code: culprit.code,
          reason: culprit.reason,
          cause: culprit.cause,
        });
      }
    }
  }
  return [...refusals.values()].sort((a, b) => a.span.start - b.span.start);
}

function rewriteFile(
  session: Session,
  file: SourceFile,
  planned: PlannedEdit[],
  culprits: Culprit[],
): FileRewrite | undefined {
  const lines = new LineIndex(file.content);
  const edits = toEdits(file.content, lines, planned);
  const refusals = toRefusals(session, file, lines, culprits);
  if (edits.length === 0 && refusals.length === 0) {
    return undefined;
  }
  const notes = placeNotes(session, file, lines, refusals, culprits);
  const all = [...notes, ...edits].sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
  );
  try {
    const output = applyEdits(file.content, all);
    return { path: file.path, edits: all, refusals, output };
  } catch (error) {
    return unreadable(file, error);
  }
}

function byFile<T>(
  list: T[],
  filesOf: (entry: T) => string[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of list) {
    for (const file of new Set(filesOf(entry))) {
      const group = groups.get(file);
      if (group) {
        group.push(entry);
      } else {
        groups.set(file, [entry]);
      }
    }
  }
  return groups;
}

/**
 * Rewrites every reference to the deprecated datasets of the mapping tables
 * in the files of one project, and nothing else. Pure: same input, same
 * result. Never throws on any file content.
 *
 * @param files - all text files of one project, since dbt refs, sources and
 *   macros resolve across files; paths relative to the project with `/`
 * @public
 */
export function rewrite(
  files: SourceFile[],
  mappings: MappingTable[],
  options: RewriteOptions = {},
): RewriteResult {
  const session = new Session(files, mappings, options);
  const broken = readProject(session);
  for (let attempt = 1; ; attempt++) {
    const result = [...rewriteOnce(session), ...broken];
    result.sort((a, b) => (a.path < b.path ? -1 : 1));
    const unproven = prove(session, result, mappings, options);
    if (unproven.length === 0 || attempt > MAX_ATTEMPTS) {
      return {
        files: result,
        unproven,
        leftovers: accountFor(session, result),
      };
    }
    // what cannot be proven stays as it was: first where it shows, then everywhere
    const suspect =
      attempt === 1 ? new Set(unproven.map(({ file }) => file)) : undefined;
    session.giveUp(suspect);
  }
}

function rewriteOnce(session: Session): FileRewrite[] {
  const { edits, culprits } = decideAll(session);
  const editsOf = byFile(edits, edit => [edit.file]);
  const culpritsOf = byFile(culprits, culprit => [
    culprit.file,
    ...culprit.tables.flatMap(table => session.bindingOf(table)?.file ?? []),
  ]);
  return session.files.flatMap(
    file =>
      rewriteFile(
        session,
        file,
        editsOf.get(file.path) ?? [],
        culpritsOf.get(file.path) ?? [],
      ) ?? [],
  );
}
