import { useMatch } from 'react-router-dom';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import { campaignRouteRef } from '../../routes';

const tabs = [
  { path: '', label: 'Overview' },
  { path: 'targets', label: 'Targets' },
  { path: 'scope', label: 'Scope' },
  { path: 'lineage', label: 'Lineage' },
  { path: 'context', label: 'Context' },
  { path: 'settings', label: 'Settings' },
];

const useStyles = makeStyles(theme => ({
  root: {
    marginBottom: theme.spacing(3),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  tab: {
    minWidth: 0,
    padding: theme.spacing(1, 2),
    textTransform: 'none',
    fontSize: '0.875rem',
    fontWeight: 'normal',
    letterSpacing: 'normal',
    opacity: 1,
    color: theme.palette.text.secondary,
    '&.Mui-selected': { color: theme.palette.text.primary },
  },
}));

/** The parts of a campaign's page, each with an address of its own. */
export function CampaignTabs(props: { name: string }) {
  const classes = useStyles();
  const root = useRouteRef(campaignRouteRef)({ name: props.name });
  const match = useMatch(`${root}/:tab/*`);
  const shown = match?.params.tab ?? '';
  return (
    <Tabs
      component="nav"
      className={classes.root}
      value={tabs.some(({ path }) => path === shown) ? shown : false}
      indicatorColor="primary"
      variant="scrollable"
      aria-label="Parts of the campaign"
    >
      {tabs.map(({ path, label }) => (
        <Tab
          key={path}
          className={classes.tab}
          value={path}
          label={label}
          component={Link}
          to={path ? `${root}/${path}` : root}
        />
      ))}
    </Tabs>
  );
}
