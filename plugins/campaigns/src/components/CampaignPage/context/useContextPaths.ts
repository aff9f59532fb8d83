import { useMemo } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { campaignRouteRef } from '../../../routes';

/** Addresses of what the context tab shows, so that links can be sent. */
export function useContextPaths(campaignName: string) {
  const campaignPath = useRouteRef(campaignRouteRef);
  const root = `${campaignPath({ name: campaignName })}/context`;
  return useMemo(() => {
    const part = encodeURIComponent;
    const pair = (base: string, head: string) =>
      new URLSearchParams({ base, head }).toString();
    const evaluation = (id: string) => `${root}/evaluations/${part(id)}`;
    return {
      revisions: root,
      revision: (id: string) => `${root}/revisions/${part(id)}`,
      compareRevisions: (base: string, head: string) =>
        `${root}/revisions/compare?${pair(base, head)}`,
      evaluations: `${root}/evaluations`,
      evaluation,
      compareEvaluations: (base: string, head: string) =>
        `${root}/evaluations/compare?${pair(base, head)}`,
      trial: (evaluationId: string, jobId: string) =>
        `${evaluation(evaluationId)}/trials/${part(jobId)}`,
      feedback: `${root}/feedback`,
    };
  }, [root]);
}
