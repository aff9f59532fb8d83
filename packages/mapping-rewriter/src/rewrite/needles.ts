import { SourceFile } from '../types';
import { matchEntry } from '../resolve/bindSource';
import { Session } from './Session';

/**
 * A quick look whether a file can refer to a deprecated dataset at all: by
 * its name, by a source that stands for it, or by the start of its name where
 * the file computes names.
 */
export function needlesOf(session: Session): (file: SourceFile) => boolean {
  const needles = new Set<string>();
  const stems = new Set<string>();
  const add = (name: string) => {
    if (name.length > 0) {
      needles.add(name.toLowerCase());
    }
  };
  for (const mapping of session.mappings) {
    const table = mapping.from[mapping.from.length - 1];
    const dataset = mapping.from[mapping.from.length - 2];
    if (table === '*') {
      add(dataset);
    } else {
      add(table.replace(/\*$/, ''));
      stems.add((dataset ?? table).toLowerCase());
      stems.add(table.replace(/[_\d*]*(v\d+)?\*?$/i, '').toLowerCase());
    }
    for (const line of [
      ...(mapping.table.models ?? []),
      ...(mapping.table.functions ?? []),
      ...(mapping.table.macros ?? []),
      ...(mapping.table.variables ?? []),
    ]) {
      add(line.from.split('.').pop()!);
    }
    // where a definition is to take a new name, one of that name may be there
    for (const line of session.renamesDefinitions
      ? mapping.table.models ?? []
      : []) {
      add(line.to);
    }
    for (const line of mapping.table.sources ?? []) {
      const [source, name] = line.from.split('.');
      add(name === undefined || name === '*' ? source : name);
    }
    for (const entry of session.project.sources.values()) {
      if (
        matchEntry(entry, mapping, {
          defaultProject: session.options.defaultProject,
          caseSensitive: true,
          mentions: () => true,
        })
      ) {
        add(entry.tableName);
      }
    }
  }
  stems.delete('');
  return file => {
    const content = file.content.toLowerCase();
    for (const needle of needles) {
      if (content.includes(needle)) {
        return true;
      }
    }
    if (!/[{*$~+]/.test(content)) {
      return false;
    }
    for (const stem of stems) {
      if (content.includes(stem)) {
        return true;
      }
    }
    return false;
  };
}
