import { useParams } from 'react-router-dom';
import { useRouteRef } from '@backstage/core-plugin-api';
import Skeleton from '@material-ui/lab/Skeleton';
import { useTarget } from '../../data/queries';
import { repositoryLabel } from '../../format/repository';
import { campaignRouteRef } from '../../routes';
import { Loadable, NoSandboxAlert, PageFrame } from '../shared';
import { TargetDetails } from './TargetDetails';

/** One target: why it is here, what was changed, how it was proven, and what comes next. */
export function TargetPage() {
  const { name = '', targetId = '' } = useParams();
  const campaignPath = useRouteRef(campaignRouteRef);
  const query = useTarget(targetId);
  const target = query.data;
  return (
    <PageFrame
      title={target ? repositoryLabel(target.repository) : 'Target'}
      subtitle={target?.path}
      parent={{ title: name, path: `${campaignPath({ name })}/targets` }}
    >
      <NoSandboxAlert />
      <Loadable
        query={query}
        skeleton={
          <>
            <Skeleton variant="rect" height={120} />
            <Skeleton height={60} />
            <Skeleton variant="rect" height={320} />
          </>
        }
      >
        {loaded => <TargetDetails target={loaded} query={query} />}
      </Loadable>
    </PageFrame>
  );
}
