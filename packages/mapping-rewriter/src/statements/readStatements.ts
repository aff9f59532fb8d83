import { isCteName } from '../rewrite/isCteName';
import { readProject } from '../rewrite/readProject';
import { Region } from '../rewrite/Region';
import { Session } from '../rewrite/Session';
import { Query, Statement, TableRef } from '../sql/ast';
import { LineIndex } from '../text/LineIndex';
import { Token } from '../tokens/Token';
import { RewriteOptions, SourceFile } from '../types';
import { SqlQuery, SqlStatement, TableUse } from './types';

const MOMENTS =
  /^(CURRENT_(DATE|TIME|DATETIME|TIMESTAMP)|LOCALTIME|LOCALTIMESTAMP|NOW|TODAY|GETDATE|SYSDATE|SYSTIMESTAMP|UNIX_TIMESTAMP|TRANSACTION_TIMESTAMP|STATEMENT_TIMESTAMP|CLOCK_TIMESTAMP)$/;
const RANDOM =
  /^(RAND|RANDOM|RANDN|GENERATE_UUID|UUID|UUID_STRING|GEN_RANDOM_UUID|NEWID|TABLESAMPLE|SESSION_USER|CURRENT_USER|NEXTVAL)$/;
/** These are values without parentheses too. */
const BARE =
  /^(CURRENT_\w+|LOCALTIME|LOCALTIMESTAMP|SYSDATE|TABLESAMPLE|SESSION_USER)$/;

/** How texts are read. @public */
export type ReadStatementsOptions = Pick<
  RewriteOptions,
  'dialect' | 'defaultProject'
> & {
  /** Of the project that the texts belong to: say what its sources are. */
  yaml?: SourceFile[];
};

/**
 * The statements of texts in SQL, in order, with the query of each and the
 * stored tables that it reads. Of Jinja, `ref` and `source` are understood;
 * what else it makes must have been rendered.
 *
 * @param texts - read as SQL by paths that end in `.sql`
 * @returns the statements of each text, in the order of the texts
 * @public
 */
export function readStatements(
  texts: SourceFile[],
  { dialect, defaultProject, yaml = [] }: ReadStatementsOptions,
): SqlStatement[][] {
  const session = new Session([...yaml, ...texts], [], {
    dialect,
    defaultProject,
  });
  const paths = new Set(texts.map(({ path }) => path));
  readProject(session, true, path => paths.has(path));
  return texts.map(({ content, path }) => {
    const [region] = session.regionsOf(path);
    if (!region) return [];
    const lines = new LineIndex(content);
    return region.tree.statements.map(statement => {
      const { problem, start, verb } = statement;
      const query = queryOf(region, statement);
      const [written] = statement.writes;
      return {
        verb,
        line: lines.lineAt(start),
        ...(written && { writes: session.bindingOf(written)?.dataset }),
        ...(problem && { problem: problem.reason }),
        ...(query && !problem && { query: describe(session, region, query) }),
      };
    });
  });
}

type QuerySpan = Pick<Query, 'start' | 'end'>;

/** What a statement gives away, its WITH clause included. */
function queryOf(region: Region, statement: Statement): QuerySpan | undefined {
  const queries = region.tree.queries.filter(
    query => query.statement === statement,
  );
  if (statement.verb === 'MERGE') {
    return queries.find(({ role }) => role === 'derived');
  }
  const top = queries.filter(({ role }) => role === 'top');
  if (top.length !== 1) return undefined;
  if (/^(CREATE|INSERT|EXPORT)$/.test(statement.verb)) return top[0];
  // A WITH clause stands before what is read as the query.
  return /^(SELECT|WITH|VALUES|FROM|\()$/.test(statement.verb) &&
    statement.writes.length === 0
    ? { start: statement.start, end: top[0].end }
    : undefined;
}

function describe(
  session: Session,
  region: Region,
  { start, end }: QuerySpan,
): SqlQuery {
  const tokens = region.tokens.filter(
    token => token.start >= start && token.end <= end,
  );
  const resolver = session.resolver();
  const isStored = (table: TableRef) => {
    if (table.start < start || table.end > end) return false;
    const { scope } = table;
    const source = scope?.sources.find(each => each.table === table);
    return (
      !isCteName(table) && !(source && resolver.correlatedPath(source, scope!))
    );
  };
  return {
    text: region.content.slice(start, end),
    words: tokens.map(({ text }) => text).join(' '),
    start,
    ordered: isOrdered(tokens),
    tables: region.tree.tables
      .filter(isStored)
      .map(table => useOf(session, table, start)),
    moments: momentsOf(tokens).map(moment => ({
      name: moment.name,
      start: moment.start - start,
      end: moment.end - start,
    })),
    random: tokens
      .filter((token, at) => isCalled(tokens, at) && RANDOM.test(token.upper))
      .map(({ upper }) => upper),
    parameters: tokens
      .filter(
        ({ kind, text }) => kind === 'param' || kind === 'hole' || text === '?',
      )
      .map(token => ({
        name: token.text,
        start: token.start - start,
        end: token.end - start,
      })),
  };
}

function useOf(session: Session, table: TableRef, base: number): TableUse {
  const source = table.scope?.sources.find(each => each.table === table);
  const binding = session.bindingOf(table);
  const name =
    binding?.implicitAlias ?? table.parts.at(-1)?.value?.split('.').at(-1);
  return {
    dataset: binding?.dataset ?? '',
    start: table.start - base,
    end: table.end - base,
    ...(source && !source.alias && name !== undefined && { unaliased: name }),
  };
}

function isOrdered(tokens: readonly Token[]): boolean {
  let depth = 0;
  return tokens.some((token, at) => {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    return (
      depth === 0 && token.upper === 'ORDER' && tokens[at + 1]?.upper === 'BY'
    );
  });
}

/** Whether a word stands for a value, and is no column or alias of the same name. */
function isCalled(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return (
    token.kind === 'word' &&
    tokens[at - 1]?.text !== '.' &&
    (tokens[at + 1]?.text === '(' ||
      (BARE.test(token.upper) && tokens[at - 1]?.upper !== 'AS'))
  );
}

function momentsOf(tokens: readonly Token[]) {
  return tokens.flatMap((token, at) => {
    if (!MOMENTS.test(token.upper) || !isCalled(tokens, at)) return [];
    let last = at;
    if (tokens[at + 1]?.text === '(') {
      let depth = 0;
      do {
        last += 1;
        if (tokens[last].text === '(') depth += 1;
        if (tokens[last].text === ')') depth -= 1;
      } while (depth > 0 && last < tokens.length - 1);
    }
    return [{ name: token.upper, start: token.start, end: tokens[last].end }];
  });
}
