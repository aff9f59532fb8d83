import { Constants } from '../jinja/Constants';
import { TextValue, textOf, Value } from '../jinja/evaluate';
import { JinjaArgument, JinjaString, lex } from '../jinja/parseJinja';
import { NamePart, TableRef } from '../sql/ast';
import { Spans } from '../text/Spans';
import type { JinjaPart } from './Region';

/** More tables by one name are not followed. */
const MOST = 100;
const MOST_ADDED = 10_000;

const TABLE_CALL = /^(builtins\.)?(ref|source)$/;

/** What following needs of a text. */
export interface FollowedText {
  content: string;
  jinja: JinjaPart[];
  tables: TableRef[];
  looseTables: TableRef[];
}

const isKnown = (parts: NamePart[]) =>
  parts.every(({ value }) => value !== undefined);

const isText = (value: Value): value is TextValue => value.kind === 'text';

/** Whether names are used for anything but tables. */
class Usage {
  private readonly elsewhere = new Set<string>();

  constructor(jinja: JinjaPart[], tables: TableRef[]) {
    const names = new Spans(tables.filter(({ call }) => !call));
    for (const { code, start, end } of jinja) {
      if (
        /^(set|for|endfor)$/.test(code.tag ?? '') ||
        names.holds({ start, end })
      ) {
        continue;
      }
      const calls = new Spans(
        code.calls.filter(({ name }) => TABLE_CALL.test(name)),
      );
      for (const name of code.names) {
        if (!calls.holds(name)) {
          this.elsewhere.add(name.name.split('.')[0]);
        }
      }
    }
  }

  isShared(names: string[]): boolean {
    return names.some(name => this.elsewhere.has(name.split('.')[0]));
  }
}

/**
 * Gives table names that Jinja makes of constants their values: `ref(name)`
 * after `{% set name = 'users' %}`, `{{ schema }}.users`. Where a name is one of
 * several, as in a loop over a literal list, each is a table of its own beside
 * the one that stands there.
 */
export function followConstants(text: FollowedText): void {
  const { content, jinja, tables, looseTables } = text;
  const constants = new Constants(
    jinja
      .filter(({ kind }) => kind === 'tag')
      .map(({ start, end }) => ({
        start,
        end,
        text: content.slice(start, end),
      })),
  );
  const usage = new Usage(jinja, tables);
  let added = 0;
  for (const table of [...tables, ...looseTables]) {
    const made = table.call
      ? followCall(content, constants, usage, table)
      : followName(content, constants, usage, table);
    added += made.length;
    if (added > MOST_ADDED) {
      return;
    }
    looseTables.push(...made);
  }
}

/** All ways to take one of each. */
function combinations<T>(lists: T[][]): T[][] {
  let all: T[][] = lists.length > MOST ? [] : [[]];
  for (const list of lists) {
    all = all.flatMap(taken => list.map(one => [...taken, one]));
    if (all.length > MOST) {
      return [];
    }
  }
  return all;
}

function followCall(
  content: string,
  constants: Constants,
  usage: Usage,
  table: TableRef,
): TableRef[] {
  const call = table.call!;
  const open = call.args.filter(
    ({ keyword, literal }) => keyword === undefined && !literal,
  );
  if (open.length === 0) {
    return [];
  }
  const values = open.map(argument => {
    const lexemes = lex(
      content.slice(argument.start, argument.end),
      argument.start,
    );
    return constants.valuesOf(lexemes, call.start);
  });
  const literals = values.map((list, i) =>
    list.map(value => literalOf(value, open[i], usage)),
  );
  if (literals.every(([only, ...more]) => only && more.length === 0)) {
    open.forEach((argument, i) => {
      argument.literal = literals[i][0];
    });
    return [];
  }
  open.forEach((argument, i) => {
    const [only, ...more] = values[i];
    if (isText(only) && more.length === 0) {
      argument.pieces = only.pieces;
    }
  });
  return combinations(literals).flatMap(taken => {
    if (taken.some(literal => literal === undefined)) {
      return [];
    }
    const args = call.args.map(argument => {
      const literal = taken[open.indexOf(argument)];
      return literal ? { ...argument, literal } : argument;
    });
    return [
      {
        ...table,
        call: { ...call, args },
        scope: undefined,
        made: true,
        oneOf: true,
      },
    ];
  });
}

function literalOf(
  value: Value,
  argument: JinjaArgument,
  usage: Usage,
): JinjaString | undefined {
  const text = textOf(value);
  if (text === undefined || !isText(value)) {
    return undefined;
  }
  const { start, end } = value.literal ?? argument;
  const fixed = !value.literal || usage.isShared(argument.names);
  return { value: text, start, end, ...(fixed && { fixed }) };
}

function followName(
  content: string,
  constants: Constants,
  usage: Usage,
  table: TableRef,
): TableRef[] {
  const computed = table.parts.map(part =>
    part.value === undefined
      ? partsOf(content, constants, usage, part)
      : [[part]],
  );
  if (table.parts.every(part => part.value !== undefined)) {
    return [];
  }
  const known = computed.map(list => list.filter(isKnown));
  if (computed.every(list => list.length === 1 && isKnown(list[0]))) {
    table.parts = known.flatMap(([parts]) => parts);
    return [];
  }
  if (known.some(list => list.length === 0)) {
    return [];
  }
  return combinations(known).map(taken => {
    const parts = taken.flat();
    return {
      ...table,
      parts,
      expression: undefined,
      // A name of one part may be one that WITH gives.
      scope: parts.length === 1 ? table.scope : undefined,
      made: true,
      oneOf: true,
    };
  });
}

/** What a part with Jinja in it can be; a constant may hold dots of its own. */
function partsOf(
  content: string,
  constants: Constants,
  usage: Usage,
  part: NamePart,
): NamePart[][] {
  const text = content.slice(part.start, part.end);
  const codes = [...text.matchAll(/\{\{[-+]?([^{}]*?)[-+]?\}\}/g)];
  if (codes.length === 0 || /[{}]/.test(text.replace(/\{\{[^{}]*\}\}/g, ''))) {
    return [[part]];
  }
  const values = codes.map(code => {
    const from = part.start + code.index! + code[0].indexOf(code[1]);
    return constants.valuesOf(lex(code[1], from), part.start);
  });
  const whole = codes.length === 1 && codes[0][0].length === text.length;
  const names = codes.flatMap(code => code[1].match(/[\p{L}_][\w.]*/gu) ?? []);
  return combinations(values).map(taken => {
    const pieces: (string | undefined)[] = [];
    let at = 0;
    taken.forEach((value, i) => {
      pieces.push(text.slice(at, codes[i].index));
      pieces.push(...(isText(value) ? value.pieces : [undefined]));
      at = codes[i].index! + codes[i][0].length;
    });
    pieces.push(text.slice(at));
    const filled = pieces.filter(piece => piece !== '');
    if (filled.some(piece => piece === undefined)) {
      return [{ ...part, pieces: filled }];
    }
    const [only] = taken;
    const literal =
      whole && isText(only) && !usage.isShared(names)
        ? only.literal
        : undefined;
    return splitName(filled.join(''), part, literal);
  });
}

/** The dotted parts of a constant, each with the place of its text. */
function splitName(
  name: string,
  part: NamePart,
  literal: { start: number; end: number } | undefined,
): NamePart[] {
  let at = 0;
  return name.split('.').map(value => {
    const start = literal && literal.start + at;
    at += value.length + 1;
    return {
      value,
      start: part.start,
      end: part.end,
      quoted: part.quoted,
      constant:
        start === undefined
          ? ('fixed' as const)
          : { start, end: start + value.length },
    };
  });
}
