import { JinjaCode, parseJinja } from '../jinja/parseJinja';
import { Query, SqlTree, TableRef } from '../sql/ast';
import { parseSql } from '../sql/parseSql';
import { Comment, Token } from '../tokens/Token';
import { tokenize } from '../tokens/tokenize';
import { SqlDialect } from '../types';
import { followConstants } from './followConstants';
import { looseTable } from './looseTable';

/** Jinja of a text, read once. */
export interface JinjaPart {
  start: number;
  end: number;
  kind: 'expr' | 'tag' | 'comment';
  code: JinjaCode;
}

/** A name that is defined in a YAML file or a docs block; `doc` is where `doc()` names such a block. */
export interface Definition {
  kind: 'model' | 'variable' | 'docs' | 'doc';
  start: number;
  end: number;
}

/** A text outside SQL in which a name is only a word: whether it follows is an option each. */
export interface Mention {
  kind: 'comment' | 'documentation' | 'data' | 'command';
  start: number;
  end: number;
}

/** A text in SQL: a whole file or a part of one. */
export interface Region {
  file: string;
  /** The content of the whole file. */
  content: string;
  start: number;
  end: number;
  /** The whole file is SQL. */
  whole: boolean;
  tokens: Token[];
  comments: Comment[];
  tree: SqlTree;
  jinja: JinjaPart[];
  /** `ref` and `source` calls that stand elsewhere than in FROM. */
  looseTables: TableRef[];
  /** Names that `{% set %}` gives to a `ref` or `source` call. */
  tableNames: Map<string, TableRef>;
  /** Names of WITH queries that a macro makes of models, lower case. */
  madeNames: Map<string, TableRef>;
  /** Table names stand in a program, which may read columns by itself. */
  code?: boolean;
  /** Names that this text defines: models, variables, docs blocks. */
  definitions: Definition[];
  /** Columns that YAML describes, with the model that has them. */
  modelColumns: { model: string; value: string; start: number; end: number }[];
  /** Unit tests of dbt, each with the model that it runs. */
  unitTests: { model: string; start: number; end: number }[];
  /** Texts outside SQL that mention names as words and refer to nothing. */
  mentions: Mention[];
  /** Strings of the host language, in which no note may stand. */
  literals: { start: number; end: number }[];
  /** Columns that tests in YAML name beside a table. */
  fields: { table: TableRef; field: { start: number; end: number } }[];
  /** Set where the SQL stands in a string of another language. */
  host?: HostString;
}

/** The string of another language that holds the SQL. */
export interface HostString {
  /** Characters that an edit must not write into it. */
  forbidden: string;
  /** Whether an edit may hold line ends. */
  multiline: boolean;
  /** Offset of the line above which a note may stand. */
  anchor: number;
}

const TABLE_CALL = /^(builtins\.)?(ref|source)$/;

/** Reads a text as SQL. Never throws on any input that the tokenizer accepts, which is all. */
export function readRegion(
  file: string,
  content: string,
  options: {
    dialect: SqlDialect;
    start?: number;
    end?: number;
    /** The text with placeholders and escapes of the host language masked, same length. */
    masked?: string;
    jinja?: boolean;
    host?: HostString;
  },
): Region {
  const { dialect, start = 0, end = content.length } = options;
  const { tokens: allTokens, comments } = tokenize(
    options.masked ?? content.slice(start, end),
    {
      dialect,
      base: start,
      jinja: options.jinja,
    },
  );
  const tokens = withoutRaw(allTokens);
  const tree = parseSql(tokens, dialect);
  for (const part of tree.tables.flatMap(table => table.parts)) {
    if (part.pieces?.length === 1 && part.value === undefined) {
      part.written = content.slice(part.start, part.end);
    }
  }
  const jinja: JinjaPart[] = [];
  const push = (kind: JinjaPart['kind'], from: number, text: string) =>
    jinja.push({
      kind,
      start: from,
      end: from + text.length,
      code: parseJinja(text, from),
    });
  if (options.jinja !== false) {
    for (const token of tokens) {
      if (token.kind === 'expr' || token.kind === 'tag') {
        push(token.kind, token.start, token.text);
      } else if (
        (token.kind === 'string' || token.kind === 'quoted') &&
        token.text.includes('{{')
      ) {
        for (const match of token.text.matchAll(/\{\{[^]*?\}\}/g)) {
          push('expr', token.start + match.index!, match[0]);
        }
      }
    }
    for (const comment of comments) {
      // Jinja runs inside comments of SQL: `-- depends_on: {{ ref('a') }}`
      if (!comment.jinja && comment.text.includes('{{')) {
        for (const match of comment.text.matchAll(/\{\{[^]*?\}\}/g)) {
          push('comment', comment.start + match.index!, match[0]);
        }
      }
    }
  }
  const known = new Set(tree.tables.map(table => table.call?.start));
  const looseTables: TableRef[] = [];
  const tableNames = new Map<string, TableRef>();
  const setTwice = new Set<string>();
  for (const part of jinja) {
    for (const call of part.code.calls) {
      if (TABLE_CALL.test(call.name) && !known.has(call.start)) {
        const table: TableRef = { ...looseTable(call.start, call.end), call };
        looseTables.push(table);
        const name = part.code.names.find(n => n.name !== 'set');
        if (part.code.tag === 'set' && name && part.code.calls.length === 1) {
          if (tableNames.has(name.name)) {
            setTwice.add(name.name);
          }
          tableNames.set(name.name, table);
        }
      }
    }
  }
  for (const name of setTwice) {
    tableNames.delete(name);
  }
  if (jinja.length > 0) {
    followConstants({ content, jinja, tables: tree.tables, looseTables });
  }
  return {
    file,
    content,
    start,
    end,
    whole: start === 0 && end === content.length && !options.host,
    tokens,
    comments,
    tree,
    jinja,
    looseTables,
    tableNames,
    madeNames: new Map(),
    fields: [],
    definitions: [],
    literals: [],
    modelColumns: [],
    unitTests: [],
    mentions: [],
    host: options.host,
  };
}

/** What stands in a Jinja raw block is text, whatever it looks like. */
function withoutRaw(tokens: Token[]): Token[] {
  if (
    !tokens.some(token => token.kind === 'tag' && /\braw\b/.test(token.text))
  ) {
    return tokens;
  }
  let raw = false;
  return tokens.filter(token => {
    if (token.kind === 'tag' && /^\{%[-+]?\s*(end)?raw\b/.test(token.text)) {
      raw = !/endraw/.test(token.text);
      return true;
    }
    return !raw || token.kind !== 'expr';
  });
}

/** The query that a text ends in: what a dbt model gives away. */
export function outputQuery(region: Region): Query | undefined {
  const top = region.tree.queries.filter(query => query.role === 'top');
  return top.length === 1 ? top[0] : undefined;
}
