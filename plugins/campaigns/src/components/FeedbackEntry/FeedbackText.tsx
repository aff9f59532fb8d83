import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';

/** More than this is folded. */
const mostCharacters = 600;
const mostLines = 8;

const useStyles = makeStyles(theme => ({
  text: {
    margin: 0,
    padding: theme.spacing(0.25, 0, 0.25, 1.5),
    borderLeft: `3px solid ${theme.palette.divider}`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontSize: '0.875rem',
    lineHeight: 1.5,
  },
}));

/** What somebody said, letter by letter: neither HTML nor Markdown in it means anything here. */
export function FeedbackText(props: { text: string }) {
  const classes = useStyles();
  const { text } = props;
  const [whole, setWhole] = useState(false);
  const start = startOf(text);
  const folded = start.length < text.length;
  return (
    <>
      <blockquote className={classes.text}>
        {whole || !folded ? text : `${start}…`}
      </blockquote>
      {folded && (
        <Button
          size="small"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show less' : 'Show all'}
        </Button>
      )}
    </>
  );
}

function startOf(text: string): string {
  return text
    .split('\n')
    .slice(0, mostLines)
    .join('\n')
    .slice(0, mostCharacters);
}
