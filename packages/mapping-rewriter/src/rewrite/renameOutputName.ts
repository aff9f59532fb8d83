import { Query } from '../sql/ast';
import { Analysis } from './Analysis';
import { RenamedOutput, renamedOutput } from './outputs';
import { Region } from './Region';

/** Gives a name that means an output column of a query, outside that query, the column's new name. */
export function renameOutputName(
  analysis: Analysis,
  region: Region,
  query: Query,
  string: { value: string; start: number; end: number },
): void {
  const { target } = analysis.resolver.lookupQuery(
    query,
    string.value.toLowerCase(),
  );
  let renamed: { newName: string; cause: string } | undefined;
  let split: RenamedOutput | undefined;
  if (target.kind === 'column') {
    const use = analysis.old(target.table);
    const change = use?.mapping.change(target.path);
    if (change && change.kind !== 'keep' && change.to) {
      renamed = {
        newName: change.to[change.to.length - 1],
        cause: change.cause,
      };
    }
  } else if (target.kind === 'item') {
    const output = renamedOutput(analysis, target);
    renamed = output && { newName: output.newName, cause: output.change.cause };
    split = output?.split ? output : undefined;
  }
  if (split) {
    refuseSplit(analysis, region, string, split);
    return;
  }
  if (renamed && renamed.newName !== string.value) {
    analysis.edit(region, {
      start: string.start,
      end: string.end,
      newText: renamed.newName,
      kind: 'column',
      cause: renamed.cause,
      reason: `the output column ${string.value} is now ${renamed.newName}`,
      confidence: 'certain',
    });
  }
}

/** A name that would mean different columns, depending on where it comes from, keeps its table where it is. */
export function refuseSplit(
  analysis: Analysis,
  region: Region,
  span: { start: number; end: number },
  { change, table }: RenamedOutput,
): void {
  analysis.refuse(region, {
    start: span.start,
    end: span.end,
    kind: 'column',
    code: 'ambiguous',
    reason:
      'the queries that the column may come from would give it different names or types',
    cause: change.cause,
    tables: [table],
  });
}
