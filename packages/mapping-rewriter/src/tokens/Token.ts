/**
 * - `word`: an unquoted identifier or keyword
 * - `quoted`: an identifier in backticks, or in double quotes where the dialect has them
 * - `expr`: a Jinja expression `{{ }}`; `tag`: a Jinja statement `{% %}`
 * - `hole`: a placeholder of the host language inside embedded SQL
 */
export type TokenKind =
  | 'word'
  | 'quoted'
  | 'string'
  | 'number'
  | 'op'
  | 'param'
  | 'expr'
  | 'tag'
  | 'hole';

export interface Token {
  kind: TokenKind;
  /** UTF-16 offsets into the file. */
  start: number;
  end: number;
  text: string;
  /** Upper-case text of a word, otherwise the text. */
  upper: string;
  /** No white space or comment stands between this token and the one before. */
  glued: boolean;
}

export interface Comment {
  start: number;
  end: number;
  text: string;
  /** `{# #}` is Jinja's: nothing inside it runs. */
  jinja: boolean;
}

export interface TokenList {
  tokens: Token[];
  comments: Comment[];
}
