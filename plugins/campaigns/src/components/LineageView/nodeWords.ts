import { LineageNode } from '@skein/plugin-campaigns-common';
import { countOf, shortDatasetName, shortEntityName } from '../../format/words';
import { PictureBox } from '../../lineage/types';
import { targetStateLabel } from '../../states/targetStates';

/** What a node is called. */
export function nodeTitle({ kind, title }: LineageNode): string {
  return kind === 'dataset' ? shortDatasetName(title) : title;
}

/** `dataset`, or the framework of a job. */
export function nodeKind({ kind, framework }: LineageNode): string {
  return kind === 'dataset' ? 'dataset' : framework ?? 'job';
}

/** Kind, state and owner in one line. */
export function describeNode(node: LineageNode): string {
  return [
    node.migration ? targetStateLabel(node.migration.state) : nodeKind(node),
    node.ownerRef && shortEntityName(node.ownerRef),
  ]
    .filter(Boolean)
    .join(', ');
}

/** What several nodes as one are called: their team, or their framework. */
export function groupTitle(key: string): string {
  return key === '' ? 'Not known' : shortEntityName(key);
}

/** `143 consumers`. */
export function countMembers({ kind, members }: PictureBox): string {
  return countOf(members.length, kind === 'dataset' ? 'dataset' : 'consumer');
}

/** All that the box shows, for those who hear it. */
export function boxLabel(box: PictureBox, node: LineageNode | undefined) {
  const words =
    box.groupKey === undefined && node
      ? [nodeTitle(node), nodeKind(node), describeNode(node)]
      : [groupTitle(box.groupKey ?? ''), countMembers(box)];
  if (node) words.push(`step ${node.depth}`);
  if (box.hidden > 0) words.push(`${box.hidden} more hidden`);
  return [...new Set(words)].join(', ');
}
