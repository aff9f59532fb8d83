import { normalizeDatasetName } from '../normalizeDatasetName';

/**
 * The one name of the dataset that a reference means; undefined for what is none
 * that others could know: dbt's own names, temporary tables, names without a
 * dataset, catalogs of the database, and names put together at run time.
 *
 * @param written - as the rewriter resolved it
 */
export function referencedDataset(written: string): string | undefined {
  if (/^(ref|source):/.test(written)) return undefined;
  const name = normalizeDatasetName(written);
  const parts = name.split('.');
  if (parts.length < 2 || parts.length > 4) return undefined;
  if (parts[0].startsWith('_session')) return undefined;
  if (parts.some(part => part === 'information_schema')) return undefined;
  // Letters, digits and what names of projects, tables and shards may hold.
  return parts.every(part => /^[\p{L}\p{N}_*-][\p{L}\p{N}_* -]*$/u.test(part))
    ? name
    : undefined;
}
