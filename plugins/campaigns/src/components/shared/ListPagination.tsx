import TablePagination from '@material-ui/core/TablePagination';

/** Leafs through a list; nothing where one page holds it all. */
export function ListPagination(props: {
  totalItems: number;
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
}) {
  const { onPage, page, pageSize, totalItems } = props;
  if (totalItems <= pageSize) return null;
  return (
    <TablePagination
      component="div"
      count={totalItems}
      page={page}
      rowsPerPage={pageSize}
      rowsPerPageOptions={[pageSize]}
      onPageChange={(_event, next) => onPage(next)}
    />
  );
}
