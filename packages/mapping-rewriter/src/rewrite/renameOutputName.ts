import { Query } from '../sql/ast';
import { Analysis } from './Analysis';
import { renamedOutput } from './outputs';
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
    const output = renamedOutput(analysis, {
      ...target,
      own: [],
      qualifier: [],
    });
    renamed = output && { newName: output.newName, cause: output.change.cause };
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
