import { useState } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { Activity, Campaign } from '@skein/plugin-campaigns-common';
import { useActivity } from '../../../data/queries';
import { formatAgeOf, formatTime } from '../../../format/time';
import { shortEntityName } from '../../../format/words';
import { targetRouteRef } from '../../../routes';
import { ListPagination, Loadable, SectionCard, useNow } from '../../shared';

const pageSize = 10;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: '96px 160px 1fr',
    gap: theme.spacing(2),
    padding: theme.spacing(0.75, 0),
    overflowWrap: 'anywhere',
  },
}));

/** Who did what, newest first. */
export function ActivityCard(props: { campaign: Campaign }) {
  const classes = useStyles();
  const { campaign } = props;
  const [page, setPage] = useState(0);
  const query = useActivity(campaign, {
    offset: page * pageSize,
    limit: pageSize,
  });
  const now = useNow(30_000);
  return (
    <SectionCard title="Activity">
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={160} />}
      >
        {({ items, totalItems }) =>
          totalItems === 0 ? (
            <Typography variant="body2">Nothing has happened yet.</Typography>
          ) : (
            <>
              <ul className={classes.list}>
                {items.map(activity => (
                  <li key={activity.id} className={classes.item}>
                    <Typography
                      variant="body2"
                      color="textSecondary"
                      title={formatTime(activity.at)}
                    >
                      {formatAgeOf(activity.at, now)}
                    </Typography>
                    <Typography variant="body2">
                      {actorName(activity.actor)}
                    </Typography>
                    <ActivityMessage activity={activity} name={campaign.name} />
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
          )
        }
      </Loadable>
    </SectionCard>
  );
}

function ActivityMessage(props: { activity: Activity; name: string }) {
  const targetPath = useRouteRef(targetRouteRef);
  const { activity, name } = props;
  return (
    <Typography variant="body2">
      {activity.targetId ? (
        <Link to={targetPath({ name, targetId: activity.targetId })}>
          {activity.message}
        </Link>
      ) : (
        activity.message
      )}
    </Typography>
  );
}

function actorName(actor: string): string {
  return actor === 'skein' ? 'Skein' : shortEntityName(actor);
}
