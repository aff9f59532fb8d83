import { useCallback, useEffect, useMemo, useState } from 'react';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { LineageGraph, LineageNode } from '@skein/plugin-campaigns-common';
import { useCampaignsData } from '../../data/CampaignsDataProvider';
import { errorMessage } from '../../data/errorMessage';
import { mergeLineage } from '../../lineage/mergeLineage';
import { Question } from './LineageQuestion';

interface Beyond {
  from: LineageNode;
  graph: LineageGraph;
}

/**
 * A graph with what people looked for beyond its end: the datasets of the last
 * step may have consumers that were not asked for.
 */
export function useLineageBeyond(
  asked: LineageGraph | undefined,
  { direction, depth }: Question,
) {
  const { api } = useCampaignsData();
  const alertApi = useApi(alertApiRef);
  const [found, setFound] = useState<Beyond[]>([]);
  useEffect(() => setFound([]), [direction, depth]);

  const graph = useMemo(
    () =>
      asked &&
      found.reduce((all, it) => mergeLineage(all, it.graph, it.from), asked),
    [asked, found],
  );
  const ends = useMemo(() => {
    const lookedAt = new Set(found.map(({ from }) => from.id));
    const deepest = new Map<string, LineageNode>();
    for (const node of graph?.nodes ?? []) {
      const isEnd = node.kind === 'dataset' && node.depth >= depth;
      if (isEnd && !lookedAt.has(node.id)) deepest.set(node.id, node);
    }
    return deepest;
  }, [graph, found, depth]);

  const isUnknownBeyond = useCallback((id: string) => ends.has(id), [ends]);
  const lookBeyond = useCallback(
    async (id: string) => {
      const from = ends.get(id);
      // Of both ways, the way on from what a dataset leads to is downstream.
      const way = direction === 'both' ? 'downstream' : direction;
      if (!from) return;
      try {
        const more = await api.getLineage({
          dataset: from.name,
          direction: way,
          depth: 1,
        });
        setFound(current => [...current, { from, graph: more }]);
        if (more.nodes.length <= 1) {
          alertApi.post({
            message: `Nothing is known beyond ${from.title}.`,
            severity: 'info',
            display: 'transient',
          });
        }
      } catch (error) {
        alertApi.post({
          message: errorMessage(error as Error),
          severity: 'error',
        });
      }
    },
    [api, alertApi, direction, ends],
  );
  return { graph, isUnknownBeyond, lookBeyond };
}
