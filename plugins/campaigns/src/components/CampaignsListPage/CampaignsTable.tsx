import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Paper from '@material-ui/core/Paper';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TablePagination from '@material-ui/core/TablePagination';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { CampaignSummary } from '@skein/plugin-campaigns-common';
import { countOf, shortDatasetName } from '../../format/words';
import { campaignRouteRef } from '../../routes';
import { countDone, sharePercent } from '../../states/countStates';
import { CampaignStateChip, DenseTable, Owner, StateBar } from '../shared';
import { Deadline } from './Deadline';

const useStyles = makeStyles({
  title: { fontWeight: 600 },
  dataset: { display: 'block', overflowWrap: 'anywhere' },
});

export interface CampaignsTableProps {
  campaigns: CampaignSummary[];
  totalItems: number;
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
  onPageSize: (pageSize: number) => void;
}

export function CampaignsTable(props: CampaignsTableProps) {
  return (
    <Paper>
      <DenseTable label="Campaigns" minWidth={720} fixed>
        <TableHead>
          <TableRow>
            <TableCell style={{ width: '27%' }}>Campaign</TableCell>
            <TableCell style={{ width: 122 }}>State</TableCell>
            <TableCell style={{ width: '24%' }}>Datasets</TableCell>
            <TableCell>Progress</TableCell>
            <TableCell style={{ width: 116 }}>Deadline</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.campaigns.map(campaign => (
            <CampaignRow key={campaign.id} campaign={campaign} />
          ))}
          {props.campaigns.length === 0 && (
            <TableRow>
              <TableCell colSpan={5} align="center">
                No campaign matches
              </TableCell>
            </TableRow>
          )}
        </TableBody>
      </DenseTable>
      <TablePagination
        component="div"
        count={props.totalItems}
        page={props.page}
        rowsPerPage={props.pageSize}
        rowsPerPageOptions={[20, 50, 100]}
        onPageChange={(_event, page) => props.onPage(page)}
        onRowsPerPageChange={event =>
          props.onPageSize(Number(event.target.value))
        }
      />
    </Paper>
  );
}

function CampaignRow(props: { campaign: CampaignSummary }) {
  const classes = useStyles();
  const campaignPath = useRouteRef(campaignRouteRef);
  const { campaign } = props;
  const done = countDone(campaign.counts);
  return (
    <TableRow hover>
      <TableCell>
        <Link
          to={campaignPath({ name: campaign.name })}
          className={classes.title}
        >
          {campaign.title}
        </Link>
        <Typography variant="caption" color="textSecondary" display="block">
          {campaign.name}, <Owner ownerRef={campaign.ownerRef} hideIcon />
        </Typography>
      </TableCell>
      <TableCell>
        <CampaignStateChip
          state={campaign.state}
          reason={campaign.stateReason}
        />
      </TableCell>
      <TableCell>
        {campaign.datasets.map(({ from, to }) => (
          <span
            key={from}
            className={classes.dataset}
            title={`${from} → ${to}`}
          >
            {shortDatasetName(from)}
            <br />
            →&nbsp;{shortDatasetName(to)}
          </span>
        ))}
      </TableCell>
      <TableCell>
        <StateBar counts={campaign.counts} />
        <Typography variant="caption" color="textSecondary">
          {campaign.inScope === 0
            ? scopeLine(campaign)
            : `${sharePercent(
                done,
                campaign.inScope,
              )} % done, ${done} of ${countOf(campaign.inScope, 'target')}`}
        </Typography>
      </TableCell>
      <TableCell>
        <Deadline
          deadline={campaign.deadline}
          over={
            campaign.state === 'completed' || campaign.state === 'cancelled'
          }
        />
      </TableCell>
    </TableRow>
  );
}

function scopeLine({ scope }: CampaignSummary): string {
  if (scope.state === 'computing') return scope.message ?? 'Finding targets…';
  if (scope.state === 'failed') {
    return scope.message ?? 'The scope could not be computed';
  }
  return 'No targets in scope';
}
