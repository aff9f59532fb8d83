import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { ChangeReport } from '@skein/plugin-campaigns-common';
import { countOf } from '../../format/words';

const mostShown = 100;

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(0.5, 1),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  list: { margin: 0, padding: theme.spacing(0, 1, 1), listStyle: 'none' },
  item: { marginTop: theme.spacing(0.75), overflowWrap: 'anywhere' },
}));

/** Why each place in a file was changed; folded until asked for. */
export function EditReasons(props: { edits: ChangeReport['edits'] }) {
  const classes = useStyles();
  const { edits } = props;
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.root}>
      <Button size="small" onClick={() => setOpen(!open)} aria-expanded={open}>
        {open ? 'Hide' : 'Why'} {countOf(edits.length, 'edit')}
      </Button>
      {open && (
        <ul className={classes.list}>
          {edits.slice(0, mostShown).map((edit, index) => (
            <li key={index} className={classes.item}>
              <Typography variant="body2" component="div">
                Line {edit.span.line}: <code>{edit.oldText}</code> →{' '}
                <code>{edit.newText}</code>
                {edit.confidence === 'likely' && ' (likely, not certain)'}
              </Typography>
              <Typography variant="body2" color="textSecondary">
                {edit.reason}
              </Typography>
            </li>
          ))}
          {edits.length > mostShown && (
            <li className={classes.item}>
              and {edits.length - mostShown} more
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
