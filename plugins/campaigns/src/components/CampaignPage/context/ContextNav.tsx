import { useMatch } from 'react-router-dom';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { Campaign } from '@skein/plugin-campaigns-common';
import { useOpenFeedbackCount } from '../../../data/contextQueries';
import { useContextPaths } from './useContextPaths';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(3),
  },
  part: {
    padding: theme.spacing(0.5, 1.5),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: 16,
    '&:hover': { backgroundColor: theme.palette.action.hover },
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  shown: {
    backgroundColor: theme.palette.action.selected,
    fontWeight: 700,
  },
}));

/** The parts of the context tab. */
export function ContextNav(props: { campaign: Campaign }) {
  const classes = useStyles();
  const { campaign } = props;
  const paths = useContextPaths(campaign.name);
  const open = useOpenFeedbackCount(campaign) ?? 0;
  const part = useMatch(`${paths.revisions}/:part/*`)?.params.part;
  const parts = [
    { name: 'revisions', label: 'Revisions', path: paths.revisions },
    { name: 'evaluations', label: 'Evaluations', path: paths.evaluations },
    {
      name: 'feedback',
      label: open > 0 ? `Feedback (${open} open)` : 'Feedback',
      path: paths.feedback,
    },
  ];
  return (
    <nav className={classes.root} aria-label="Parts of the context">
      {parts.map(({ label, name, path }) => {
        const shown = name === (part ?? 'revisions');
        return (
          <Link
            key={name}
            to={path}
            color="textPrimary"
            variant="body2"
            underline="none"
            className={`${classes.part} ${shown ? classes.shown : ''}`}
            aria-current={shown ? 'page' : undefined}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
