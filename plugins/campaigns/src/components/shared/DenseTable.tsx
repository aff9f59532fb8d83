import { PropsWithChildren } from 'react';
import Table from '@material-ui/core/Table';
import TableContainer from '@material-ui/core/TableContainer';
import { alpha, makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  table: {
    '& th, & td': { padding: theme.spacing(1) },
    '& th': { whiteSpace: 'nowrap', wordBreak: 'normal' },
    '& th:first-child, & td:first-child': { paddingLeft: theme.spacing(2) },
    '& th:last-child, & td:last-child': { paddingRight: theme.spacing(2) },
    '& tbody tr.MuiTableRow-root.Mui-selected': {
      backgroundColor: alpha(theme.palette.primary.main, 0.07),
    },
  },
  fixed: { tableLayout: 'fixed' },
  stale: { opacity: 0.6 },
}));

export interface DenseTableProps {
  label: string;
  /** Scrolls sideways below this width, in pixels. */
  minWidth?: number;
  /** Column widths as the header says, whatever the rows hold. */
  fixed?: boolean;
  /** Another page or filter is on its way. */
  stale?: boolean;
  /** Holds nothing that takes the focus: the table itself does, to be scrolled by keys. */
  onlyText?: boolean;
}

/** A table that keeps its headings whole and its rows low. */
export function DenseTable(props: PropsWithChildren<DenseTableProps>) {
  const classes = useStyles();
  const { label, minWidth, fixed, stale, onlyText, children } = props;
  return (
    <TableContainer
      className={stale ? classes.stale : undefined}
      tabIndex={onlyText ? 0 : undefined}
    >
      <Table
        size="small"
        className={fixed ? `${classes.table} ${classes.fixed}` : classes.table}
        style={{ minWidth }}
        aria-label={label}
        aria-busy={stale}
      >
        {children}
      </Table>
    </TableContainer>
  );
}
