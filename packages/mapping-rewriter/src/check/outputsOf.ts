import { schemaOf } from '../mapping/schemaOf';
import { sameType } from '../mapping/sameType';
import { Resolver } from '../resolve/Resolver';
import { Region } from '../rewrite/Region';
import { Session } from '../rewrite/Session';
import { Item } from '../sql/ast';
import { SqlFinding } from './types';

const MAX_DEPTH = 30;
/** A longer expression is no plain cast. */
const MAX_CAST = 500;

/** Name and type of a column that a statement gives away. */
export interface OutputColumn {
  name: string;
  /** Where it can be told: of a plain column, or of a cast. */
  type?: string;
}

/**
 * The columns of each statement of a text that gives any away, in order;
 * undefined where their names cannot be told: stars, templates.
 */
export function outputsOf(
  session: Session,
  resolver: Resolver,
  region: Region,
): Array<OutputColumn[] | undefined> {
  return region.tree.queries
    .filter(query => query.role === 'top' && query.scopes.length > 0)
    .map(({ scopes: [scope] }) => {
      const columns: OutputColumn[] = [];
      for (const item of scope.items) {
        const name = resolver.outputName(item);
        if (item.star || item.dynamic || name === undefined) return undefined;
        columns.push({ name, type: typeOf(session, resolver, region, item) });
      }
      return columns.length > 0 ? columns : undefined;
    });
}

function typeOf(
  session: Session,
  resolver: Resolver,
  region: Region,
  item: Item,
  depth = 0,
): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const text = region.content.slice(item.start, item.end);
  const cast =
    text.length <= MAX_CAST &&
    /^\s*(?:SAFE_)?CAST\s*\(.*\sAS\s+([A-Za-z][\w ]*?)(?:\([\d, ]*\))?\s*\)(?:\s+(?:AS\s+)?[`"\w]+)?\s*$/is.exec(
      text,
    );
  // One cast around all of it, and not two of them in an expression.
  if (cast && balanced(text)) return cast[1].trim().toUpperCase();
  if (!item.bare) return undefined;
  const resolution = resolver.resolve(item.bare);
  if (resolution.kind === 'item') {
    return resolution.others || resolution.mixed
      ? undefined
      : typeOf(session, resolver, region, resolution.item, depth + 1);
  }
  if (resolution.kind !== 'column' || !resolution.sure) return undefined;
  const binding = session.bindingOf(resolution.table);
  if (!binding?.sure) return undefined;
  const schema = schemaOf(session.options.schemas, binding.dataset) ?? {};
  const path = resolution.path.join('.').toLowerCase();
  const key = Object.keys(schema).find(each => each.toLowerCase() === path);
  return key === undefined ? undefined : schema[key];
}

/** Whether the first parenthesis closes at the end of the expression. */
function balanced(text: string): boolean {
  let depth = 0;
  for (let at = text.indexOf('('); at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0)
      return /^\)(?:\s+(?:AS\s+)?[`"\w]+)?\s*$/i.test(text.slice(at));
  }
  return false;
}

/** A column that a statement gives no more, or with another type. */
export type OutputChange = Pick<SqlFinding, 'message'> & {
  kind: 'output-gone' | 'output-type';
};

/** What changed between the columns of a statement before and after, as sentences without a place. */
export function compareOutputs(
  before: OutputColumn[],
  after: OutputColumn[],
): OutputChange[] {
  return before.flatMap(({ name, type }): OutputChange[] => {
    const now = after.find(column => column.name === name);
    if (!now) {
      return [
        {
          kind: 'output-gone',
          message: `the query gives no column ${name} any more`,
        },
      ];
    }
    return type && now.type && !sameType(type, now.type)
      ? [
          {
            kind: 'output-type',
            message: `the query gives ${name} as ${now.type}, and gave it as ${type}`,
          },
        ]
      : [];
  });
}
