import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  ChangeReport,
  describeLeftovers,
  mayBeUse,
  Target,
} from '@skein/plugin-campaigns-common';
import { pathInRepository } from '../../diff/pathInRepository';
import { fileUrl } from '../../format/repository';
import { countOf } from '../../format/words';
import { SectionCard } from '../shared';

const mostShown = 20;

const useStyles = makeStyles(theme => ({
  list: { margin: theme.spacing(1, 0, 0), padding: 0, listStyle: 'none' },
  item: { overflowWrap: 'anywhere' },
  code: { fontFamily: 'Menlo, Consolas, monospace', fontSize: '0.8125rem' },
}));

/** The mapped names that the change leaves and that need nobody: how many and why, and those to look at. */
export function LeftoversCard(props: {
  target: Pick<Target, 'repository' | 'path'>;
  leftovers: NonNullable<ChangeReport['leftovers']>;
}) {
  const classes = useStyles();
  const { target, leftovers } = props;
  const open = leftovers.places.filter(mayBeUse);
  return (
    <SectionCard
      title={`${countOf(
        leftovers.total,
        'mapped name stays',
        'mapped names stay',
      )}`}
      subheader={`Neither changed nor refused: ${describeLeftovers(
        leftovers,
      )}.`}
    >
      {open.length > 0 && (
        <Typography variant="body2">
          Look whether these mean the old dataset:
        </Typography>
      )}
      <ul className={classes.list}>
        {open.slice(0, mostShown).map((place, index) => {
          const path = pathInRepository(target.path, place.file);
          return (
            <li key={index} className={classes.item}>
              <Typography variant="body2" component="div">
                <Link to={fileUrl(target.repository, path, place.span.line)}>
                  {path}:{place.span.line}
                </Link>{' '}
                <code className={classes.code}>{place.text}</code>
              </Typography>
            </li>
          );
        })}
        {open.length > mostShown && <li>and {open.length - mostShown} more</li>}
      </ul>
    </SectionCard>
  );
}
