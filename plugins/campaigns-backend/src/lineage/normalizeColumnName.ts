import { unstorable } from './normalizeDatasetName';

/** Longest column that is kept, in bytes; BigQuery's own bound. */
const MAX_COLUMN_LENGTH = 300;

/**
 * One spelling for a column: lower case, without quotes, as BigQuery and most
 * warehouses compare them. A part of a struct keeps its dots.
 *
 * @returns an empty string for what names no column
 */
export function normalizeColumnName(name: string): string {
  if (name.length > MAX_COLUMN_LENGTH * 2) return '';
  const normal = name
    .replace(unstorable, '')
    .replace(/[`"[\]]/g, '')
    .trim()
    .toLowerCase();
  return Buffer.byteLength(normal) > MAX_COLUMN_LENGTH ? '' : normal;
}
