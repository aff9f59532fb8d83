import { useState } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign, Target, TargetState } from '@skein/plugin-campaigns-common';
import { useTargets } from '../../../data/queries';
import { targetLabel } from '../../../format/repository';
import { TargetAction } from '../../../states/targetActions';
import {
  ListPagination,
  Loadable,
  SectionCard,
  useCampaignPermissions,
} from '../../shared';
import { TargetActionDialog } from '../../TargetActionDialog';
import { ScopeItem } from './ScopeItem';

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
                  <ScopeItem
                    brief
                    target={target}
                    actions={actions}
                    permissions={permissions}
                    onAction={(action, chosen) =>
                      setPending({ action, target: chosen })
                    }
                  />
                </li>
              ))}
            </ul>
            <ListPagination
              totalItems={totalItems}
              page={page}
              pageSize={pageSize}
              onPage={setPage}
            />
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
