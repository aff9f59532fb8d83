import { LiteralNode } from './LiteralNode';

/** A Python text that is not the dict of literals that was expected. */
export class PythonProblem extends Error {
  constructor(message: string, readonly line: number) {
    super(message);
  }
}

interface PythonToken {
  kind: 'string' | 'name' | 'number' | 'op';
  text: string;
  line: number;
}

/** A string that nothing closes is one token as well: what it holds is not read again. */
const TOKEN =
  /\s+|#[^\n]*|\\\n|[rRuUbB]{0,2}(?:("""(?:[^\\]|\\[^])*?"""|'''(?:[^\\]|\\[^])*?'''|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*')|"""[^]*|'''[^]*|"(?:[^"\\\n]|\\[^])*|'(?:[^'\\\n]|\\[^])*)|[A-Za-z_]\w*|-?\d[\w.]*|[^\s]/g;

/** A dict of some ten thousand entries; nobody writes more by hand. */
const MOST_TOKENS = 100_000;

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\n': '' };

function tokensOf(text: string): PythonToken[] {
  const tokens: PythonToken[] = [];
  let [line, seen] = [1, 0];
  for (const match of text.matchAll(TOKEN)) {
    const [whole, quoted] = match;
    seen += 1;
    if (seen > MOST_TOKENS) {
      throw new PythonProblem(
        `The file has more than ${MOST_TOKENS} words and marks; split it`,
        line,
      );
    }
    if (quoted !== undefined) {
      const size = /^("""|''')/.test(quoted) ? 3 : 1;
      const raw = /^[bu]?r/i.test(whole);
      const inner = quoted.slice(size, -size);
      tokens.push({
        kind: 'string',
        text: raw
          ? inner
          : inner.replace(/\\([^])/g, (_, c) => ESCAPES[c] ?? c),
        line,
      });
    } else if (/["']/.test(whole[0]) || /^\w{1,2}["']/.test(whole)) {
      tokens.push({ kind: 'op', text: whole.slice(0, 20), line });
    } else if (/^[A-Za-z_]/.test(whole)) {
      tokens.push({ kind: 'name', text: whole, line });
    } else if (/^-?\d/.test(whole)) {
      tokens.push({ kind: 'number', text: whole, line });
    } else if (!/^(\s|#|\\\n)/.test(whole)) {
      tokens.push({ kind: 'op', text: whole, line });
    }
    line += whole.split('\n').length - 1;
  }
  return tokens;
}

const MAX_DEPTH = 50;

/**
 * Reads the first dict or list of literals in a Python text.
 *
 * @throws PythonProblem where there is none or it holds more than literals
 */
export function parsePython(text: string): LiteralNode {
  const tokens = tokensOf(text);
  let at = tokens.findIndex(
    (token, i) =>
      (token.text === '{' || token.text === '[') &&
      token.kind === 'op' &&
      (i === 0 ||
        /^(=|return)$/.test(tokens[i - 1].text) ||
        tokens[i - 1].line < token.line),
  );
  if (at < 0) {
    throw new PythonProblem(
      'There is no dict or list of literals; write `MAPPING = {...}`',
      1,
    );
  }
  const peek = () => tokens[at];
  const fail = (what: string): never => {
    throw new PythonProblem(
      what,
      peek()?.line ?? tokens[tokens.length - 1].line,
    );
  };

  const read = (depth: number): LiteralNode => {
    const token = peek();
    if (!token || depth > MAX_DEPTH) {
      return fail(
        token
          ? 'The literals are nested too deeply'
          : 'The text ends before the dict does',
      );
    }
    at += 1;
    const { line } = token;
    if (token.kind === 'string') {
      let value = token.text;
      while (peek()?.kind === 'string') {
        value += peek().text;
        at += 1;
      }
      return { kind: 'scalar', line, value };
    }
    if (token.kind === 'number') {
      return { kind: 'scalar', line, value: token.text };
    }
    if (token.kind === 'name') {
      if (/^(None|True|False)$/.test(token.text)) {
        return {
          kind: 'scalar',
          line,
          value: token.text === 'None' ? undefined : token.text,
        };
      }
      if (token.text === 'dict' && peek()?.text === '(') {
        at += 1;
        return readMap(line, ')', '=', depth);
      }
    }
    if (token.text === '{') {
      return readMap(line, '}', ':', depth);
    }
    if (token.text === '[' || token.text === '(') {
      const close = token.text === '[' ? ']' : ')';
      const items: LiteralNode[] = [];
      while (peek() && peek().text !== close) {
        items.push(read(depth + 1));
        if (peek()?.text === ',') {
          at += 1;
        } else if (peek()?.text !== close) {
          fail(`Expected a comma or ${close}`);
        }
      }
      at += 1;
      return { kind: 'list', line, items };
    }
    at -= 1;
    return fail(`'${token.text}' is not a literal`);
  };

  function readMap(
    line: number,
    close: string,
    colon: string,
    depth: number,
  ): LiteralNode {
    const entries: { key: string; line: number; value: LiteralNode }[] = [];
    while (peek() && peek().text !== close) {
      const key = peek();
      at += 1;
      if (key.kind !== 'string' && !(colon === '=' && key.kind === 'name')) {
        at -= 1;
        fail(`'${key.text}' is not a string; keys are strings`);
      }
      if (peek()?.text !== colon) {
        fail(`Expected '${colon}' behind the key '${key.text}'`);
      }
      at += 1;
      entries.push({ key: key.text, line: key.line, value: read(depth + 1) });
      if (peek()?.text === ',') {
        at += 1;
      } else if (peek()?.text !== close) {
        fail(`Expected a comma or ${close}`);
      }
    }
    if (!peek()) {
      fail('The text ends before the dict does');
    }
    at += 1;
    return { kind: 'map', line, entries };
  }

  return read(0);
}
