import { useState } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import TablePagination from '@material-ui/core/TablePagination';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign, Target, TargetState } from '@skein/plugin-campaigns-common';
import { useTargets } from '../../../data/queries';
import { targetLabel } from '../../../format/repository';
import { targetRouteRef } from '../../../routes';
import {
  TargetAction,
  targetActionPresentations,
} from '../../../states/targetActions';
import { ReasonList } from '../../ReasonList';
import {
  ActionButton,
  Loadable,
  Owner,
  SectionCard,
  isActionPermitted,
  useCampaignPermissions,
} from '../../shared';
import { TargetActionDialog } from '../../TargetActionDialog';

const pageSize = 10;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
    padding: theme.spacing(1.5, 0),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', gap: theme.spacing(1), flex: 'none' },
}));

export interface ScopeListProps {
  campaign: Campaign;
  state: TargetState;
  title: string;
  explanation: string;
  empty: string;
  actions: TargetAction[];
}

/** Targets that are not in scope, with why, and what a person can say. */
export function ScopeList(props: ScopeListProps) {
  const classes = useStyles();
  const { campaign, state, actions } = props;
  const [page, setPage] = useState(0);
  const [pending, setPending] = useState<{
    action: TargetAction;
    target: Target;
  }>();
  const query = useTargets(campaign, {
    states: [state],
    sort: 'repository',
    offset: page * pageSize,
    limit: pageSize,
  });
  const targetPath = useRouteRef(targetRouteRef);
  const permissions = useCampaignPermissions(campaign.id);

  return (
    <SectionCard
      title={`${props.title} (${campaign.counts[state] ?? 0})`}
      subheader={props.explanation}
    >
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={80} />}
      >
        {({ items, totalItems }) => (
          <>
            {totalItems === 0 && (
              <Typography variant="body2">{props.empty}</Typography>
            )}
            <ul className={classes.list} aria-label={props.title}>
              {items.map(target => (
                <li key={target.id} className={classes.item}>
                  <div className={classes.words}>
                    <Link
                      to={targetPath({
                        name: campaign.name,
                        targetId: target.id,
                      })}
                    >
                      {targetLabel(target)}
                    </Link>
                    <Typography variant="caption" color="textSecondary">
                      {' '}
                      {target.framework}, <Owner ownerRef={target.ownerRef} />
                    </Typography>
                    {target.stateReason && (
                      <Typography variant="body2">
                        {target.stateReason}
                      </Typography>
                    )}
                    <ReasonList target={target} brief />
                  </div>
                  <div className={classes.buttons}>
                    {actions.map(action => (
                      <ActionButton
                        key={action}
                        size="small"
                        variant="outlined"
                        onClick={() => setPending({ action, target })}
                        unavailable={
                          isActionPermitted(action, permissions, true)
                            ? undefined
                            : 'You do not have the permission for this'
                        }
                      >
                        {action === 'skip'
                          ? 'Leave out'
                          : targetActionPresentations[action].label}
                      </ActionButton>
                    ))}
                  </div>
                </li>
              ))}
            </ul>
            {totalItems > pageSize && (
              <TablePagination
                component="div"
                count={totalItems}
                page={page}
                rowsPerPage={pageSize}
                rowsPerPageOptions={[pageSize]}
                onPageChange={(_event, next) => setPage(next)}
              />
            )}
          </>
        )}
      </Loadable>
      {pending && (
        <TargetActionDialog
          campaignName={campaign.name}
          action={pending.action}
          selection={{ targetIds: [pending.target.id] }}
          count={1}
          detail={`(${targetLabel(pending.target)})`}
          labels={new Map([[pending.target.id, targetLabel(pending.target)]])}
          onClose={() => setPending(undefined)}
        />
      )}
    </SectionCard>
  );
}
