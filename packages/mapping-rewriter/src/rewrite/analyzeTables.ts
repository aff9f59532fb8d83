import { OldUse } from '../resolve/Binding';
import { Scope, Statement, TableRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { isCteName } from './isCteName';
import { Region } from './Region';
import { nameKey } from '../sql/cteNames';

/** Rewrites or refuses the table references of a text. */
export function analyzeTables(analysis: Analysis, region: Region): void {
  const byStatement = new Map<Statement, TableRef[]>();
  for (const table of region.tree.tables) {
    const use = analysis.old(table);
    if (!use || isCteName(table)) {
      continue;
    }
    byStatement.set(table.statement, [
      ...(byStatement.get(table.statement) ?? []),
      table,
    ]);
    if (use.unclear !== undefined) {
      refuseTable(
        analysis,
        region,
        table,
        use,
        'dynamic-name',
        `this may be ${use.mapping.table.from}: ${use.unclear}`,
      );
    } else if (table.use === 'argument' && use.mapping.hasChanges) {
      refuseTable(
        analysis,
        region,
        table,
        use,
        'star-output',
        `all columns of ${use.mapping.table.from} are given to a function, and some of them change`,
      );
    } else {
      moveTable(analysis, region, use);
      keepAlias(analysis, region, table, use);
    }
  }
  refuseLostNames(analysis, region);
  for (const [statement, tables] of byStatement) {
    refuseStatement(analysis, region, statement, tables);
  }
}

function refuseTable(
  analysis: Analysis,
  region: Region,
  table: TableRef,
  use: OldUse,
  code: 'dynamic-name' | 'star-output' | 'writes-dataset' | 'unparsable',
  reason: string,
  others: TableRef[] = [],
): void {
  analysis.refuse(region, {
    start: table.start,
    end: table.end,
    kind: use.kind,
    code,
    reason,
    cause: use.cause,
    tables: [table, ...others],
  });
}

/** A WITH name out of sight: Jinja has cut the statement in a way that is not followed. */
function refuseLostNames(analysis: Analysis, region: Region): void {
  if (!region.jinja.some(part => part.kind === 'tag')) {
    return;
  }
  const ctes = new Map(
    region.tree.ctes.map(cte => [nameKey(cte.name), cte] as const),
  );
  for (const table of region.tree.tables) {
    const cte =
      table.parts.length === 1 && !table.call && !isCteName(table)
        ? ctes.get(nameKey(table.parts[0]))
        : undefined;
    const { query } = cte ?? {};
    for (const inner of query ? region.tree.tables : []) {
      const use = analysis.old(inner);
      if (use && query!.start <= inner.start && inner.end <= query!.end) {
        refuseTable(
          analysis,
          region,
          inner,
          use,
          'unparsable',
          `${
            cte!.name.value ?? 'a name'
          } of the WITH clause is read where the rewriter does not follow the statement`,
        );
      }
    }
  }
}

/** What makes a reference name the successor. */
export function moveTable(
  analysis: Analysis,
  region: Region,
  use: OldUse,
): void {
  for (const change of use.changes) {
    analysis.edit(region, {
      ...change,
      kind: use.kind,
      cause: use.cause,
      reason: `${use.mapping.table.from} is replaced by ${use.mapping.table.to}`,
      confidence: use.sure ? 'certain' : 'likely',
    });
  }
}

function keepAlias(
  analysis: Analysis,
  region: Region,
  table: TableRef,
  use: OldUse,
): void {
  const source = table.scope?.sources.find(s => s.table === table);
  if (source && analysis.keepsAlias(source)) {
    const as = /^[a-z]/.test(table.scope!.keyword) ? 'as' : 'AS';
    analysis.edit(region, {
      start: source.nameEnd,
      end: source.nameEnd,
      newText: ` ${as} ${use.implicitAlias!.before}`,
      kind: use.kind,
      cause: use.cause,
      reason: `another table goes by the name ${use.implicitAlias!.after} here`,
      confidence: use.sure ? 'certain' : 'likely',
    });
  }
}

/** `FROM t, t.items`: the array follows its new name. */
export function analyzeArrays(
  analysis: Analysis,
  region: Region,
  scope: Scope,
): void {
  for (const source of scope.sources) {
    const path = analysis.resolver.correlatedPath(source, scope);
    const use = path?.kind === 'column' ? analysis.old(path.table) : undefined;
    if (path?.kind !== 'column' || !use) {
      continue;
    }
    const change = use.mapping.container(path.path);
    if (change.kind === 'rename' && change.to.length === path.own.length) {
      path.own.forEach((part, i) => {
        if (part.value !== change.to[i]) {
          analysis.edit(region, {
            start: part.start,
            end: part.end,
            newText: change.to[i],
            kind: 'column',
            cause: change.cause,
            reason: `${path.path.join('.')} is now ${change.to.join('.')}`,
            confidence: use.sure ? 'certain' : 'likely',
          });
        }
      });
    } else if (change.kind !== 'keep') {
      analysis.refuse(region, {
        start: source.start,
        end: source.nameEnd,
        kind: 'column',
        code: change.kind === 'refuse' ? change.code : 'type-change',
        reason:
          change.kind === 'refuse'
            ? change.reason
            : `${path.path.join('.')} cannot be read as a table any more`,
        cause: change.cause,
        tables: [path.table],
      });
    }
  }
}

/**
 * Whether the name of the table is all that changes, whatever the statement says:
 * no column changes, nothing else in the text depends on the name, and it cannot
 * be that of a WITH query or of an array.
 */
function movesAlone(region: Region, table: TableRef, use: OldUse): boolean {
  const { before, after } = use.implicitAlias ?? {};
  return (
    table.use === 'from' &&
    (table.call !== undefined ||
      table.parts.length > (table.statement.problem?.pipe ? 1 : 2)) &&
    use.unclear === undefined &&
    !use.mapping.hasChanges &&
    (before === after ||
      !region.tokens.some(
        (token, i) =>
          token.text.toLowerCase() === before?.toLowerCase() &&
          region.tokens[i + 1]?.text === '.' &&
          (token.start < table.start || token.end > table.end),
      ))
  );
}

/** Where a whole dataset is renamed, what builds it takes the new name too. */
export function movesWithDefinition(analysis: Analysis, use: OldUse): boolean {
  return (
    analysis.session.options.definitions === 'move' && !use.mapping.hasChanges
  );
}

/** A statement that writes the deprecated dataset, or cannot be followed, stays as it is. */
function refuseStatement(
  analysis: Analysis,
  region: Region,
  statement: Statement,
  tables: TableRef[],
): void {
  const written = statement.writes.filter(table => {
    const use = analysis.old(table);
    return use && !movesWithDefinition(analysis, use);
  });
  for (const table of written) {
    const use = analysis.old(table)!;
    const verb = statement.verb.toLowerCase();
    refuseTable(
      analysis,
      region,
      table,
      use,
      'writes-dataset',
      `this ${verb} statement writes ${use.mapping.table.from}; its producer must move first`,
      tables,
    );
  }
  if (statement.problem && written.length === 0) {
    const reads = tables.every(table => table.use === 'from');
    for (const table of tables) {
      const use = analysis.old(table)!;
      if (reads && movesAlone(region, table, use)) {
        continue;
      }
      refuseTable(
        analysis,
        region,
        table,
        use,
        'unparsable',
        `the statement could not be followed: ${statement.problem.reason}`,
      );
    }
  }
}
