import { matchDataset } from '../mapping/DatasetName';
import { NamePart, Statement, TableRef } from '../sql/ast';
import { Token } from '../tokens/Token';
import { Analysis } from './Analysis';
import { Region } from './Region';

/**
 * The net below the parser: a name of a deprecated table, or of a changed
 * column in a statement that reads one, which no rule of the grammar has read
 * means that the statement was not understood.
 */
export function analyzeUnread(analysis: Analysis, region: Region): void {
  refuseUnreadColumns(analysis, region);
  refuseUnreadTables(analysis, region);
  refuseBuiltStatements(analysis, region);
}

/** The index of the first token at or behind an offset. */
function firstToken(tokens: Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle].start < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function refuseUnreadColumns(analysis: Analysis, region: Region): void {
  const byStatement = new Map<Statement, TableRef[]>();
  for (const table of region.tree.tables) {
    if (analysis.old(table)?.mapping.changedRoots.size) {
      const tables = byStatement.get(table.statement);
      if (tables) {
        tables.push(table);
      } else {
        byStatement.set(table.statement, [table]);
      }
    }
  }
  const { tokens } = region;
  const { named } = region.tree;
  for (const [statement, tables] of byStatement) {
    const from = firstToken(tokens, statement.start);
    for (
      let i = from;
      i < tokens.length && tokens[i].start < statement.end;
      i++
    ) {
      const token = tokens[i];
      if (token.kind === 'word' && !named.has(token.start)) {
        refuseUnreadColumn(analysis, region, token, tables);
      }
    }
  }
}

function refuseUnreadColumn(
  analysis: Analysis,
  region: Region,
  token: Token,
  tables: TableRef[],
): void {
  const name = token.text.toLowerCase();
  const concerned = tables.filter(table =>
    analysis.old(table)!.mapping.changedRoots.has(name),
  );
  if (concerned.length > 0) {
    analysis.refuse(region, {
      start: token.start,
      end: token.end,
      kind: 'column',
      code: 'unparsable',
      reason: `${token.text} stands where the rewriter does not follow the statement`,
      cause: analysis.old(concerned[0])!.mapping.cause(),
      tables: concerned,
    });
  }
}

/** Statements whose every name is read by a rule. */
const FOLLOWED =
  /^(WITH|SELECT|INSERT|UPDATE|DELETE|MERGE|CREATE|DROP|ALTER|TRUNCATE|\(|FROM|JOIN|VALUES|BEGIN|END|IF|THEN|ELSE|ELSEIF|LOOP|WHILE|DO|REPEAT|UNTIL|FOR|DECLARE|SET|RETURN|EXPORT|ASSERT|\{\{.*)$/s;

/** `dataset.table` in a place that no rule reads as a table. */
function refuseUnreadTables(analysis: Analysis, region: Region): void {
  const { mappings, options, dialect } = analysis.session;
  const { tokens } = region;
  const { named, statements, tables } = region.tree;
  const unclear = statements.filter(
    statement => statement.problem || !FOLLOWED.test(statement.verb),
  );
  const read =
    unclear.length > 0 ? new Set(tables.map(table => table.start)) : named;
  let next = 0;
  for (let i = 0; i < tokens.length; i++) {
    const { start, kind } = tokens[i];
    if (kind !== 'word' && kind !== 'quoted') {
      continue;
    }
    while (next < unclear.length && unclear[next].end <= start) {
      next += 1;
    }
    const doubtful = next < unclear.length && unclear[next].start <= start;
    if ((doubtful ? read : named).has(start) || tokens[i - 1]?.text === '.') {
      continue;
    }
    const parts = nameAt(tokens, i);
    const mapping =
      parts.length < 2
        ? undefined
        : mappings.find(
            m =>
              m.from.length > 1 &&
              matchDataset(parts, m, {
                defaultProject: options.defaultProject,
                caseSensitive: dialect === 'bigquery',
              }),
          );
    if (mapping) {
      analysis.refuse(region, {
        start: parts[0].start,
        end: parts[parts.length - 1].end,
        kind: 'dataset',
        code: 'unparsable',
        reason: `${mapping.table.from} is named where the rewriter does not follow the statement`,
        cause: mapping.cause(),
        tables: [],
      });
    }
  }
}

function nameAt(tokens: Token[], from: number): NamePart[] {
  const parts: NamePart[] = [];
  for (let i = from; i < tokens.length && parts.length < 4; i += 2) {
    const { kind, text, start, end } = tokens[i];
    if (kind === 'quoted') {
      text
        .slice(1, -1)
        .split('.')
        .forEach(value => parts.push({ value, start, end, quoted: true }));
    } else if (kind === 'word') {
      parts.push({ value: text, start, end, quoted: false });
    } else {
      break;
    }
    if (tokens[i + 1]?.text !== '.') {
      break;
    }
  }
  return parts;
}

/** `EXECUTE IMMEDIATE` of a string that names the table. */
function refuseBuiltStatements(analysis: Analysis, region: Region): void {
  for (const statement of region.tree.statements) {
    if (statement.verb !== 'EXECUTE') {
      continue;
    }
    const { tokens } = region;
    const from = firstToken(tokens, statement.start);
    for (
      let i = from;
      i < tokens.length && tokens[i].start < statement.end;
      i++
    ) {
      const { start, end } = tokens[i];
      const isRead = analysis.session
        .regionsOf(region.file)
        .some(
          ({ host, ...other }) =>
            host && other.start > start && other.end < end,
        );
      if (tokens[i].kind === 'string' && !isRead) {
        refuseBuiltStatement(analysis, region, tokens[i]);
      }
    }
  }
}

function refuseBuiltStatement(
  analysis: Analysis,
  region: Region,
  token: Token,
): void {
  const mapping = analysis.session.mappings.find(({ from }) => {
    const table = from[from.length - 1].replace(/\*$/, '');
    return (
      table !== '' &&
      new RegExp(`(?<!\\w)${table.replace(/[^\w]/g, '\\$&')}(?!\\w)`).test(
        token.text,
      )
    );
  });
  if (mapping) {
    analysis.refuse(region, {
      start: token.start,
      end: token.end,
      kind: 'dataset',
      code: 'dynamic-name',
      reason: `a statement that names ${mapping.table.from} is built in a string`,
      cause: mapping.cause(),
      tables: [],
    });
  }
}
