import { evaluate, UNKNOWN, Value } from './evaluate';
import { Lexeme, lexCode } from './parseJinja';

/** Jinja code of a text, with its brackets. */
export interface CodePart {
  start: number;
  end: number;
  text: string;
}

/** More values of a name, or names that hang on each other, are not followed. */
const MOST = 100;
const DEEPEST = 50;
const MOST_DEFINITIONS = 1_000;

/** A name that a tag gives a value, and where it means that. */
interface Definition {
  from: number;
  to: number;
  /** Evaluated when it is asked for; what it means hangs on others. */
  values: () => Value[];
  known?: Value[];
}

/** A loop or macro that is open. */
interface Block {
  tag: string;
  definitions: Definition[];
}

/**
 * What `{% set %}`, `{% for %}` and literals say that names are. A name that is
 * set more than once may be each of them; one that a macro is given, or that
 * nothing here defines, is not known.
 */
export class Constants {
  private readonly definitions = new Map<string, Definition[]>();
  /** How many names are being evaluated, one within the other. */
  private depth = 0;

  constructor(parts: CodePart[]) {
    const blocks: Block[] = [];
    for (const part of parts) {
      if (part.text.startsWith('{%')) {
        this.readTag(part, lexCode(part.text, part.start), blocks);
      }
    }
  }

  /** All that an expression at a place can be. */
  valuesOf(lexemes: Lexeme[], at: number): Value[] {
    return evaluate(lexemes, name => this.lookUp(name, at));
  }

  private lookUp(name: string, at: number): Value[] {
    const all = this.definitions.get(name) ?? [];
    if (all.length > MOST_DEFINITIONS) {
      return [UNKNOWN];
    }
    const found = all.filter(it => it.from <= at && at < it.to);
    // The innermost loop goes first; a name that is set is set for good.
    const inner = found.filter(it => it.to !== Infinity);
    const meant = inner.length > 0 ? inner.slice(-1) : found;
    if (meant.length === 0 || meant.length > MOST || this.depth > DEEPEST) {
      return [UNKNOWN];
    }
    const values = meant.flatMap(it => this.evaluated(it));
    return values.length > MOST ? [UNKNOWN] : values;
  }

  private evaluated(definition: Definition): Value[] {
    if (!definition.known) {
      // what hangs on itself is not known
      definition.known = [UNKNOWN];
      this.depth += 1;
      definition.known = definition.values();
      this.depth -= 1;
    }
    return definition.known;
  }

  private readTag(part: CodePart, lexemes: Lexeme[], blocks: Block[]): void {
    const [tag, ...rest] = lexemes;
    switch (tag?.text) {
      case 'set':
        this.readSet(part, rest);
        break;
      case 'for':
        blocks.push(this.readFor(part, rest));
        break;
      case 'macro':
      case 'call':
        blocks.push(this.readMacro(part, rest));
        break;
      case 'endfor':
      case 'endmacro':
      case 'endcall': {
        const block = blocks.pop();
        block?.definitions.forEach(it => {
          it.to = part.start;
        });
        break;
      }
      default:
    }
  }

  private define(
    name: string,
    from: number,
    values: () => Value[],
  ): Definition {
    const definition: Definition = { from, to: Infinity, values };
    const others = this.definitions.get(name);
    if (others) {
      others.push(definition);
    } else {
      this.definitions.set(name, [definition]);
    }
    return definition;
  }

  private readSet(part: CodePart, rest: Lexeme[]): void {
    const equals = rest.findIndex(({ text }) => text === '=');
    const names = (equals < 0 ? rest : rest.slice(0, equals)).filter(
      ({ kind }) => kind === 'name',
    );
    const value = equals < 0 ? [] : rest.slice(equals + 1);
    for (const { text } of names) {
      this.define(text.split('.')[0], 0, () =>
        names.length === 1 && value.length > 0
          ? this.valuesOf(value, part.start)
          : [UNKNOWN],
      );
    }
  }

  private readFor(part: CodePart, rest: Lexeme[]): Block {
    const found = rest.findIndex(({ text }) => text === 'in');
    const names = rest
      .slice(0, Math.max(found, 0))
      .filter(({ kind }) => kind === 'name');
    const list = rest.slice(found + 1);
    const condition = list.findIndex(({ text }) => text === 'if');
    const looped = condition < 0 ? list : list.slice(0, condition);
    return {
      tag: 'for',
      definitions: names.map(({ text }, index) =>
        this.define(text, part.end, () =>
          this.valuesOf(looped, part.start).flatMap(value => {
            if (value.kind === 'dict') {
              return value.entries.map(([key]) => key);
            }
            if (value.kind !== 'list') {
              return [UNKNOWN];
            }
            if (value.items.length > MOST) {
              return [UNKNOWN];
            }
            return names.length === 1
              ? value.items
              : value.items.map(item =>
                  item.kind === 'list' ? item.items[index] ?? UNKNOWN : UNKNOWN,
                );
          }),
        ),
      ),
    };
  }

  /** What a macro is given is not known here. */
  private readMacro(part: CodePart, rest: Lexeme[]): Block {
    return {
      tag: 'macro',
      definitions: rest
        .slice(1)
        .filter(({ kind }) => kind === 'name')
        .map(({ text }) => this.define(text, part.end, () => [UNKNOWN])),
    };
  }
}
