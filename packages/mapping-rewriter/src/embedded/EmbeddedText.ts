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
  /^(WITH|SELECT|INSERT|MERGE|DELETE|UPDATE|CREATE|DECLARE|BEGIN|TRUNCATE|DROP|ALTER|EXPORT|FROM|JOIN|LEFT\s+JOIN|INNER\s+JOIN)\b|^\(\s*SELECT\b/i;
const SECOND = /\b(FROM|JOIN|INTO|UPDATE|TABLE|VIEW|USING)\b/i;
const MAX_LEAD = 20000;

/** Offset of the first word of SQL, behind white space, comments, Jinja and placeholders. */
function firstWord(text: string): number {
  const skipTo = (mark: string, from: number) => {
    const end = text.indexOf(mark, from);
    return end < 0 || end > MAX_LEAD ? text.length : end + mark.length;
  };
  let i = 0;
  while (i < text.length && i < MAX_LEAD) {
    if (/[\s\uE000\uFEFF]/.test(text[i])) {
      i += 1;
    } else if (text.startsWith('--', i) || text[i] === '#') {
      i = skipTo('\n', i);
    } else if (text.startsWith('/*', i)) {
      i = skipTo('*/', i + 2);
    } else if (text.startsWith('{{', i)) {
      i = skipTo('}}', i + 2);
    } else if (text.startsWith('{%', i)) {
      i = skipTo('%}', i + 2);
    } else if (text.startsWith('{#', i)) {
      i = skipTo('#}', i + 2);
    } else {
      return i;
    }
  }
  return text.length;
}

/** Whether a text is SQL, by its first word and what follows. */
export function looksLikeSql(text: string): boolean {
  if (text.length <= 12 || !SECOND.test(text)) {
    return false;
  }
  const from = firstWord(text);
  return FIRST.test(text.slice(from, from + 40)) && /\s/.test(text.trim());
}

const PART = String.raw`(?:\{\w+\}|[\w*$-]+)`;
const TABLE = new RegExp(
  `^\\s*\`?${PART}(?:[:.]${PART}){1,3}\`?(?:\\s+AS\\s+\\w+|\\s+\\w{1,3})?\\s*$`,
  'i',
);

/**
 * Whether a text is a table's name and nothing else, or a name with its
 * alias: `project:dataset.table`, `{dataset}.table t`.
 */
export const looksLikeTable = (text: string): boolean =>
  text.length < 300 && TABLE.test(text) && /[A-Za-z]/.test(text);

const SOURCES = new RegExp(
  `^\\s*\`?${PART}(?:[:.]${PART}){1,3}\`?\\s+(?:AS\\s+)?(?:\\w+\\s+)?(?:LEFT|RIGHT|INNER|CROSS|FULL|JOIN)\\b`,
  'i',
);

/** Whether a text is what stands behind FROM: a table joined with others. */
export const looksLikeSources = (text: string): boolean =>
  SOURCES.test(text.slice(0, 500)) && /\bJOIN\b/i.test(text);
