import { useMemo, useState } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TablePagination from '@material-ui/core/TablePagination';
import TableRow from '@material-ui/core/TableRow';
import TextField from '@material-ui/core/TextField';
import { LineageGraph } from '@skein/plugin-campaigns-common';
import { targetRouteRef } from '../../routes';
import { DenseTable, Owner, SectionCard, TargetStateChip } from '../shared';

const pageSize = 20;

/** The same as the picture, to search and read. */
export function LineageTable(props: { graph: LineageGraph }) {
  const { graph } = props;
  const targetPath = useRouteRef(targetRouteRef);
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(0);
  const rows = useMemo(() => {
    const words = search.trim().toLocaleLowerCase('en-US');
    return graph.nodes
      .filter(({ id }) => id !== graph.root?.id)
      .filter(({ title, name, ownerRef = '', framework = '' }) =>
        `${title} ${name} ${ownerRef} ${framework}`
          .toLocaleLowerCase('en-US')
          .includes(words),
      )
      .sort(
        (a, b) => a.depth - b.depth || a.title.localeCompare(b.title, 'en'),
      );
  }, [graph, search]);
  const lastPage = Math.max(0, Math.ceil(rows.length / pageSize) - 1);
  const shownPage = Math.min(page, lastPage);

  return (
    <SectionCard
      title="Consumers and datasets"
      action={
        <TextField
          value={search}
          onChange={event => setSearch(event.target.value)}
          placeholder="Search"
          size="small"
          variant="outlined"
          inputProps={{ 'aria-label': 'Search lineage' }}
          style={{ margin: 8 }}
        />
      }
    >
      <DenseTable label="Lineage" minWidth={640}>
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            <TableCell>Kind</TableCell>
            <TableCell align="right">Steps</TableCell>
            <TableCell>Owner</TableCell>
            <TableCell>Migration</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows
            .slice(shownPage * pageSize, (shownPage + 1) * pageSize)
            .map(node => (
              <TableRow key={node.id} hover>
                <TableCell style={{ overflowWrap: 'anywhere' }}>
                  {node.entityRef ? (
                    <EntityRefLink
                      entityRef={node.entityRef}
                      title={node.title}
                      hideIcon
                    />
                  ) : (
                    node.title
                  )}
                </TableCell>
                <TableCell style={{ whiteSpace: 'nowrap' }}>
                  {node.kind === 'dataset'
                    ? 'dataset'
                    : node.framework ?? 'job'}
                </TableCell>
                <TableCell align="right">{node.depth}</TableCell>
                <TableCell style={{ whiteSpace: 'nowrap' }}>
                  <Owner ownerRef={node.ownerRef} />
                </TableCell>
                <TableCell>
                  {node.migration && (
                    <Link
                      to={targetPath({
                        name: node.migration.campaignName,
                        targetId: node.migration.targetId,
                      })}
                    >
                      <TargetStateChip state={node.migration.state} />
                    </Link>
                  )}
                </TableCell>
              </TableRow>
            ))}
          {rows.length === 0 && (
            <TableRow>
              <TableCell colSpan={5} align="center">
                Nothing matches
              </TableCell>
            </TableRow>
          )}
        </TableBody>
      </DenseTable>
      {rows.length > pageSize && (
        <TablePagination
          component="div"
          count={rows.length}
          page={shownPage}
          rowsPerPage={pageSize}
          rowsPerPageOptions={[pageSize]}
          onPageChange={(_event, next) => setPage(next)}
        />
      )}
    </SectionCard>
  );
}
