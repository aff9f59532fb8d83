import { SqlDialect } from '../types';
import { JinjaCode, parseJinja } from '../jinja/parseJinja';
import { Token } from '../tokens/Token';
import { SqlTree, Statement } from './ast';

/** A token without the Jinja tags around it. */
export interface SqlToken extends Token {
  /** A Jinja tag stands before it: what follows need not belong to what went before. */
  afterTag: boolean;
  /** The tag begins or ends another text: a macro, a block that is set, a snapshot. */
  boundary: boolean;
}

const BOUNDARY_TAGS = new Set([
  'macro',
  'endmacro',
  'endset',
  'call',
  'endcall',
  'snapshot',
  'endsnapshot',
  'test',
  'endtest',
  'materialization',
  'endmaterialization',
]);

const isBoundary = (token: Token, code: JinjaCode) =>
  BOUNDARY_TAGS.has(code.tag ?? '') ||
  // `{% set x %}` opens a block, `{% set x = 1 %}` does not
  (code.tag === 'set' && !token.text.includes('='));

const END: SqlToken = {
  kind: 'op',
  start: Number.MAX_SAFE_INTEGER,
  end: Number.MAX_SAFE_INTEGER,
  text: '',
  upper: '',
  glued: false,
  afterTag: true,
  boundary: true,
};

/** Deeper nesting than this is no SQL that a person wrote. */
const MAX_DEPTH = 150;

/** A place in a token list, and the tree that grows from it. */
export class Cursor {
  readonly tokens: SqlToken[] = [];
  position = 0;
  depth = 0;
  statement!: Statement;
  readonly tree: SqlTree = {
    statements: [],
    scopes: [],
    tables: [],
    functions: [],
    queries: [],
    ctes: [],
    named: new Set(),
  };

  constructor(tokens: Token[], readonly dialect: SqlDialect) {
    let afterTag = true;
    let boundary = true;
    for (const token of tokens) {
      if (token.kind === 'tag') {
        afterTag = true;
        boundary =
          boundary || isBoundary(token, parseJinja(token.text, token.start));
      } else {
        const own = token as SqlToken;
        own.glued = token.glued && !afterTag;
        own.afterTag = afterTag;
        own.boundary = boundary;
        this.tokens.push(own);
        afterTag = false;
        boundary = false;
      }
    }
  }

  /** The token `ahead` places from here. */
  peek(ahead = 0): SqlToken {
    return this.tokens[this.position + ahead] ?? END;
  }

  get previous(): SqlToken {
    return this.tokens[this.position - 1] ?? END;
  }

  get done(): boolean {
    return this.position >= this.tokens.length;
  }

  next(): SqlToken {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  isWord(...words: string[]): boolean {
    const token = this.peek();
    return token.kind === 'word' && words.includes(token.upper);
  }

  isOp(text: string): boolean {
    const token = this.peek();
    return token.kind === 'op' && token.text === text;
  }

  takeWord(...words: string[]): boolean {
    if (this.isWord(...words)) {
      this.position += 1;
      return true;
    }
    return false;
  }

  takeOp(text: string): boolean {
    if (this.isOp(text)) {
      this.position += 1;
      return true;
    }
    return false;
  }

  /** Takes a token that must stand here; the statement fails where it does not. */
  expectOp(text: string): void {
    if (!this.takeOp(text)) {
      this.failAt(`\`${text}\` is expected`);
    }
  }

  /** The statement cannot be followed: what stands here is not what may. */
  failAt(expectation: string): void {
    const found = this.done
      ? 'the text ends'
      : `${this.peek().text.slice(0, 40)} stands`;
    this.fail(`${expectation} where ${found}`);
  }

  /**
   * Whether what stands here need not go on with what went before: the text
   * ends, or a Jinja tag cuts it.
   */
  get cut(): boolean {
    return this.done || this.peek().afterTag || this.peek().boundary;
  }

  /** Offsets of the names that were read as such: every other one was passed over. */
  get named(): Set<number> {
    return this.tree.named;
  }

  /** The statement cannot be followed from here on. */
  fail(reason: string, pipe = false): void {
    if (!this.statement.problem) {
      this.statement.problem = {
        at: Math.min(
          this.peek().start,
          this.tokens[this.tokens.length - 1]?.end ?? 0,
        ),
        reason,
        pipe,
      };
    }
  }

  /** Runs `read` one level deeper, or skips the parenthesis where it is nested too deeply. */
  nested(read: () => void): void {
    if (this.depth >= MAX_DEPTH) {
      this.fail('it is nested too deeply');
      this.skipToClose();
      return;
    }
    this.depth += 1;
    try {
      read();
    } finally {
      this.depth -= 1;
    }
  }

  /** Moves to the token that closes the bracket around this place, without taking it. */
  skipToClose(): void {
    let open = 0;
    while (!this.done && !this.peek().boundary) {
      const { kind, text } = this.peek();
      if (kind === 'op') {
        if (text === '(' || text === '[') {
          open += 1;
        } else if (text === ')' || text === ']') {
          if (open === 0) {
            return;
          }
          open -= 1;
        }
      }
      this.position += 1;
    }
  }

  /** Moves behind the bracket that opens here. */
  skipBrackets(): void {
    this.next();
    this.skipToClose();
    this.next();
  }

  /** Moves behind the bracket that opens here, whose names belong to something else than what is read. */
  skipForeignNames(): void {
    const from = this.position;
    this.skipBrackets();
    for (let i = from; i < this.position && i < this.tokens.length; i++) {
      this.named.add(this.tokens[i].start);
    }
  }
}
