import ButtonBase from '@material-ui/core/ButtonBase';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { SpecProblem } from '@skein/plugin-campaigns-common';
import { useGroupColor } from '../shared';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: theme.spacing(1, 0),
    padding: 0,
    maxHeight: 160,
    overflow: 'auto',
  },
  item: {
    display: 'flex',
    alignItems: 'baseline',
    justifyContent: 'flex-start',
    gap: theme.spacing(1),
    width: '100%',
    padding: theme.spacing(0.5),
    textAlign: 'left',
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  place: { flex: 'none', fontWeight: 600 },
}));

/** What is wrong and where; each leads to its line. */
export function ProblemList(props: {
  problems: SpecProblem[];
  onGoTo: (problem: SpecProblem) => void;
}) {
  const classes = useStyles();
  const colorOf = useGroupColor();
  const colors = { error: colorOf('failed'), warning: colorOf('attention') };
  return (
    <ul className={classes.list} aria-label="Problems">
      {[...props.problems].sort(byPlace).map((problem, index) => (
        <li key={index}>
          <ButtonBase
            className={classes.item}
            onClick={() => props.onGoTo(problem)}
          >
            <Typography
              variant="body2"
              className={classes.place}
              style={{ color: colors[problem.severity] }}
            >
              {placeOf(problem)}
            </Typography>
            <Typography variant="body2">{problem.message}</Typography>
          </ButtonBase>
        </li>
      ))}
    </ul>
  );
}

function placeOf({ severity, file, line }: SpecProblem): string {
  const where = [file, line === undefined ? undefined : `line ${line}`]
    .filter(Boolean)
    .join(', ');
  const kind = severity === 'error' ? 'Error' : 'Warning';
  return where ? `${kind}, ${where}` : kind;
}

/** The campaign file first, each file from its top. */
function byPlace(a: SpecProblem, b: SpecProblem): number {
  return (
    (a.file ?? '').localeCompare(b.file ?? '', 'en') ||
    (a.line ?? 0) - (b.line ?? 0)
  );
}
