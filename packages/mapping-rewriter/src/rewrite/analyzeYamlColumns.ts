import { YAMLMap } from 'yaml';
import { CompiledTable } from '../mapping/CompiledTable';
import { SourceEntry } from '../project/DbtProject';
import {
  child,
  isMap,
  isScalar,
  items,
  text,
  textSpan,
} from '../project/YamlFile';
import { Analysis } from './Analysis';
import { Region } from './Region';

/** Gives the columns that a YAML entry describes and tests their new names. */
export function analyzeYamlColumns(
  analysis: Analysis,
  region: Region,
  file: SourceEntry['file'],
  owner: YAMLMap,
  mapping: CompiledTable,
): void {
  for (const column of items(child(owner, 'columns'))) {
    const node = child(column, 'name');
    const name = text(node);
    const span = textSpan(file, node);
    const change =
      name === undefined ? undefined : mapping.change(name.split('.'));
    if (!span || !change || change.kind === 'keep') {
      continue;
    }
    if ((change.kind === 'rename' || change.kind === 'convert') && change.to) {
      analysis.edit(region, {
        ...span,
        newText: change.to.join('.'),
        kind: 'column',
        cause: change.cause,
        reason: `${name} is now ${change.to.join('.')}`,
        confidence: 'certain',
      });
      if (change.kind === 'convert') {
        refuseValueTests(analysis, region, column, change.cause, name!);
      }
    } else {
      analysis.refuse(region, {
        ...span,
        kind: 'column',
        code: change.kind === 'refuse' ? change.code : 'no-inverse',
        reason:
          change.kind === 'refuse'
            ? change.reason
            : `${name} is computed from several columns now`,
        cause: change.cause,
        tables: [],
      });
    }
  }
  const loaded = child(owner, 'loaded_at_field');
  const span = textSpan(file, loaded);
  const change = span ? mapping.change(text(loaded)!.split('.')) : undefined;
  if (span && change?.kind === 'rename') {
    analysis.edit(region, {
      ...span,
      newText: change.to.join('.'),
      kind: 'column',
      cause: change.cause,
      reason: `${text(loaded)} is now ${change.to.join('.')}`,
      confidence: 'certain',
    });
  } else if (span && change && change.kind !== 'keep') {
    analysis.refuse(region, {
      ...span,
      kind: 'column',
      code: change.kind === 'refuse' ? change.code : 'type-change',
      reason:
        change.kind === 'refuse'
          ? change.reason
          : `${text(loaded)} is computed now`,
      cause: change.cause,
      tables: [],
    });
  }
}

/** Tests that hold values of a column whose values change. */
function refuseValueTests(
  analysis: Analysis,
  region: Region,
  column: unknown,
  cause: string,
  name: string,
): void {
  for (const key of ['tests', 'data_tests']) {
    for (const test of items(child(column, key))) {
      const first = isMap(test) ? test.items[0] : undefined;
      const range = isScalar(first?.key) ? first!.key.range : undefined;
      if (
        range &&
        /accepted_values|accepted_range|relationships|expression/.test(
          String(first && isScalar(first.key) ? first.key.value : ''),
        )
      ) {
        analysis.refuse(region, {
          start: range[0],
          end: range[1],
          kind: 'column',
          code: 'type-change',
          reason: `this test holds values of ${name}, which change`,
          cause,
          tables: [],
        });
      }
    }
  }
}
