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
  const byStatement = new Map<Statement, TableRef[]>();
  for (const table of region.tree.tables) {
    if (analysis.old(table)) {
      byStatement.set(table.statement, [
        ...(byStatement.get(table.statement) ?? []),
        table,
      ]);
    }
  }
  for (const [statement, tables] of byStatement) {
    const roots = new Map<string, TableRef[]>();
    for (const table of tables) {
      for (const root of analysis.old(table)!.mapping.changedRoots) {
        roots.set(root, [...(roots.get(root) ?? []), table]);
      }
    }
    for (const token of tokensOf(
      region.tokens,
      statement.start,
      statement.end,
    )) {
      const name = token.kind === 'word' ? token.text.toLowerCase() : undefined;
      const concerned = name === undefined ? undefined : roots.get(name);
      if (concerned && !region.tree.named.has(token.start)) {
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
  }
  refuseUnreadTables(analysis, region);
  refuseBuiltStatements(analysis, region);
}

/** `EXECUTE IMMEDIATE` of a string that names the table. */
function refuseBuiltStatements(analysis: Analysis, region: Region): void {
  for (const statement of region.tree.statements) {
    const strings =
      statement.verb === 'EXECUTE'
        ? tokensOf(region.tokens, statement.start, statement.end).filter(token => token.kind === 'string')
        : [];
    for (const token of strings) {
      const mapping = analysis.session.mappings.find(({ from }) => {
        const table = from[from.length - 1].replace(/\*$/, '');
        return table !== '' && new RegExp(`(?<!\\w)${table.replace(/[^\w]/g, '\\$&')}(?!\\w)`).test(token.text);
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
  }
}

function tokensOf(tokens: Token[], start: number, end: number): Token[] {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle].start < start) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  let last = low;
  while (last < tokens.length && tokens[last].start < end) {
    last += 1;
  }
  return tokens.slice(low, last);
}

/** Statements whose every name is read by a rule. */
const FOLLOWED = /^(WITH|SELECT|INSERT|UPDATE|DELETE|MERGE|CREATE|DROP|ALTER|TRUNCATE|\(|FROM|JOIN|VALUES|BEGIN|END|IF|THEN|ELSE|ELSEIF|LOOP|WHILE|DO|REPEAT|UNTIL|FOR|DECLARE|SET|RETURN|EXPORT|ASSERT|\{\{.*)$/s;

/** `dataset.table` in a place that no rule reads as a table. */
function refuseUnreadTables(analysis: Analysis, region: Region): void {
  const { mappings, options, dialect } = analysis.session;
  const { tokens } = region;
  const read = new Set(region.tree.tables.map(table => table.start));
  const unclear = region.tree.statements.filter(
    statement => statement.problem || !FOLLOWED.test(statement.verb),
  );
  const isRead = (start: number) =>
    unclear.some(statement => statement.start <= start && start < statement.end)
      ? read.has(start)
      : region.tree.named.has(start);
  for (let i = 0; i < tokens.length; i++) {
    const parts =
      isRead(tokens[i].start) || tokens[i - 1]?.text === '.'
        ? []
        : nameAt(tokens, i);
    if (parts.length < 2) {
      continue;
    }
    const mapping = mappings.find(
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
