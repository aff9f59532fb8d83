import { NamePart, Scope, Source } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { Side, lower, providerOf, sideOf } from './sideOf';

/** Rewrites or refuses the columns that USING names. */
export function analyzeUsings(
  analysis: Analysis,
  region: Region,
  scope: Scope,
): void {
  scope.sources.forEach((source, index) => {
    if (source.using) {
      analyzeUsing(analysis, region, scope, index);
    }
  });
}

function analyzeUsing(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  index: number,
): void {
  const { using } = scope.sources[index];
  const concerned = using!.names.flatMap(name => {
    const sides = scope.sources
      .slice(0, index + 1)
      .flatMap(source => sideOf(analysis, scope, source, lower(name)) ?? []);
    const provider = providerOf(analysis, scope, index, lower(name));
    const matters = sides.filter(
      ({ source }) =>
        provider === undefined ||
        source === provider ||
        source === scope.sources[index],
    );
    return matters.length > 0 ? [{ name, sides: matters }] : [];
  });
  if (concerned.length === 0) {
    return;
  }
  const renamed = concerned.map(({ name, sides }) => ({
    name,
    newName: sameNewName(analysis, scope, index, name, sides),
  }));
  if (renamed.every(({ newName }) => newName !== undefined)) {
    concerned.forEach(({ name, sides }, i) => {
      const { change } = sides[0];
      analysis.edit(region, {
        start: name.start,
        end: name.end,
        newText: renamed[i].newName!,
        kind: 'column',
        cause: change.kind === 'keep' ? '' : change.cause,
        reason: `${name.value} is now ${renamed[i].newName} on both sides`,
        confidence: 'certain',
      });
    });
    return;
  }
  const refuse = (reason: string) =>
    refuseUsing(analysis, region, concerned, reason);
  const text = conditionText(analysis, region, scope, index, refuse);
  if (text === undefined) {
    return;
  }
  const { change } = concerned[0].sides[0];
  analysis.edit(region, {
    start: using!.start,
    end: using!.end,
    newText: text,
    kind: 'column',
    cause: change.kind === 'keep' ? '' : change.cause,
    reason:
      'the joined columns no longer have the same name or type on both sides',
    confidence: 'certain',
  });
}

/** The new name, where a column is renamed alike on all sides of a join. */
function sameNewName(
  analysis: Analysis,
  scope: Scope,
  index: number,
  name: NamePart,
  sides: Side[],
): string | undefined {
  const names = new Set(
    sides.map(({ change }) =>
      change.kind === 'rename' && change.to.length === 1
        ? change.to[0]
        : undefined,
    ),
  );
  const [newName] = names;
  const everywhere = scope.sources.filter(
    source =>
      source === scope.sources[index] ||
      source === providerOf(analysis, scope, index, lower(name)),
  );
  const complete =
    sides.length === everywhere.length && everywhere.length === 2;
  return names.size === 1 && complete ? newName : undefined;
}

function refuseUsing(
  analysis: Analysis,
  region: Region,
  concerned: { name: NamePart; sides: Side[] }[],
  reason: string,
): void {
  for (const { name, sides } of concerned) {
    for (const { change, table } of sides) {
      analysis.refuse(region, {
        start: name.start,
        end: name.end,
        kind: 'column',
        code: change.kind === 'refuse' ? change.code : 'ambiguous',
        reason: change.kind === 'refuse' ? change.reason : reason,
        cause: change.kind === 'keep' ? undefined : change.cause,
        tables: [table],
      });
    }
  }
}

/** `ON` with the value of each side; undefined, after a refusal, where it cannot be written. */
function conditionText(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  index: number,
  refuse: (reason: string) => void,
): string | undefined {
  const right = scope.sources[index];
  if (right.join !== 'inner' && right.join !== 'left') {
    refuse(
      `a ${right.join} join merges the columns of USING in a way that ON does not`,
    );
    return undefined;
  }
  if (
    scope.items.some(
      item =>
        item.star && item.star.qualifier.every(part => part.value === '*'),
    )
  ) {
    refuse(
      'the star shows the column of USING once, and ON would show it twice',
    );
    return undefined;
  }
  const conditions: string[] = [];
  const providers: [string, Source][] = [];
  for (const name of right.using!.names) {
    const left = providerOf(analysis, scope, index, lower(name));
    const values = left && [
      valueText(analysis, region, scope, left, name),
      valueText(analysis, region, scope, right, name),
    ];
    if (!left || values!.some(value => value === undefined)) {
      refuse(
        left
          ? `${name.value} changes, and its sides have no alias`
          : `it is not clear which table ${name.value} comes from`,
      );
      return undefined;
    }
    conditions.push(values!.join(' = '));
    providers.push([lower(name), left]);
  }
  const merged = analysis.merged.get(scope) ?? new Map<string, Source>();
  providers.forEach(([name, left]) => merged.set(name, left));
  analysis.merged.set(scope, merged);
  const lowerCase = /^[a-z]/.test(region.content.slice(right.using!.start));
  return `${lowerCase ? 'on' : 'ON'} ${conditions.join(
    lowerCase ? ' and ' : ' AND ',
  )}`;
}

function valueText(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  source: Source,
  name: NamePart,
): string | undefined {
  const alias = analysis.newAlias(region, source);
  if (alias === undefined) {
    return undefined;
  }
  const side = sideOf(analysis, scope, source, lower(name));
  if (!side) {
    return `${alias}.${region.content.slice(
      name.quoted ? name.start - 1 : name.start,
      name.quoted ? name.end + 1 : name.end,
    )}`;
  }
  if (side.change.kind === 'rename') {
    return `${alias}.${side.change.to.join('.')}`;
  }
  if (side.change.kind !== 'convert') {
    return undefined;
  }
  const { text, reads, atomic } = side.change.transform;
  let out = '';
  let at = 0;
  for (const read of [...reads].sort((a, b) => a.start - b.start)) {
    out += `${text.slice(at, read.start)}${alias}.`;
    at = read.start;
  }
  out += text.slice(at);
  return atomic ? out : `(${out})`;
}
