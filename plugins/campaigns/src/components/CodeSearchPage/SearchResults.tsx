import { useEffect, useState } from 'react';
import Grid from '@material-ui/core/Grid';
import TablePagination from '@material-ui/core/TablePagination';
import Typography from '@material-ui/core/Typography';
import Box from '@material-ui/core/Box';
import { EmptyState } from '@backstage/core-components';
import {
  CodeSearchReport,
  CodeSearchRequest,
  formatRepositoryRef,
} from '@skein/plugin-campaigns-common';
import { countOf } from '../../format/words';
import { RepositoryResult } from './RepositoryResult';
import { SearchAnswers } from './SearchAnswers';
import { SearchCounts } from './SearchCounts';
import { UseInCampaign } from './UseInCampaign';

const pageSize = 10;

export interface SearchResultsProps {
  request: CodeSearchRequest;
  report: CodeSearchReport;
  onNarrow: (repository: string) => void;
}

/** What was found, by repository, with the counts and what to do with it beside. */
export function SearchResults(props: SearchResultsProps) {
  const { request, report, onNarrow } = props;
  const { totals, repositories, searchedRepositories } = report;
  const [page, setPage] = useState(0);
  useEffect(() => setPage(0), [report]);
  const searched = countOf(
    searchedRepositories,
    'repository that you can see in the catalog',
    'repositories that you can see in the catalog',
  );

  return (
    <>
      <SearchAnswers answers={report.providers} />
      <Typography component="h2" variant="h6" role="status" gutterBottom>
        {totals.lines === 0
          ? `Nothing found in ${searched}`
          : `${countOf(totals.lines, 'line')} in ${countOf(
              totals.files,
              'file',
            )} of ${countOf(
              totals.repositories,
              'repository',
              'repositories',
            )}`}
      </Typography>
      {totals.lines > 0 && (
        <Typography variant="body2" color="textSecondary" paragraph>
          Looked into {searched}.
        </Typography>
      )}
      <Grid container spacing={3}>
        <Grid item xs={12} md={8}>
          {repositories
            .slice(page * pageSize, (page + 1) * pageSize)
            .map(found => (
              <RepositoryResult
                key={formatRepositoryRef(found.repository)}
                found={found}
                onNarrow={onNarrow}
              />
            ))}
          {totals.lines === 0 && (
            <EmptyState
              missing="content"
              title="No line matches"
              description={
                searchedRepositories === 0
                  ? 'No Component of the catalog that you can see names a repository that fits. Components need the annotation github.com/project-slug.'
                  : 'Try fewer words, another spelling, or fewer languages, paths and repositories.'
              }
            />
          )}
          {repositories.length > pageSize && (
            <TablePagination
              component="div"
              count={repositories.length}
              page={page}
              rowsPerPage={pageSize}
              rowsPerPageOptions={[pageSize]}
              onPageChange={(_event, next) => {
                setPage(next);
                window.scrollTo({ top: 0 });
              }}
              labelDisplayedRows={({ from, to, count }) =>
                `Repositories ${from}–${to} of ${count}${
                  count < totals.repositories
                    ? `, the ones with most lines of ${totals.repositories}`
                    : ''
                }`
              }
            />
          )}
        </Grid>
        <Grid item xs={12} md={4}>
          <Box mb={2}>
            <UseInCampaign query={request.query} />
          </Box>
          {totals.lines > 0 && (
            <SearchCounts report={report} onNarrow={onNarrow} />
          )}
        </Grid>
      </Grid>
    </>
  );
}
