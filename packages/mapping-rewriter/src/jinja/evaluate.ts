import { Lexeme } from './parseJinja';

/** A text: literal pieces, and `undefined` for what is computed when it runs. */
export interface TextValue {
  kind: 'text';
  pieces: (string | undefined)[];
  /** Where it stands in the file, if it is one literal. */
  literal?: { start: number; end: number };
}

/** What an expression can be, as far as the code alone tells it. */
export type Value =
  | TextValue
  | { kind: 'list'; items: Value[] }
  | { kind: 'dict'; entries: [key: Value, value: Value][] }
  | { kind: 'unknown' };

/** What a name can be at a place. */
export type LookUp = (name: string) => Value[];

export const UNKNOWN: Value = { kind: 'unknown' };

/** More possibilities, or deeper nesting, are not followed. */
const MOST = 100;
const MOST_ITEMS = 10_000;
const DEEPEST = 20;

/** The text as one string, undefined where a part of it is computed. */
export function textOf(value: Value): string | undefined {
  return value.kind === 'text' && value.pieces.every(it => it !== undefined)
    ? value.pieces.join('')
    : undefined;
}

const piecesOf = (value: Value) =>
  value.kind === 'text' ? value.pieces : [undefined];

const cap = (values: Value[]) => (values.length > MOST ? [UNKNOWN] : values);

class Reader {
  private at = 0;

  constructor(
    private readonly lexemes: Lexeme[],
    private readonly lookUp: LookUp,
  ) {}

  get atEnd(): boolean {
    return this.at >= this.lexemes.length;
  }

  private take(text: string): boolean {
    if (this.lexemes[this.at]?.text !== text) {
      return false;
    }
    this.at += 1;
    return true;
  }

  /** `'a' ~ b`, `'a' + b` */
  concatenation(depth: number): Value[] {
    let values = this.operand(depth);
    while (this.take('~') || this.take('+')) {
      const more = this.operand(depth);
      values = cap(
        values.flatMap(left =>
          more.map((right): Value => {
            if (left.kind === 'list' && right.kind === 'list') {
              const items = [...left.items, ...right.items];
              return items.length > MOST_ITEMS
                ? UNKNOWN
                : { kind: 'list', items };
            }
            const pieces = [...piecesOf(left), ...piecesOf(right)];
            return pieces.length > MOST ? UNKNOWN : { kind: 'text', pieces };
          }),
        ),
      );
    }
    return values;
  }

  private operand(depth: number): Value[] {
    if (depth > DEEPEST) {
      this.at = this.lexemes.length;
      return [UNKNOWN];
    }
    const token = this.lexemes[this.at];
    this.at += 1;
    let values: Value[];
    if (token?.kind === 'string') {
      values = [textValue(token)];
    } else if (token?.kind === 'name') {
      const [name, ...fields] = token.text.split('.');
      values = this.lookUp(name);
      for (const field of fields) {
        values = values.flatMap(value =>
          field === 'items' || field === 'keys' || field === 'values'
            ? partsOf(value, field)
            : fieldOf(value, field),
        );
      }
    } else if (token?.text === '[') {
      values = [{ kind: 'list', items: this.items(']', depth) }];
    } else if (token?.text === '(') {
      const items = this.items(')', depth);
      values = items.length === 1 ? [items[0]] : [{ kind: 'list', items }];
    } else if (token?.text === '{') {
      values = [this.dict(depth)];
    } else {
      values = [UNKNOWN];
    }
    return this.suffixes(values, depth);
  }

  private suffixes(given: Value[], depth: number): Value[] {
    let values = given;
    for (;;) {
      if (this.take('[')) {
        const keys = this.concatenation(depth + 1);
        values = this.take(']')
          ? cap(
              values.flatMap(value =>
                keys.flatMap(key => fieldOf(value, textOf(key))),
              ),
            )
          : [UNKNOWN];
      } else if (this.take('(')) {
        // `.items()` is read with the name; nothing else that is called is known
        const named = this.lexemes[this.at - 2]?.text ?? '';
        const known = /\.(items|keys|values)$/.test(named) && this.take(')');
        if (!known) {
          this.skipTo(')');
          values = [UNKNOWN];
        }
      } else if (this.take('|')) {
        this.at += 1;
        if (this.take('(')) {
          this.skipTo(')');
        }
        values = [UNKNOWN];
      } else {
        return values;
      }
    }
  }

  /** Each item with one value: more possibilities make it unknown. */
  private items(close: string, depth: number): Value[] {
    const items: Value[] = [];
    while (!this.atEnd && !this.take(close)) {
      const values = this.concatenation(depth + 1);
      items.push(values.length === 1 ? values[0] : UNKNOWN);
      if (!this.take(',') && this.lexemes[this.at]?.text !== close) {
        this.skipTo(close);
        return [...items, UNKNOWN];
      }
    }
    return items;
  }

  private dict(depth: number): Value {
    const entries: [Value, Value][] = [];
    while (!this.atEnd && !this.take('}')) {
      const [key] = this.concatenation(depth + 1);
      if (!this.take(':')) {
        this.skipTo('}');
        return UNKNOWN;
      }
      const values = this.concatenation(depth + 1);
      entries.push([key, values.length === 1 ? values[0] : UNKNOWN]);
      if (!this.take(',') && this.lexemes[this.at]?.text !== '}') {
        this.skipTo('}');
        return UNKNOWN;
      }
    }
    return { kind: 'dict', entries };
  }

  private skipTo(close: string): void {
    let open = 0;
    while (!this.atEnd) {
      const { text } = this.lexemes[this.at];
      this.at += 1;
      if (open === 0 && text === close) {
        return;
      }
      if ('([{'.includes(text)) {
        open += 1;
      } else if (')]}'.includes(text)) {
        open -= 1;
      }
    }
  }
}

function textValue(token: Lexeme): Value {
  return {
    kind: 'text',
    pieces: [token.text.slice(1, -1)],
    literal: { start: token.start + 1, end: token.end - 1 },
  };
}

/** `value.key`, `value['key']`, `value[0]`; a key that is not known may be any. */
function fieldOf(value: Value, key: string | undefined): Value[] {
  if (value.kind === 'dict') {
    const found = value.entries.filter(
      ([name]) => key === undefined || textOf(name) === key,
    );
    return found.length > 0 ? found.map(([, entry]) => entry) : [UNKNOWN];
  }
  if (value.kind === 'list') {
    const item = /^\d+$/.test(key ?? '') ? value.items[Number(key)] : undefined;
    return item ? [item] : [...value.items, UNKNOWN];
  }
  return [UNKNOWN];
}

function partsOf(value: Value, part: 'items' | 'keys' | 'values'): Value[] {
  if (value.kind !== 'dict') {
    return [UNKNOWN];
  }
  const items = value.entries.map(([key, entry]): Value => {
    switch (part) {
      case 'keys':
        return key;
      case 'values':
        return entry;
      default:
        return { kind: 'list', items: [key, entry] };
    }
  });
  return [{ kind: 'list', items }];
}

/** All that an expression can be; one of them is unknown where it cannot be told. */
export function evaluate(lexemes: Lexeme[], lookUp: LookUp): Value[] {
  const reader = new Reader(lexemes, lookUp);
  const values = reader.concatenation(0);
  return reader.atEnd ? values : [UNKNOWN];
}
