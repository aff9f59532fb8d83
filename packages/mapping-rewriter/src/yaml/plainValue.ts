import { Document } from 'yaml';

/**
 * What a composed document stands for; undefined where nobody can tell: an
 * alias of nothing, or a merge of what is no map.
 */
export function plainValue(document: Document.Parsed): unknown {
  try {
    // How far aliases reach was checked while it was composed.
    return document.toJS({ maxAliasCount: -1 });
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return undefined;
  }
}
