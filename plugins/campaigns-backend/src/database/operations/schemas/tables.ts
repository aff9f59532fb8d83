/** A row of `dataset_schemas`. */
export interface DatasetSchemaRow {
  id: string;
  provider: string;
  dataset: string;
  state: 'waiting' | 'known' | 'missing' | 'unknown' | 'failed';
  columns: string | null;
  message: string | null;
  read_at: number | string | null;
  wanted_until: number | string;
  next_at: number | string;
  ticket: string | null;
}
