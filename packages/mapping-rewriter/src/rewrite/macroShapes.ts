import { JinjaArgument, JinjaCall } from '../jinja/parseJinja';
import { MacroDefinition } from '../project/DbtProject';
import { Cte, Query, TableRef } from '../sql/ast';
import { looseTable } from './looseTable';
import { outputQuery, Region } from './Region';

type Macros = Map<string, MacroDefinition>;

const macroOf = (macros: Macros, call: JinjaCall) =>
  macros.get(call.name.split('.').pop()!);

const argumentOf = (
  macro: MacroDefinition,
  call: JinjaCall,
  parameter: string,
): JinjaArgument | undefined =>
  call.args.find(argument => argument.keyword === parameter) ??
  call.args.filter(argument => argument.keyword === undefined)[
    macro.parameters.indexOf(parameter)
  ];

const LOOP = /\{%-?\s*for\s+(\w+)\s+in\s+(\w+)\s*-?%\}/g;
const PAIR = /[([]\s*(["'])([^"']*)\1\s*,\s*(["'])([^"']*)\3\s*[)\]]/g;

/** A macro that makes a WITH query of each pair that it is given. */
interface PairShape {
  parameter: string;
  /** Which of a pair is the name of the WITH query, and which the model. */
  name: number;
  model: number;
}

/** `{% for pair in pairs %} {{ pair[0] }} AS (SELECT * FROM {{ ref(pair[1]) }})`. */
function pairShape({
  body,
  parameters,
}: MacroDefinition): PairShape | undefined {
  for (const [, item, parameter] of body.matchAll(LOOP)) {
    const model = new RegExp(
      `\\(\\s*select\\s+\\*\\s+from\\s+\\{\\{-?\\s*ref\\(\\s*${item}\\[([01])\\]\\s*\\)\\s*-?\\}\\}\\s*\\)`,
      'i',
    ).exec(body);
    const name = new RegExp(
      `\\{\\{-?\\s*${item}\\[([01])\\]\\s*-?\\}\\}\\s*as\\s*\\(`,
      'i',
    ).exec(body);
    if (
      model &&
      name &&
      model[1] !== name[1] &&
      parameters.includes(parameter)
    ) {
      return { parameter, name: Number(name[1]), model: Number(model[1]) };
    }
  }
  return undefined;
}

function refTable(value: string, start: number): TableRef {
  const literal = { value, start, end: start + value.length };
  const span = { start, end: literal.end };
  return {
    ...looseTable(start, literal.end),
    made: true,
    call: {
      name: 'ref',
      nameStart: start,
      nameEnd: start,
      ...span,
      args: [
        { ...span, literal, strings: [literal], pieces: [value], names: [] },
      ],
    },
  };
}

/** Reads the models that a macro of the project makes WITH queries of: `simple_cte([('users', 'users_v1')])`. */
export function addMadeTables(region: Region, macros: Macros): void {
  for (const { code } of region.jinja) {
    for (const call of code.calls) {
      const macro = macroOf(macros, call);
      const shape = macro && pairShape(macro);
      const argument = shape && argumentOf(macro, call, shape.parameter);
      const text =
        argument && region.content.slice(argument.start, argument.end);
      for (const pair of text?.matchAll(PAIR) ?? []) {
        const parts = [pair[2], pair[4]];
        const first =
          argument!.start + pair.index! + pair[0].indexOf(pair[1]) + 1;
        const second =
          argument!.start +
          pair.index! +
          pair[0].lastIndexOf(pair[3] + pair[4]) +
          1;
        const table = refTable(
          parts[shape!.model],
          shape!.model === 0 ? first : second,
        );
        region.looseTables.push(table);
        region.madeNames.set(parts[shape!.name].toLowerCase(), table);
      }
    }
  }
}

/** The macro call that a text ends in instead of a query, with the WITH queries that it is given by name. */
function closingCalls(region: Region): { call: JinjaCall; ctes: Cte[] }[] {
  const query = outputQuery(region);
  if (!query || query.scopes.length > 0) {
    return [];
  }
  const byName = new Map(
    region.tree.ctes.map(cte => [cte.name.value?.toLowerCase(), cte]),
  );
  const from = Math.max(
    query.start,
    ...region.tree.ctes.map(cte => cte.query?.end ?? 0),
  );
  return region.jinja
    .filter(part => part.start >= from && part.end <= query.end)
    .flatMap(({ code }) => code.calls)
    .map(call => ({
      call,
      ctes: call.args.flatMap(argument =>
        argument.strings.flatMap(
          ({ value }) => byName.get(value.toLowerCase()) ?? [],
        ),
      ),
    }));
}

/** `SELECT *, ... FROM {{ name }}`: the macro gives away what the WITH query has. */
function passesOn(macro: MacroDefinition, parameter: string): boolean {
  return (
    /^[^]{0,200}?\bselect\s+\*/i.test(macro.body) &&
    new RegExp(`\\bfrom\\s+\\{\\{-?\\s*${parameter}\\s*-?\\}\\}`, 'i').test(
      macro.body,
    )
  );
}

/**
 * The query whose columns a model gives away: the one that its text ends in,
 * or the WITH query that a macro at its end passes on. Undefined where that
 * cannot be told.
 */
export function modelOutput(region: Region, macros: Macros): Query | undefined {
  const query = outputQuery(region);
  if (!query || query.scopes.length > 0) {
    return query;
  }
  const calls = closingCalls(region);
  const [{ call, ctes }] =
    calls.length === 1 ? calls : [{ call: undefined, ctes: [] }];
  const macro = call && macroOf(macros, call);
  const parameter = macro?.parameters.find(name => {
    const literal = argumentOf(macro, call!, name)?.literal?.value;
    return (
      literal !== undefined &&
      literal.toLowerCase() === ctes[0]?.name.value?.toLowerCase() &&
      passesOn(macro, name)
    );
  });
  return parameter === undefined ? undefined : ctes[0].query;
}

/** WITH queries that a macro at the end of a text may give away: those that it is given by name, or else all. */
export function handedOn(region: Region): Set<Query> {
  const query = outputQuery(region);
  if (!query || query.scopes.length > 0) {
    return new Set();
  }
  const named = closingCalls(region).flatMap(({ ctes }) => ctes);
  return new Set(
    (named.length > 0 ? named : region.tree.ctes).flatMap(
      cte => cte.query ?? [],
    ),
  );
}
