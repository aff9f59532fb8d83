/**
 * What the rewriter reads of a Jinja expression or tag: its calls with their
 * arguments, and every string literal. Spans are offsets into the file.
 */
export interface JinjaCall {
  /** Dotted name: `ref`, `dbt_utils.star`. */
  name: string;
  nameStart: number;
  nameEnd: number;
  args: JinjaArgument[];
  start: number;
  end: number;
}

export interface JinjaArgument {
  /** Name of a keyword argument. */
  keyword?: string;
  start: number;
  end: number;
  /** Set where the argument is one string literal and nothing else. */
  literal?: JinjaString;
  /** Every string literal inside, calls included. */
  strings: JinjaString[];
  /** The argument as a pattern: literal pieces, `undefined` for what is computed. */
  pieces: (string | undefined)[];
  /** Every bare name read. */
  names: string[];
}

export interface JinjaString {
  value: string;
  /** Span of the text between the quotes. */
  start: number;
  end: number;
  /** Made of several, or used for something else too: it cannot change. */
  fixed?: boolean;
}

export interface JinjaCode {
  calls: JinjaCall[];
  strings: JinjaString[];
  /** Bare names, without call names. */
  names: { name: string; start: number; end: number }[];
  /** First word of a tag: `set`, `macro`, `if`. */
  tag?: string;
}

/** A word of Jinja code. */
export interface Lexeme {
  kind: 'name' | 'string' | 'number' | 'op';
  text: string;
  start: number;
  end: number;
}

/** Deeper calls are not read: hostile nesting must not cost more than its length. */
const MAX_DEPTH = 50;

const LEXEME =
  /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*|'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*"|\d[\d.]*|\S/gu;

/** The words of Jinja code without its brackets. @param base - offset of the text in the file */
export function lex(text: string, base: number): Lexeme[] {
  const lexemes: Lexeme[] = [];
  for (const match of text.matchAll(LEXEME)) {
    const first = match[0][0];
    const start = base + match.index!;
    let kind: Lexeme['kind'] = 'op';
    if (/[\p{L}_]/u.test(first)) {
      kind = 'name';
    } else if ((first === "'" || first === '"') && match[0].length > 1) {
      kind = 'string';
    } else if (/\d/.test(first)) {
      kind = 'number';
    }
    lexemes.push({ kind, text: match[0], start, end: start + match[0].length });
  }
  return lexemes;
}

const asString = (lexeme: Lexeme): JinjaString => ({
  value: lexeme.text.slice(1, -1),
  start: lexeme.start + 1,
  end: lexeme.end - 1,
});

function argumentOf(lexemes: Lexeme[]): JinjaArgument {
  let rest = lexemes;
  let keyword: string | undefined;
  if (
    rest.length > 2 &&
    rest[0].kind === 'name' &&
    rest[1].text === '=' &&
    rest[2].text !== '='
  ) {
    keyword = rest[0].text;
    rest = rest.slice(2);
  }
  const strings = rest.filter(l => l.kind === 'string').map(asString);
  return {
    keyword,
    start: rest[0].start,
    end: rest[rest.length - 1].end,
    literal: rest.length === 1 && strings.length === 1 ? strings[0] : undefined,
    strings,
    pieces: piecesOf(rest),
    names: rest.filter(l => l.kind === 'name').map(l => l.text),
  };
}

/** `'users_' ~ version` gives `['users_', undefined]`; what is not a concatenation is wholly computed. */
function piecesOf(lexemes: Lexeme[]): (string | undefined)[] {
  const pieces: (string | undefined)[] = [];
  let operand: Lexeme[] = [];
  let depth = 0;
  const flush = () => {
    if (operand.length === 1 && operand[0].kind === 'string') {
      pieces.push(operand[0].text.slice(1, -1));
    } else {
      pieces.push(undefined);
    }
    operand = [];
  };
  for (const lexeme of lexemes) {
    if ('([{'.includes(lexeme.text)) {
      depth += 1;
    } else if (')]}'.includes(lexeme.text)) {
      depth -= 1;
    }
    if (depth === 0 && (lexeme.text === '~' || lexeme.text === '+')) {
      flush();
    } else {
      operand.push(lexeme);
    }
  }
  flush();
  return pieces;
}

/** The words of an expression or tag. @param text - with its `{{ }}` or `{% %}` */
export function lexCode(text: string, base: number): Lexeme[] {
  const open = /^\{[{%][-+]?/.exec(text);
  const close = /[-+]?[}%]\}$/.exec(text);
  const from = open ? open[0].length : 0;
  const to = close && open ? text.length - close[0].length : text.length;
  return lex(text.slice(from, Math.max(from, to)), base + from);
}

/**
 * Reads a Jinja expression or tag.
 *
 * @param text - with its `{{ }}` or `{% %}`
 * @param base - offset of the text in the file
 */
export function parseJinja(text: string, base: number): JinjaCode {
  const lexemes = lexCode(text, base);
  const calls: JinjaCall[] = [];
  const names: JinjaCode['names'] = [];
  const frames: { call?: JinjaCall; argStart: number }[] = [];

  lexemes.forEach((lexeme, index) => {
    if (lexeme.kind === 'name') {
      if (lexemes[index + 1]?.text !== '(') {
        names.push({ name: lexeme.text, start: lexeme.start, end: lexeme.end });
      }
      return;
    }
    if (lexeme.kind !== 'op') {
      return;
    }
    const closeArgument = (frame: { call?: JinjaCall; argStart: number }) => {
      if (frame.call && index > frame.argStart) {
        frame.call.args.push(argumentOf(lexemes.slice(frame.argStart, index)));
      }
      frame.argStart = index + 1;
    };
    if ('([{'.includes(lexeme.text)) {
      const before = lexemes[index - 1];
      const call: JinjaCall | undefined =
        lexeme.text === '(' &&
        before?.kind === 'name' &&
        frames.length < MAX_DEPTH
          ? {
              name: before.text,
              nameStart: before.start,
              nameEnd: before.end,
              args: [],
              start: before.start,
              end: before.end,
            }
          : undefined;
      if (call) {
        calls.push(call);
      }
      frames.push({ call, argStart: index + 1 });
    } else if (')]}'.includes(lexeme.text)) {
      const frame = frames.pop();
      if (frame) {
        closeArgument(frame);
        if (frame.call) {
          frame.call.end = lexeme.end;
        }
      }
    } else if (lexeme.text === ',' && frames.length > 0) {
      closeArgument(frames[frames.length - 1]);
    }
  });
  return {
    calls,
    names,
    strings: lexemes.filter(l => l.kind === 'string').map(asString),
    tag:
      text.startsWith('{%') && lexemes[0]?.kind === 'name'
        ? lexemes[0].text
        : undefined,
  };
}
