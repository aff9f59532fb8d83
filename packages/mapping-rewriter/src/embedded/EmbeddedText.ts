/** A string of a host language, ready to be read as SQL. */
export interface EmbeddedText {
  /** Offsets of the text in the file. */
  start: number;
  end: number;
  /**
   * The text with what is not SQL masked: escapes and margins as spaces,
   * placeholders as HOLE. Same length as the text.
   */
  masked: string;
  /** Whether `{{ }}` in it is Jinja. */
  jinja: boolean;
  /** Characters that an edit must not write into it. */
  forbidden: string;
  /** Whether an edit may hold line ends. */
  multiline: boolean;
  /** Offset of the line above which a note may stand. */
  anchor: number;
}

const FIRST =
  /^(?:\s|--[^\n]*\n|#[^\n]*\n|\/\*[^]{0,5000}?\*\/|\{[{%#][^]{0,2000}?[}%#]\}|\uE000)*(WITH|SELECT|INSERT|MERGE|DELETE|UPDATE|CREATE|DECLARE|BEGIN|TRUNCATE|DROP|ALTER|EXPORT|FROM|JOIN|LEFT\s+JOIN|INNER\s+JOIN|\()/i;
const SECOND = /\b(FROM|JOIN|INTO|UPDATE|TABLE|VIEW|USING)\b/i;

/** Whether a text is SQL, by its first word and what follows. */
export function looksLikeSql(text: string): boolean {
  return (
    text.length > 12 &&
    SECOND.test(text) &&
    FIRST.test(text.slice(0, 20000)) &&
    /\s/.test(text.trim())
  );
}

const SPEC = /^`?[A-Za-z][\w-]*(?:[:.][\w-]+)?[:.][\w*$-]+`?$/;

/** Whether a text is a table's name and nothing else: `project:dataset.table`, `dataset.table`. */
export const looksLikeTable = (text: string): boolean =>
  text.length < 300 && SPEC.test(text);
