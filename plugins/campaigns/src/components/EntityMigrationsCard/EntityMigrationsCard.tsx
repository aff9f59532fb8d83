import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { CampaignsDataProvider } from '../../data/CampaignsDataProvider';
import { targetLabel } from '../../format/repository';
import { targetRouteRef } from '../../routes';
import { ownerTask } from '../EntityMigrationsContent/ownerTask';
import { useTargetsOfEntity } from '../EntityMigrationsContent/useTargetsOfEntity';
import { Loadable, SectionCard, TargetStateChip } from '../shared';

const mostShown = 4;

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { marginBottom: theme.spacing(1.5), overflowWrap: 'anywhere' },
  line: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
  },
}));

/** Migrations in short, for an overview. */
export function EntityMigrationsCard() {
  return (
    <CampaignsDataProvider>
      <MigrationsInShort />
    </CampaignsDataProvider>
  );
}

function MigrationsInShort() {
  const classes = useStyles();
  const targetPath = useRouteRef(targetRouteRef);
  const { query } = useTargetsOfEntity({ limit: mostShown });
  return (
    <SectionCard
      title="Migrations"
      deepLink={{ title: 'All migrations', link: 'migrations' }}
    >
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={80} />}
      >
        {({ items, totalItems }) =>
          totalItems === 0 ? (
            <Typography variant="body2">
              No campaign has a target here.
            </Typography>
          ) : (
            <ul className={classes.list}>
              {items.map(target => (
                <li key={target.id} className={classes.item}>
                  <div className={classes.line}>
                    <TargetStateChip state={target.state} />
                    <Link
                      to={targetPath({
                        name: target.campaignName,
                        targetId: target.id,
                      })}
                    >
                      {targetLabel(target)}
                    </Link>
                  </div>
                  <Typography variant="body2" color="textSecondary">
                    {ownerTask(target)}
                  </Typography>
                </li>
              ))}
              {totalItems > items.length && (
                <li>
                  <Typography variant="body2">
                    and {totalItems - items.length} more
                  </Typography>
                </li>
              )}
            </ul>
          )
        }
      </Loadable>
    </SectionCard>
  );
}
