import { SqlDialect } from '../types';
import { Comment, Token, TokenKind, TokenList } from './Token';
import { JinjaFinder } from './JinjaFinder';

/** Stands for one character of a placeholder of the host language in embedded SQL. */
export const HOLE = '\uE000';

export interface TokenizeOptions {
  dialect: SqlDialect;
  /** Offset of the text in its file. */
  base?: number;
  /** Whether `{{ }}`, `{% %}` and `{# #}` are Jinja. */
  jinja?: boolean;
}

const LONG_OPERATORS = ['->>', '::', '=>', '->', '||', '<=', '>=', '!=', '<>'];
const PIPE = '|>';
const PLACEHOLDER = /^(\{[A-Za-z_][\w.]*\}|\$\{[A-Za-z_][\w.]*\})/;
const longOperator = (text: string, at: number) =>
  LONG_OPERATORS.find(operator => text.startsWith(operator, at));

const wordStart = /[\p{L}_]/u;
const wordPart = /[\p{L}\p{N}_$]/u;

function isWordStart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) {
    return (
      (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
    );
  }
  return text[at] !== HOLE && wordStart.test(text[at]);
}

function isWordPart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) {
    return (
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      (code >= 48 && code <= 57) ||
      code === 95 ||
      code === 36
    );
  }
  return text[at] !== HOLE && wordPart.test(text[at]);
}

const isDigit = (text: string, at: number) => {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
};

/** End of a quoted run that starts at `at`; the text's end where it is not closed. */
function quotedEnd(
  text: string,
  at: number,
  options: {
    backslash: boolean;
    doubled: boolean;
    triple: boolean;
    /** A string that is not triple-quoted ends with its line at the latest. */
    oneLine: boolean;
    jinja?: JinjaFinder;
  },
): number {
  const quote = text[at];
  const triple =
    options.triple && text[at + 1] === quote && text[at + 2] === quote;
  let i = at + (triple ? 3 : 1);
  while (i < text.length) {
    const c = text[i];
    if (c === '\\' && options.backslash) {
      i += 2;
    } else if (options.jinja && c === '{' && text[i + 1] === '{') {
      i = options.jinja.endOf(i) ?? i + 2;
    } else if (c === '\n' && options.oneLine && !triple) {
      return at + 1;
    } else if (c !== quote) {
      i += 1;
    } else if (triple) {
      if (text[i + 1] === quote && text[i + 2] === quote) {
        return i + 3;
      }
      i += 1;
    } else if (options.doubled && text[i + 1] === quote) {
      i += 2;
    } else {
      return i + 1;
    }
  }
  return text.length;
}

/**
 * Splits SQL into tokens and comments. Never fails: what it does not know
 * becomes a one-character operator.
 */
export function tokenize(text: string, options: TokenizeOptions): TokenList {
  const { dialect, base = 0 } = options;
  const jinja = options.jinja === false ? undefined : new JinjaFinder(text);
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const bigquery = dialect === 'bigquery';
  const backslash = dialect !== 'postgres' && dialect !== 'trino';
  const stringQuotes = {
    backslash,
    doubled: !bigquery,
    triple: bigquery,
    oneLine: bigquery,
    jinja,
  };
  let i = 0;
  let last = 0;

  const push = (kind: TokenKind, end: number) => {
    const value = text.slice(i, end);
    tokens.push({
      kind,
      start: base + i,
      end: base + end,
      text: value,
      upper: kind === 'word' ? value.toUpperCase() : value,
      glued: tokens.length > 0 && last === i,
    });
    i = end;
    last = end;
  };
  const comment = (end: number, isJinja: boolean) => {
    comments.push({
      start: base + i,
      end: base + end,
      text: text.slice(i, end),
      jinja: isJinja,
    });
    i = end;
  };
  const lineEnd = () => {
    const end = text.indexOf('\n', i);
    if (end < 0) {
      return text.length;
    }
    return text[end - 1] === '\r' ? end - 1 : end;
  };

  while (i < text.length) {
    const c = text[i];
    const next = text[i + 1];
    if (c === ' ' || c === '\n' || c === '\t' || c === '\r' || c === '\uFEFF') {
      i += 1;
    } else if (
      jinja &&
      c === '{' &&
      (next === '{' || next === '%' || next === '#')
    ) {
      const end = jinja.endOf(i);
      if (end === undefined) {
        push('op', i + 1);
      } else if (next === '#') {
        comment(end, true);
      } else {
        push(next === '{' ? 'expr' : 'tag', end);
      }
    } else if (c === '{' && PLACEHOLDER.test(text.slice(i, i + 80))) {
      // a template that a program fills in: `FROM {dataset}.users`
      push('hole', i + PLACEHOLDER.exec(text.slice(i, i + 80))![0].length);
    } else if (c === HOLE) {
      let end = i + 1;
      while (text[end] === HOLE) {
        end += 1;
      }
      push('hole', end);
    } else if ((c === '-' && next === '-') || (c === '#' && bigquery)) {
      comment(lineEnd(), false);
    } else if (c === '/' && next === '/' && dialect === 'snowflake') {
      comment(lineEnd(), false);
    } else if (c === '/' && next === '*') {
      const end = text.indexOf('*/', i + 2);
      comment(end < 0 ? text.length : end + 2, false);
    } else if (isWordStart(text, i)) {
      let end = i + 1;
      while (end < text.length && isWordPart(text, end)) {
        end += 1;
      }
      const quote = text[end];
      if (
        end - i <= 2 &&
        (quote === "'" || (quote === '"' && bigquery)) &&
        /^(r|b|rb|br|e|n|x|u)$/i.test(text.slice(i, end))
      ) {
        push(
          'string',
          quotedEnd(text, end, { ...stringQuotes, backslash: true }),
        );
      } else {
        push('word', end);
      }
    } else if (isDigit(text, i)) {
      let end = i + 1;
      while (end < text.length && isWordPart(text, end)) {
        end += 1;
      }
      if (text[end] === '.' && isDigit(text, end + 1)) {
        end += 1;
        while (end < text.length && isWordPart(text, end)) {
          end += 1;
        }
      }
      push('number', end);
    } else if (c === "'" || (c === '"' && (bigquery || dialect === 'spark'))) {
      push('string', quotedEnd(text, i, stringQuotes));
    } else if (c === '`' || c === '"') {
      push(
        'quoted',
        quotedEnd(text, i, {
          backslash: c === '`' && bigquery,
          doubled: !bigquery,
          triple: false,
          oneLine: true,
          jinja,
        }),
      );
    } else if (
      c === '$' &&
      next === '{' &&
      PLACEHOLDER.test(text.slice(i, i + 80))
    ) {
      push('hole', i + PLACEHOLDER.exec(text.slice(i, i + 80))![0].length);
    } else if (c === '$' && next === '$' && !bigquery) {
      const end = text.indexOf('$$', i + 2);
      push('string', end < 0 ? text.length : end + 2);
    } else if (c === '@' || (c === '$' && isWordPart(text, i + 1))) {
      let end = i + 1;
      while (
        text[end] === '@' ||
        (end < text.length && isWordPart(text, end))
      ) {
        end += 1;
      }
      push('param', end);
    } else if (c === '|' && text.startsWith(PIPE, i) && bigquery) {
      push('op', i + 2);
    } else {
      const long = longOperator(text, i);
      if (long) {
        push('op', i + long.length);
      } else if (/\s/.test(c)) {
        i += 1;
      } else {
        push('op', i + 1);
      }
    }
  }
  return { tokens, comments };
}
