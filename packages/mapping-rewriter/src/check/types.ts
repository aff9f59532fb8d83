/** Something that is wrong in the SQL of a text, or that a change made of it. @public */
export interface SqlFinding {
  /**
   * - `unparsable`: a statement cannot be followed to its end
   * - `unknown-column`: no table of the query has the column, as schemas say
   * - `unknown-table`: read after a change, not before, and by no schema or mapping known
   * - `output-gone`: a query gives a column no more
   * - `output-type`: a query gives a column with another type
   */
  kind:
    | 'unparsable'
    | 'unknown-column'
    | 'unknown-table'
    | 'output-gone'
    | 'output-type';
  file: string;
  /** 1-based. */
  line: number;
  /** One line; the same finding has the same message wherever it stands. */
  message: string;
}
