import { Analysis } from './Analysis';
import { Region } from './Region';

/** A test that names a column of another table: `to: ref('users')`, `field: user_id`. */
export function analyzeFields(analysis: Analysis, region: Region): void {
  for (const { table, field } of region.fields) {
    const use = analysis.old(table);
    const value = region.content.slice(field.start, field.end);
    const change = use?.mapping.change(value.split('.'));
    if (!use || !change || change.kind === 'keep') {
      continue;
    }
    if (change.kind === 'rename') {
      analysis.edit(region, {
        ...field,
        newText: change.to.join('.'),
        kind: 'column',
        cause: change.cause,
        reason: `${value} is now ${change.to.join('.')}`,
        confidence: 'certain',
      });
    } else {
      analysis.refuse(region, {
        ...field,
        kind: 'column',
        code: change.kind === 'refuse' ? change.code : 'type-change',
        reason:
          change.kind === 'refuse'
            ? change.reason
            : `the values of ${value} change, and this test compares them`,
        cause: change.cause,
        tables: [table],
      });
    }
  }
}
