import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import CheckCircleOutlineIcon from '@material-ui/icons/CheckCircleOutline';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign, TargetState } from '@skein/plugin-campaigns-common';
import { useOpenFeedbackCount } from '../../../data/contextQueries';
import { useTargets } from '../../../data/queries';
import { targetLabel } from '../../../format/repository';
import { countOf } from '../../../format/words';
import { campaignRouteRef, targetRouteRef } from '../../../routes';
import { targetStatePresentations } from '../../../states/targetStates';
import { Loadable, SectionCard, TargetStateChip } from '../../shared';
import { useContextPaths } from '../context';
import { useTargetsLink } from '../useTargetsLink';

const attentionStates: TargetState[] = [
  'needsHuman',
  'overBudget',
  'driftedBack',
  'reverted',
];
const mostShown = 6;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    padding: theme.spacing(1, 0),
    borderBottom: `1px solid ${theme.palette.divider}`,
    '&:last-child': { borderBottom: 'none' },
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
  calm: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
}));

/** What does not go on without a person, and why. */
export function AttentionCard(props: { campaign: Campaign }) {
  const classes = useStyles();
  const { campaign } = props;
  const campaignPath = useRouteRef(campaignRouteRef);
  const targetPath = useRouteRef(targetRouteRef);
  const targetsLink = useTargetsLink(campaign.name);
  const contextPaths = useContextPaths(campaign.name);
  const query = useTargets(campaign, {
    states: attentionStates,
    sort: 'updatedAt',
    order: 'desc',
    limit: mostShown,
  });
  const candidates = campaign.counts.candidate ?? 0;
  const proposed = campaign.counts.proposed ?? 0;
  const remarks = useOpenFeedbackCount(campaign) ?? 0;

  return (
    <SectionCard title="Needs a person">
      <Loadable
        query={query}
        skeleton={[0, 1, 2].map(row => (
          <Skeleton key={row} height={44} />
        ))}
      >
        {({ items, totalItems }) =>
          totalItems + candidates + proposed + remarks === 0 ? (
            <Typography variant="body2" className={classes.calm}>
              <CheckCircleOutlineIcon fontSize="small" aria-hidden />
              Nothing waits for a decision.
            </Typography>
          ) : (
            <ul className={classes.list}>
              {proposed > 0 && (
                <li className={classes.item}>
                  <Link to={targetsLink({ states: ['proposed'] })}>
                    {countOf(proposed, 'change waits', 'changes wait')} for
                    approval
                  </Link>
                </li>
              )}
              {candidates > 0 && (
                <li className={classes.item}>
                  <Link to={`${campaignPath({ name: campaign.name })}/scope`}>
                    {countOf(candidates, 'candidate')} to take in or leave out
                  </Link>
                  {campaign.newcomers > 0 &&
                    `, ${campaign.newcomers} of them new since the launch`}
                </li>
              )}
              {remarks > 0 && (
                <li className={classes.item}>
                  <Link to={contextPaths.feedback}>
                    {countOf(remarks, 'remark')} of reviewers and agents
                  </Link>{' '}
                  to make lessons of
                </li>
              )}
              {items.map(target => (
                <li key={target.id} className={classes.item}>
                  <div className={classes.line}>
                    <Link
                      to={targetPath({
                        name: campaign.name,
                        targetId: target.id,
                      })}
                    >
                      {targetLabel(target)}
                    </Link>
                    <TargetStateChip state={target.state} />
                  </div>
                  <Typography variant="body2" color="textSecondary">
                    {target.stateReason ??
                      targetStatePresentations[target.state].explanation}
                  </Typography>
                </li>
              ))}
              {totalItems > items.length && (
                <li className={classes.item}>
                  <Link to={targetsLink({ states: attentionStates })}>
                    All {totalItems}
                  </Link>
                </li>
              )}
            </ul>
          )
        }
      </Loadable>
    </SectionCard>
  );
}
