import { useEffect, useMemo, useState } from 'react';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import TableSortLabel from '@material-ui/core/TableSortLabel';
import { LineageNode } from '@skein/plugin-campaigns-common';
import { countOf } from '../../../format/words';
import {
  LineageSort,
  LineageSortField,
  sortLineage,
} from '../../../lineage/sortLineage';
import { DenseTable, ListPagination, SectionCard } from '../../shared';
import { LineageRow } from './LineageRow';

const pageSize = 20;

const columns: Array<{
  field: LineageSortField;
  label: string;
  width: number | string;
  align?: 'right';
}> = [
  { field: 'title', label: 'Name', width: '34%' },
  { field: 'kind', label: 'Kind', width: '16%' },
  { field: 'depth', label: 'Steps', width: 72, align: 'right' },
  { field: 'owner', label: 'Owner', width: '20%' },
  { field: 'state', label: 'Migration', width: '20%' },
];

export interface LineageTableProps {
  /** What filter and search leave. */
  nodes: LineageNode[];
  selected: string | undefined;
  /** Show this one in the picture. */
  onReveal: (id: string) => void;
}

/** The same as the picture, to sort and read. */
export function LineageTable(props: LineageTableProps) {
  const { nodes, selected, onReveal } = props;
  const [sort, setSort] = useState<LineageSort>({
    field: 'depth',
    order: 'asc',
  });
  const [page, setPage] = useState(0);
  const rows = useMemo(() => sortLineage(nodes, sort), [nodes, sort]);
  const lastPage = Math.max(0, Math.ceil(rows.length / pageSize) - 1);
  const shownPage = Math.min(page, lastPage);

  // What is chosen in the picture is turned to in the table.
  const at = useMemo(
    () => rows.findIndex(({ id }) => id === selected),
    [rows, selected],
  );
  useEffect(() => {
    if (at >= 0) setPage(Math.floor(at / pageSize));
  }, [at]);

  return (
    <SectionCard
      title="Consumers and datasets"
      subheader={countOf(rows.length, 'row')}
    >
      <DenseTable label="Lineage" minWidth={640} fixed>
        <TableHead>
          <TableRow>
            {columns.map(({ field, label, width, align }) => (
              <TableCell
                key={field}
                align={align}
                style={{ width }}
                sortDirection={sort.field === field ? sort.order : false}
              >
                <TableSortLabel
                  active={sort.field === field}
                  direction={sort.field === field ? sort.order : 'asc'}
                  onClick={() => setSort(nextSort(sort, field))}
                >
                  {label}
                </TableSortLabel>
              </TableCell>
            ))}
            <TableCell padding="checkbox" style={{ width: 48 }} />
          </TableRow>
        </TableHead>
        <TableBody>
          {rows
            .slice(shownPage * pageSize, (shownPage + 1) * pageSize)
            .map(node => (
              <LineageRow
                key={node.id}
                node={node}
                selected={node.id === selected}
                onReveal={onReveal}
              />
            ))}
          {rows.length === 0 && (
            <TableRow>
              <TableCell colSpan={columns.length + 1} align="center">
                Nothing matches
              </TableCell>
            </TableRow>
          )}
        </TableBody>
      </DenseTable>
      <ListPagination
        totalItems={rows.length}
        page={shownPage}
        pageSize={pageSize}
        onPage={setPage}
      />
    </SectionCard>
  );
}

function nextSort(sort: LineageSort, field: LineageSortField): LineageSort {
  const turned = sort.field === field && sort.order === 'asc';
  return { field, order: turned ? 'desc' : 'asc' };
}
