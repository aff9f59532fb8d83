import Checkbox from '@material-ui/core/Checkbox';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import { Theme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { Target, TargetSortField } from '@skein/plugin-campaigns-common';
import { DenseTable } from '../../shared';
import { TargetRow } from './TargetRow';
import { useGrowingList } from './useGrowingList';

const columns: Array<{
  field?: TargetSortField;
  label: string;
  width?: number | string;
  /** Left out where there is no room. */
  wideOnly?: boolean;
}> = [
  { field: 'repository', label: 'Target', width: '23%' },
  { field: 'state', label: 'State and why' },
  { label: 'Pull request', width: 142 },
  { field: 'framework', label: 'Framework', width: 136, wideOnly: true },
  { field: 'owner', label: 'Owner', width: 152 },
  { field: 'wave', label: 'Wave', width: 84, wideOnly: true },
  { field: 'updatedAt', label: 'Changed', width: 112, wideOnly: true },
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
  const { targets, sort, order, onSort, selected, onSelect } = props;
  const wide = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.up('lg'), {
    defaultMatches: true,
  });
  const shown = columns.filter(({ wideOnly }) => wide || !wideOnly);
  const rows = useGrowingList(targets);
  const chosen = targets.filter(({ id }) => selected.has(id)).length;
  return (
    <DenseTable
      label="Targets"
      minWidth={wide ? 980 : 640}
      fixed
      stale={props.stale}
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
          {shown.map(({ field, label, width }) => (
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
        {rows.map(target => (
          <TargetRow
            key={target.id}
            target={target}
            selected={selected.has(target.id)}
            onSelect={onSelect}
            wide={wide}
          />
        ))}
        {targets.length === 0 && (
          <TableRow>
            <TableCell colSpan={shown.length + 1} align="center">
              No target matches
            </TableCell>
          </TableRow>
        )}
      </TableBody>
    </DenseTable>
  );
}
