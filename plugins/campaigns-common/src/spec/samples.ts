/** Rows of one dataset, on which SQL is run before and after a change. @public */
export interface SampleTable {
  /** Types that no schema tells: column or dotted field path to type. */
  columns?: Record<string, string>;
  /** Values as JSON has them; dates, times and exact numbers as text. */
  rows: Array<Record<string, unknown>>;
}

/** What sample rows may be. @public */
export const sampleBounds = {
  /** Of one dataset. */
  rows: 1_000,
  /** Of one dataset, as JSON. */
  characters: 256 * 1024,
  /** Of a campaign, as JSON. */
  totalCharacters: 1024 ** 2,
} as const;
