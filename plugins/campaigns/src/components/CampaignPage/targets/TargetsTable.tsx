import Checkbox from '@material-ui/core/Checkbox';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import { makeStyles } from '@material-ui/core/styles';
import { Target, TargetSortField } from '@skein/plugin-campaigns-common';
import { TargetRow } from './TargetRow';

const useStyles = makeStyles({
  table: { tableLayout: 'fixed', minWidth: 900 },
  stale: { opacity: 0.6 },
});

const columns: Array<{
  field?: TargetSortField;
  label: string;
  width?: number | string;
}> = [
  { field: 'repository', label: 'Target', width: '26%' },
  { field: 'state', label: 'State and why' },
  { label: 'Pull request', width: 150 },
  { field: 'framework', label: 'Framework', width: 124 },
  { field: 'owner', label: 'Owner', width: 128 },
  { field: 'wave', label: 'Wave', width: 92 },
  { field: 'updatedAt', label: 'Changed', width: 104 },
];

export interface TargetsTableProps {
  targets: Target[];
  sort: TargetSortField;
  order: 'asc' | 'desc';
  onSort: (sort: TargetSortField, order: 'asc' | 'desc') => void;
  selected: ReadonlySet<string>;
  onSelect: (targetIds: string[], selected: boolean) => void;
  /** Another page or filter is on its way. */
  stale: boolean;
}

export function TargetsTable(props: TargetsTableProps) {
  const classes = useStyles();
  const { targets, sort, order, onSort, selected, onSelect } = props;
  const chosen = targets.filter(({ id }) => selected.has(id)).length;
  return (
    <TableContainer className={props.stale ? classes.stale : undefined}>
      <Table
        size="small"
        className={classes.table}
        aria-label="Targets"
        aria-busy={props.stale}
      >
        <TableHead>
          <TableRow>
            <TableCell padding="checkbox" style={{ width: 48 }}>
              <Checkbox
                color="primary"
                checked={targets.length > 0 && chosen === targets.length}
                indeterminate={chosen > 0 && chosen < targets.length}
                onChange={event =>
                  onSelect(
                    targets.map(({ id }) => id),
                    event.target.checked,
                  )
                }
                inputProps={{ 'aria-label': 'Select all on this page' }}
              />
            </TableCell>
            {columns.map(({ field, label, width }) => (
              <TableCell
                key={label}
                style={{ width }}
                sortDirection={field === sort ? order : false}
              >
                {field ? (
                  <TableSortLabel
                    active={field === sort}
                    direction={field === sort ? order : 'asc'}
                    onClick={() =>
                      onSort(
                        field,
                        field === sort && order === 'asc' ? 'desc' : 'asc',
                      )
                    }
                  >
                    {label}
                  </TableSortLabel>
                ) : (
                  label
                )}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {targets.map(target => (
            <TargetRow
              key={target.id}
              target={target}
              selected={selected.has(target.id)}
              onSelect={onSelect}
            />
          ))}
          {targets.length === 0 && (
            <TableRow>
              <TableCell colSpan={columns.length + 1} align="center">
                No target matches
              </TableCell>
            </TableRow>
          )}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
