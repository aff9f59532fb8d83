import { Reference } from '@skein/mapping-rewriter';
import { normalizeDatasetName } from '../normalizeDatasetName';

/**
 * The dataset that a reference means, by its one name; undefined for what is
 * none that others could know: dbt's own names, temporary tables, names without
 * a dataset, catalogs of the database, and names put together at run time.
 */
export function referencedDataset(reference: Reference): string | undefined {
  if (reference.column !== undefined) return undefined;
  if (/^(ref|source):/.test(reference.dataset)) return undefined;
  const name = normalizeDatasetName(reference.dataset);
  const parts = name.split('.');
  if (parts.length < 2 || parts.length > 4) return undefined;
  if (parts[0].startsWith('_session')) return undefined;
  if (parts.some(part => part === 'information_schema')) return undefined;
  // Letters, digits and what names of projects, tables and shards may hold.
  return parts.every(part => /^[\p{L}\p{N}_*-][\p{L}\p{N}_* -]*$/u.test(part))
    ? name
    : undefined;
}
