import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Target } from '@skein/plugin-campaigns-common';
import { targetLabel } from '../../format/repository';
import { campaignRouteRef, targetRouteRef } from '../../routes';
import { PullRequestStatus } from '../PullRequestStatus';
import { DenseTable, TargetStateChip } from '../shared';
import { ownerTask } from './ownerTask';

/** Targets with their state and pull request, and what the owners do next. */
export function MigrationsTable(props: {
  targets: Target[];
  showRepository: boolean;
}) {
  const campaignPath = useRouteRef(campaignRouteRef);
  const targetPath = useRouteRef(targetRouteRef);
  return (
    <DenseTable label="Migrations" minWidth={760}>
      <TableHead>
        <TableRow>
          <TableCell>Campaign</TableCell>
          <TableCell>{props.showRepository ? 'Target' : 'Path'}</TableCell>
          <TableCell>State</TableCell>
          <TableCell>Pull request</TableCell>
          <TableCell style={{ width: '34%' }}>What to do</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {props.targets.map(target => (
          <TableRow key={target.id} hover>
            <TableCell>
              <Link to={campaignPath({ name: target.campaignName })}>
                {target.campaignName}
              </Link>
            </TableCell>
            <TableCell style={{ overflowWrap: 'anywhere' }}>
              <Link
                to={targetPath({
                  name: target.campaignName,
                  targetId: target.id,
                })}
              >
                {props.showRepository
                  ? targetLabel(target)
                  : target.path || 'Whole repository'}
              </Link>
            </TableCell>
            <TableCell>
              <TargetStateChip state={target.state} />
            </TableCell>
            <TableCell>
              <PullRequestStatus target={target} />
            </TableCell>
            <TableCell>{ownerTask(target)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </DenseTable>
  );
}
