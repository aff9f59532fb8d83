import { Reference, RewriteOptions, SourceFile } from '../types';
import { Resolver } from '../resolve/Resolver';
import { TableRef } from '../sql/ast';
import { LineIndex } from '../text/LineIndex';
import { isCteName } from './isCteName';
import { readProject } from './readProject';
import { Region } from './Region';
import { Session } from './Session';

/**
 * Every dataset and column that the files read or write, with its place. A
 * column stands here only where name resolution leads to a stored table.
 *
 * @param files - all text files of one project
 * @public
 */
export function references(
  files: SourceFile[],
  options: Pick<RewriteOptions, 'dialect' | 'defaultProject' | 'schemas'> = {},
): Reference[] {
  const session = new Session(files, [], options);
  readProject(session, true);
  return referencesIn(session);
}

/** The references of a session whose tables are bound. */
export function referencesIn(session: Session): Reference[] {
  const found: Reference[] = [];
  const resolver = session.resolver();
  const lines = new Map<string, LineIndex>();
  for (const region of session.regions) {
    const index = lines.get(region.file) ?? new LineIndex(region.content);
    lines.set(region.file, index);
    for (const table of [...region.tree.tables, ...region.looseTables]) {
      const reference = tableReference(session, resolver, index, table);
      if (reference) {
        found.push(reference);
      }
    }
    found.push(...columnReferences(session, resolver, index, region));
  }
  return found.sort((a, b) => {
    if (a.file !== b.file) {
      return a.file < b.file ? -1 : 1;
    }
    return a.span.start - b.span.start;
  });
}

function tableReference(
  session: Session,
  resolver: Resolver,
  lines: LineIndex,
  table: TableRef,
): Reference | undefined {
  const binding = session.bindingOf(table);
  if (!binding || binding.dataset === '' || isCteName(table)) {
    return undefined;
  }
  const source = table.scope?.sources.find(s => s.table === table);
  if (source && table.scope && resolver.correlatedPath(source, table.scope)) {
    return undefined;
  }
  return {
    file: binding.file,
    span: lines.span(table.start, table.end),
    dataset: binding.dataset,
    access: table.access,
    confidence:
      binding.sure && table.use !== 'other' && !table.statement.problem
        ? 'certain'
        : 'likely',
  };
}

function columnReferences(
  session: Session,
  resolver: Resolver,
  lines: LineIndex,
  region: Region,
): Reference[] {
  const found: Reference[] = [];
  for (const scope of region.tree.scopes) {
    for (const ref of scope.refs) {
      const resolution = resolver.resolve(ref);
      const binding =
        resolution.kind === 'column'
          ? session.bindingOf(resolution.table)
          : undefined;
      if (
        resolution.kind === 'column' &&
        binding &&
        binding.dataset !== '' &&
        !isCteName(resolution.table)
      ) {
        found.push({
          file: region.file,
          span: lines.span(ref.start, ref.end),
          dataset: binding.dataset,
          column: resolution.path.join('.'),
          access: 'read',
          confidence:
            binding.sure && resolution.sure && !scope.statement.problem
              ? 'certain'
              : 'likely',
        });
      }
    }
  }
  return found;
}
