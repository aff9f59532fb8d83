import { ColumnChange } from '../mapping/ColumnChange';
import { OldUse } from '../resolve/Binding';
import { ColumnRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { ColumnResolution } from './analyzeColumns';
import {
  TextContext,
  conversionText,
  outer,
  renameChanges,
} from './columnText';
import { namesOutput } from './outputs';
import { renameQualifier } from './renameQualifier';

export function quoteOf(analysis: Analysis): '`' | '"' {
  return analysis.session.dialect === 'bigquery' ||
    analysis.session.dialect === 'spark'
    ? '`'
    : '"';
}

export function writeColumn(
  analysis: Analysis,
  region: Region,
  ref: ColumnRef,
  resolution: ColumnResolution,
  use: OldUse,
  change: ColumnChange & { kind: 'rename' | 'convert' },
  context: TextContext,
  renames: boolean,
  fail: (code: 'ambiguous' | 'type-change', reason: string) => void,
): void {
  const confidence = use.sure && resolution.sure ? 'certain' : 'likely';
  const push = (start: number, end: number, newText: string, reason: string) =>
    analysis.edit(region, {
      start,
      end,
      newText,
      kind: 'column',
      cause: change.cause,
      reason,
      confidence,
    });
  const last = ref.parts[ref.parts.length - 1];
  const oldName = region.content.slice(outer(last).start, outer(last).end);
  const as = /^[a-z]/.test(ref.scope.keyword) ? 'as' : 'AS';
  const keepsName = namesOutput(ref) && !renames;
  if (change.kind === 'rename') {
    const changes = renameChanges(
      ref,
      resolution,
      change.to,
      use.mapping,
      context,
    );
    if (!changes) {
      fail(
        'type-change',
        `${change.line.from} moves out of the record that it is read from here`,
      );
      return;
    }
    const newName = change.to[change.to.length - 1];
    const alias =
      keepsName && newName !== last.value ? ` ${as} ${oldName}` : '';
    const reason = `${change.line.from} is now ${change.to.join('.')}`;
    changes.forEach((one, i) => {
      const tail =
        i === changes.length - 1 && alias && ref.tail === one.end ? alias : '';
      push(one.start, one.end, one.newText + tail, reason);
    });
    const lastChange = changes[changes.length - 1];
    if (alias && lastChange && ref.tail !== lastChange.end) {
      push(ref.tail, ref.tail, alias, `${reason}; the output keeps its name`);
    }
    renameQualifier(analysis, region, resolution);
    return;
  }
  if (ref.indexed) {
    fail(
      'type-change',
      `${change.line.from} is read through an array element and cannot be converted there`,
    );
    return;
  }
  const converted = conversionText(resolution, change, use.mapping, context);
  if (converted === undefined) {
    fail(
      'type-change',
      `${change.line.from} is computed from columns outside the record that it is read from here`,
    );
    return;
  }
  if (
    region.host &&
    [...region.host.forbidden].some(character => converted.includes(character))
  ) {
    fail(
      'type-change',
      `the transform of ${change.line.from} holds characters that must not be written into this string`,
    );
    return;
  }
  const whole = ref.alone && ref.tail === ref.end;
  const text = whole || change.transform.atomic ? converted : `(${converted})`;
  const reason = change.to
    ? `${change.line.from} is now ${change.to.join('.')}`
    : `${change.line.from} is now computed`;
  const alias = keepsName ? ` ${as} ${oldName}` : '';
  if (alias && ref.tail !== ref.end) {
    push(ref.start, ref.end, text, reason);
    push(ref.tail, ref.tail, alias, `${reason}; the output keeps its name`);
  } else {
    push(ref.start, ref.end, text + alias, reason);
  }
}
