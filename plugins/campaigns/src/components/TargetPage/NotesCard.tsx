import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Change, Target } from '@skein/plugin-campaigns-common';
import { pathInRepository } from '../../diff/pathInRepository';
import { fileUrl } from '../../format/repository';
import { countOf } from '../../format/words';
import { SectionCard } from '../shared';

const mostShown = 50;

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  item: { marginBottom: theme.spacing(1.5), overflowWrap: 'anywhere' },
  code: { fontFamily: 'Menlo, Consolas, monospace', fontSize: '0.8125rem' },
}));

/** What the change left for a person, each with its place and reason. */
export function NotesCard(props: {
  target: Pick<Target, 'repository' | 'path'>;
  change: Change;
}) {
  const classes = useStyles();
  const { target, change } = props;
  const { refusals } = change.report;
  return (
    <SectionCard
      title={`${countOf(
        refusals.length,
        'place needs',
        'places need',
      )} a person`}
      subheader="Left as they were, because no rewrite would surely mean the same."
    >
      <ul className={classes.list}>
        {refusals.slice(0, mostShown).map((refusal, index) => {
          const path = pathInRepository(target.path, refusal.file);
          return (
            <li key={index} className={classes.item}>
              <Typography variant="body2" component="div">
                <Link to={fileUrl(target.repository, path, refusal.span.line)}>
                  {path}:{refusal.span.line}
                </Link>{' '}
                <code className={classes.code}>{refusal.text}</code>
              </Typography>
              <Typography variant="body2" color="textSecondary">
                {refusal.reason}
              </Typography>
            </li>
          );
        })}
        {refusals.length > mostShown && (
          <li>and {refusals.length - mostShown} more</li>
        )}
      </ul>
    </SectionCard>
  );
}
