import { Scope, Source, Star, TableRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { quoteName } from './columnText';
import { refuseStar } from './refuseStar';

/** Gives the names in EXCEPT their new names. Returns the tables that it refused. */
export function rewriteExcept(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  star: Star,
  sources: Source[],
): Set<TableRef> {
  const refused = new Set<TableRef>();
  const { except } = star;
  if (!except) {
    return refused;
  }
  const gone = new Set<string>();
  let goneCause = '';
  for (const name of except.names) {
    for (const source of sources) {
      const { target, has } = analysis.resolver.lookup(
        source,
        scope,
        name.value?.toLowerCase() ?? '',
      );
      const use =
        target.kind === 'column' && has !== 'no'
          ? analysis.old(target.table)
          : undefined;
      if (!use || target.kind !== 'column') {
        continue;
      }
      const change = use.mapping.change(target.path);
      const to = change.kind === 'keep' ? undefined : change.to;
      const onlyDropped =
        change.kind === 'refuse' && change.code === 'dropped-column';
      if (change.kind === 'keep') {
        continue;
      }
      if (
        to?.length === 1 &&
        !(change.kind === 'refuse' && change.code === 'person-decides')
      ) {
        if (to[0] !== name.value) {
          analysis.edit(region, {
            start: name.start,
            end: name.end,
            newText: name.quoted ? to[0] : quoteName(to[0], '`'),
            kind: 'column',
            cause: change.cause,
            reason: `${name.value} is now ${to[0]}`,
            confidence: use.sure ? 'certain' : 'likely',
          });
        }
      } else if (onlyDropped) {
        gone.add(name.value!);
        goneCause = change.cause;
      } else {
        refused.add(target.table);
        refuseStar(
          analysis,
          region,
          star,
          target.table,
          `EXCEPT names ${name.value}, and what takes its place is not one column`,
        );
      }
    }
  }
  if (gone.size > 0) {
    dropNames(analysis, region, star, gone, goneCause);
  }
  return refused;
}

/** Takes columns that are gone out of EXCEPT; a name that does not exist is an error there. */
function dropNames(
  analysis: Analysis,
  region: Region,
  star: Star,
  gone: Set<string>,
  cause: string,
): void {
  const except = star.except!;
  const push = (start: number, end: number) =>
    analysis.edit(region, {
      start,
      end,
      newText: '',
      kind: 'column',
      cause,
      reason: 'the column is gone, so the star need not leave it out',
      confidence: 'certain',
    });
  if (gone.size === except.names.length) {
    let { start } = except;
    while (/[ \t]/.test(region.content[start - 1] ?? '')) {
      start -= 1;
    }
    push(start, except.end);
    return;
  }
  except.names.forEach((name, i) => {
    if (gone.has(name.value!)) {
      const next = except.names[i + 1];
      const previous = except.names[i - 1];
      const start = name.quoted ? name.start - 1 : name.start;
      const end = name.quoted ? name.end + 1 : name.end;
      const lastKept = except.names
        .slice(i + 1)
        .every(other => gone.has(other.value!));
      if (!lastKept && next) {
        push(start, next.quoted ? next.start - 1 : next.start);
      } else {
        push(previous.quoted ? previous.end + 1 : previous.end, end);
      }
    }
  });
}
