import { LineageNode } from '@skein/plugin-campaigns-common';
import { Document, isMap, isScalar } from 'yaml';
import { repositoryLabel } from '../format/repository';
import { shortDatasetName, shortEntityName } from '../format/words';
import { LineageFilter } from './lineageFilter';

/** What a person looked at when they began a campaign. */
export interface DraftScope {
  dataset: Pick<LineageNode, 'name' | 'ownerRef'>;
  /** In jobs. */
  depth: number;
  filter: LineageFilter;
  /** Jobs that the filter leaves. */
  consumers: LineageNode[];
}

/**
 * The campaign file that a person goes on from, with the scope that they looked
 * at. A campaign has no rule for owners: theirs are named by repository, as
 * lineage knows them now.
 */
export function draftCampaign(scope: DraftScope): string {
  const { dataset, depth, filter, consumers } = scope;
  const table = dataset.name.split('.').pop()!;
  const draft = new Document({
    apiVersion: 'skein/v1',
    kind: 'Campaign',
    name: `retire-${slug(table)}`,
    title: `Retire ${shortDatasetName(dataset.name)}`,
    owner: dataset.ownerRef ?? 'group:default/unknown',
    datasets: [
      {
        from: dataset.name,
        to: successorOf(dataset.name),
        mapping: `mappings/${slug(table)}.csv`,
      },
    ],
    scope: {
      lineage: { direction: 'downstream', depth },
      codeSearch: [{ query: table }],
      ...(filter.frameworks.length > 0 && {
        frameworks: { include: filter.frameworks },
      }),
      ...(filter.owners.length + filter.states.length > 0 && {
        repositories: { include: repositoriesOf(consumers) },
      }),
    },
  });
  if (!dataset.ownerRef) note(draft, ['owner'], ' who runs this campaign');
  note(draft, ['datasets', 0, 'to'], ' what takes its place');
  const owners = filter.owners.map(shortEntityName).join(', ');
  if (owners) {
    const repositories = draft.getIn(['scope', 'repositories'], true);
    if (isMap(repositories)) repositories.commentBefore = ` Those of ${owners}`;
  }
  return draft.toString({ lineWidth: 0 });
}

function note(draft: Document, path: Array<string | number>, comment: string) {
  const value = draft.getIn(path, true);
  if (isScalar(value)) value.comment = comment;
}

function repositoriesOf(consumers: LineageNode[]): string[] {
  const names = consumers.flatMap(({ repository }) =>
    repository ? [repositoryLabel(repository)] : [],
  );
  return [...new Set(names)].sort();
}

function successorOf(name: string): string {
  return /\d+$/.test(name)
    ? name.replace(/\d+$/, version => String(Number(version) + 1))
    : `${name}_v2`;
}

/** What a campaign may be called, from what a table may be called. */
function slug(table: string): string {
  const words = table.toLocaleLowerCase('en-US').replace(/[^a-z0-9]+/g, '-');
  return words.replace(/^-+|-+$/g, '').slice(0, 50) || 'dataset';
}
