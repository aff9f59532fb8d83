import { KeyboardEvent, useState } from 'react';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import NextIcon from '@material-ui/icons/KeyboardArrowDown';
import PreviousIcon from '@material-ui/icons/KeyboardArrowUp';
import { LineageNode } from '@skein/plugin-campaigns-common';
import { SearchField } from '../shared';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) },
  field: { width: 260 },
  count: { minWidth: 64, whiteSpace: 'nowrap' },
}));

export interface LineageSearchProps {
  words: string;
  /** How many were found; undefined where there is nothing to look for. */
  count: number | undefined;
  /** What the words find now, while the page may still be drawing it. */
  find: () => LineageNode[];
  onWords: (words: string) => void;
  /** Show this one in the picture. */
  onJump: (id: string) => void;
}

/** Finds nodes by words, in picture and table; Enter jumps from one to the next. */
export function LineageSearch(props: LineageSearchProps) {
  const classes = useStyles();
  const { words, count, find, onWords, onJump } = props;
  const [at, setAt] = useState(-1);

  const jump = (step: number) => {
    const found = find();
    if (found.length === 0) return;
    const next = at < 0 && step < 0 ? found.length - 1 : at + step;
    const index = (next + found.length) % found.length;
    setAt(index);
    onJump(found[index].id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || words.trim() === '') return;
    event.preventDefault();
    jump(event.shiftKey ? -1 : 1);
  };

  return (
    <div className={classes.root}>
      <SearchField
        className={classes.field}
        label="Search lineage"
        placeholder="Search name or owner"
        value={words}
        onValue={value => {
          setAt(-1);
          onWords(value);
        }}
        onKeyDown={onKeyDown}
      />
      {count !== undefined && (
        <>
          <IconButton
            size="small"
            onClick={() => jump(-1)}
            disabled={count === 0}
            aria-label="Previous match"
          >
            <PreviousIcon fontSize="small" />
          </IconButton>
          <IconButton
            size="small"
            onClick={() => jump(1)}
            disabled={count === 0}
            aria-label="Next match"
          >
            <NextIcon fontSize="small" />
          </IconButton>
          <Typography variant="caption" className={classes.count} role="status">
            {at >= 0 && at < count ? `${at + 1} of ${count}` : `${count} found`}
          </Typography>
        </>
      )}
    </div>
  );
}
