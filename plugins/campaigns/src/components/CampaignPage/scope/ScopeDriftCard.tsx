import { useState } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  Campaign,
  ScopeChange,
  ScopeSnapshot,
} from '@skein/plugin-campaigns-common';
import { useScopeChanges, useScopeSnapshots } from '../../../data/queries';
import { targetLabel } from '../../../format/repository';
import { formatAgeOf, formatTime } from '../../../format/time';
import { countOf } from '../../../format/words';
import { targetRouteRef } from '../../../routes';
import { ListPagination, Loadable, SectionCard, useNow } from '../../shared';
import { describeScopeChange } from './describeScopeChange';

const pageSize = 10;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: theme.spacing(1, 0, 0), padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: '96px 96px 1fr',
    gap: theme.spacing(2),
    padding: theme.spacing(0.75, 0),
    overflowWrap: 'anywhere',
  },
  notice: { marginTop: theme.spacing(1) },
}));

const kindLabels: Record<ScopeChange['kind'], string> = {
  came: 'Came',
  went: 'Went',
  changed: 'Changed',
};

/** How the scope moved since it was first computed. */
export function ScopeDriftCard(props: { campaign: Campaign }) {
  const { campaign } = props;
  const classes = useStyles();
  const snapshots = useScopeSnapshots(campaign);
  const newest = snapshots.data?.items[0];
  if (snapshots.data && !newest) return null;
  return (
    <SectionCard
      title="Drift"
      subheader="Running campaigns look for consumers again by themselves. What came waits for a person above."
    >
      <Loadable
        query={snapshots}
        skeleton={<Skeleton variant="rect" height={48} />}
      >
        {({ items, totalItems }) => (
          <>
            <Summary newest={items[0]} total={totalItems} />
            {items[0].notices.map(notice => (
              <Alert key={notice} severity="warning" className={classes.notice}>
                {notice}
              </Alert>
            ))}
            {totalItems > 1 && <Changes campaign={campaign} />}
          </>
        )}
      </Loadable>
    </SectionCard>
  );
}

function Summary(props: { newest: ScopeSnapshot; total: number }) {
  const { newest, total } = props;
  const now = useNow(30_000);
  const age = formatAgeOf(newest.computedAt, now);
  if (total === 1) {
    return (
      <Typography variant="body2">
        Computed once, {age}: there is nothing to compare it with yet.
      </Typography>
    );
  }
  const { came, went, changed } = newest;
  return (
    <Typography variant="body2">
      Computed {countOf(total, 'time')}, last {age}:{' '}
      {came + went + changed === 0
        ? 'nothing moved since the time before'
        : `${came} came, ${went} went and ${changed} changed since the time before`}
      .
    </Typography>
  );
}

function Changes(props: { campaign: Campaign }) {
  const { campaign } = props;
  const classes = useStyles();
  const targetPath = useRouteRef(targetRouteRef);
  const [page, setPage] = useState(0);
  const now = useNow(30_000);
  const query = useScopeChanges(campaign, {
    offset: page * pageSize,
    limit: pageSize,
  });
  return (
    <Loadable query={query} skeleton={<Skeleton variant="rect" height={120} />}>
      {({ items, totalItems }) => (
        <>
          <ul className={classes.list} aria-label="What moved">
            {items.map(change => (
              <li key={change.id} className={classes.item}>
                <Typography
                  variant="body2"
                  color="textSecondary"
                  title={formatTime(change.at)}
                >
                  {formatAgeOf(change.at, now)}
                </Typography>
                <Typography variant="body2">
                  {kindLabels[change.kind]}
                </Typography>
                <div>
                  {change.targetId ? (
                    <Link
                      to={targetPath({
                        name: campaign.name,
                        targetId: change.targetId,
                      })}
                    >
                      {targetLabel(change)}
                    </Link>
                  ) : (
                    targetLabel(change)
                  )}
                  <Typography variant="body2" color="textSecondary">
                    {describeScopeChange(change)}
                  </Typography>
                </div>
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
  );
}
