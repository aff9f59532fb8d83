import Alert from '@material-ui/lab/Alert';
import { makeStyles } from '@material-ui/core/styles';
import { CodeSearchAnswer } from '@skein/plugin-campaigns-common';

const useStyles = makeStyles(theme => ({
  alerts: {
    display: 'grid',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(2),
    '&:empty': { display: 'none' },
  },
}));

/** What is missing in what was found, and because of whom. */
export function SearchAnswers(props: { answers: CodeSearchAnswer[] }) {
  const classes = useStyles();
  return (
    <div className={classes.alerts}>
      {props.answers.map(({ id, title, incomplete, error }) => {
        if (error) {
          return (
            <Alert key={id} severity="error">
              {title} gave no answer: {error}
            </Alert>
          );
        }
        return incomplete ? (
          <Alert key={id} severity="warning">
            {title} may have more. {incomplete}
          </Alert>
        ) : null;
      })}
    </div>
  );
}
