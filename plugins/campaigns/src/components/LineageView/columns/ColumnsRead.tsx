import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { LineageColumnsRead } from '@skein/plugin-campaigns-common';
import { countOf } from '../../../format/words';
import { ColumnTrail } from './ColumnTrail';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  column: {
    padding: 0,
    minWidth: 0,
    textAlign: 'left',
    textTransform: 'none',
    fontFamily: 'monospace',
    overflowWrap: 'anywhere',
    textDecoration: 'underline dotted',
  },
  uses: { color: theme.palette.text.secondary },
}));

/** Columns that are listed before a person asks for all. */
const firstShown = 6;

/** Which columns a consumer reads; a click on one shows where it goes on to. */
export function ColumnsRead(props: { columnsRead: LineageColumnsRead }) {
  const classes = useStyles();
  const { dataset, items, total } = props.columnsRead;
  const [open, setOpen] = useState<string>();
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, firstShown);
  return (
    <>
      {countOf(total, 'column')} of {dataset}
      <ul className={classes.list} aria-label="Columns read">
        {shown.map(({ column, uses }) => (
          <li key={column}>
            <Button
              size="small"
              className={classes.column}
              aria-expanded={open === column}
              onClick={() => setOpen(open === column ? undefined : column)}
            >
              {column}
            </Button>
            {uses.length > 0 && (
              <span className={classes.uses}> {usesOf(uses)}</span>
            )}
            {open === column && (
              <ColumnTrail dataset={dataset} column={column} />
            )}
          </li>
        ))}
      </ul>
      {items.length > firstShown && !all && (
        <Button size="small" onClick={() => setAll(true)}>
          Show {items.length < total ? `the first ${items.length}` : 'all'}
        </Button>
      )}
      {all && items.length < total && `and ${total - items.length} more`}
    </>
  );
}

function usesOf(uses: string[]): string {
  return uses.join(', ').replaceAll('_', ' ');
}
