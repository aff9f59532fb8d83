import { CodeSearchQuery, RepositoryRef } from '@skein/plugin-campaigns-common';
import { lineageReasons, searchReasons } from './scopeReasons';
import {
  frameworkRule,
  out,
  repositoryRule,
  UNKNOWN_FRAMEWORK,
} from './scopeRules';
import {
  FileFinding,
  RepositoryContents,
  ScopeConsumer,
  ScopeDecision,
  ScopeInput,
  SearchHit,
} from './types';

/** A place with all that speaks for or against it. */
export interface ScopePlace {
  repository: RepositoryRef;
  path: string;
  framework: string;
  /** Nearest first. */
  consumers: ScopeConsumer[];
  hits: Array<{ query: CodeSearchQuery; provider: string; hit: SearchHit }>;
}

type Verdict = Pick<ScopeDecision, 'decision' | 'reason'>;
const within = (reason: string): Verdict => ({ decision: 'in', reason });
const outside = (reason: string): Verdict => ({ decision: 'out', reason });
const unsure = (reason: string): Verdict => ({ decision: 'unsure', reason });

/**
 * Decides one place. What the campaign excludes is out; then a direct consumer
 * or a resolved reference is in; then what nobody can tell is for a person; the
 * rest is out, with what was found.
 *
 * @param around - paths of other places inside this one, and whether code was searched at all
 */
export function decidePlace(
  spec: ScopeInput['spec'],
  place: ScopePlace,
  contents: RepositoryContents,
  around: { inside: string[]; searched: boolean },
): ScopeDecision {
  const { repository, path, framework } = place;
  const rule =
    repositoryRule(spec.scope, repository) ??
    (contents.state === 'read' && contents.archived
      ? out(
          'archived',
          `${repository.owner}/${repository.name} is archived: nothing can be changed there`,
        )
      : frameworkRule(spec.scope, framework));
  const verdict: Verdict = rule
    ? { decision: 'out', reason: rule.detail }
    : decideByEvidence(spec, place, contents, around);
  return {
    repository,
    path,
    framework,
    ...verdict,
    reasons: [
      ...lineageReasons(place.consumers),
      ...searchReasons(place.hits),
      ...(rule ? [rule] : []),
    ],
  };
}

function decideByEvidence(
  spec: ScopeInput['spec'],
  place: ScopePlace,
  contents: RepositoryContents,
  around: { inside: string[]; searched: boolean },
): Verdict {
  const findings = findingsOf(place, contents);
  const reads = of(findings, 'reads');
  const [nearest] = place.consumers;
  const direct = nearest?.consumer.node.depth === 1;
  if (!nearest && findings.length === 0) {
    return unsure(
      'The campaign names this repository, but neither lineage nor search finds the dataset in it',
    );
  }
  if (contents.state === 'unreadable') {
    return unsure(`The repository could not be read: ${contents.problem}`);
  }
  if (direct || reads.length > 0) {
    const evidence = describeReads(place, reads, around.searched);
    if (place.framework !== UNKNOWN_FRAMEWORK) return within(evidence);
    if ((spec.scope.frameworks.include ?? []).length > 0) {
      return unsure(
        `${evidence}, but its framework is not known, and the campaign takes in certain frameworks alone`,
      );
    }
    if (around.inside.length > 0) {
      return unsure(
        `${evidence}, outside of the folders that are targets of their own (${around.inside.join(
          ', ',
        )})`,
      );
    }
    return within(evidence);
  }
  const writes = of(findings, 'writes');
  if (writes.length > 0) {
    return unsure(
      `Writes the dataset that is retired: ${describePlaces(writes)}`,
    );
  }
  const unclear = of(findings, 'unclear');
  if (unclear.length > 0) {
    return unsure(
      `The name ${unclear[0][1].detail}: ${describePlaces(unclear)}`,
    );
  }
  if (nearest) return decideIndirect(spec, nearest);
  const other = of(findings, 'other');
  if (other.length > 0) {
    const names = [...new Set(other.map(([, finding]) => finding.detail))];
    return outside(
      `Names another dataset, ${names.join(', ')}: ${describePlaces(other)}`,
    );
  }
  return outside(
    `Named only ${findings[0][1].detail}: ${describePlaces(findings)}`,
  );
}

/** An indirect consumer is safe as long as the datasets between keep their columns. */
function decideIndirect(
  spec: ScopeInput['spec'],
  { consumer }: ScopeConsumer,
): Verdict {
  const read = consumer.path[consumer.path.length - 2].title;
  const renames = spec.transform.some(
    step => 'mapping' in step && step.mapping.outputs === 'rename',
  );
  return renames
    ? unsure(`Reads ${read}, whose columns this campaign renames`)
    : outside(`Reads ${read}, whose output stays the same`);
}

/** Findings by file, in path order. Files of a repository that was not read have none. */
function findingsOf(
  place: ScopePlace,
  contents: RepositoryContents,
): Array<[string, FileFinding]> {
  const lines = new Map<string, number[]>();
  for (const { hit } of place.hits) {
    lines.set(hit.path, [...(lines.get(hit.path) ?? []), hit.line]);
  }
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, found]) => [
      path,
      (contents.state === 'read' && contents.findings.get(path)) || {
        kind: 'unclear',
        detail: 'could not be looked at',
        lines: [...found].sort((a, b) => a - b),
      },
    ]);
}

function describeReads(
  place: ScopePlace,
  reads: Array<[string, FileFinding]>,
  searched: boolean,
): string {
  const [nearest] = place.consumers;
  if (nearest?.consumer.node.depth !== 1) {
    return `Found by code search: ${describePlaces(reads)}`;
  }
  const datasets = [
    ...new Set(
      place.consumers
        .filter(each => each.consumer.node.depth === 1)
        .map(each => each.consumer.path[0].title),
    ),
  ];
  const what = `Reads ${datasets.join(' and ')}`;
  if (reads.length > 0) return `${what}: ${describePlaces(reads)}`;
  return searched && place.hits.length === 0
    ? `${what}, says lineage; code search does not find the name there`
    : `${what}, says lineage`;
}

/** `a.sql:3 and 2 more places`. */
function describePlaces(findings: Array<[string, FileFinding]>): string {
  const places = findings.flatMap(([path, { lines }]) =>
    lines.length > 0 ? lines.map(line => `${path}:${line}`) : [path],
  );
  const more = places.length - 1;
  if (more === 0) return places[0];
  return `${places[0]} and ${more} more ${more === 1 ? 'place' : 'places'}`;
}

function of(
  findings: Array<[string, FileFinding]>,
  kind: FileFinding['kind'],
): Array<[string, FileFinding]> {
  return findings.filter(([, finding]) => finding.kind === kind);
}
