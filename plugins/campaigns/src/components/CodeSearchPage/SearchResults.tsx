import { useEffect, useState } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  CodeSearchReport,
  CodeSearchRequest,
  formatRepositoryRef,
} from '@skein/plugin-campaigns-common';
import { countOf } from '../../format/words';
import { ListPagination, mutedColor } from '../shared';
import { RepositoryResult } from './RepositoryResult';
import { SearchAnswers } from './SearchAnswers';
import { SearchCounts } from './SearchCounts';
import { UseInCampaign } from './UseInCampaign';

const pageSize = 10;

const useStyles = makeStyles(theme => ({
  muted: { color: mutedColor(theme) },
  columns: {
    display: 'grid',
    gap: theme.spacing(3),
    alignItems: 'start',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
    [theme.breakpoints.down('md')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
    },
  },
  found: { minWidth: 0 },
  beside: {
    display: 'grid',
    gap: theme.spacing(2),
    alignItems: 'start',
    gridTemplateColumns: 'minmax(0, 1fr)',
    [theme.breakpoints.down('md')]: {
      // The counts come first where there is no room beside.
      order: -1,
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    },
  },
}));

export interface SearchResultsProps {
  request: CodeSearchRequest;
  report: CodeSearchReport;
  onNarrow: (repository: string) => void;
}

/** What was found, by repository, with the counts and what to do with it beside. */
export function SearchResults(props: SearchResultsProps) {
  const { request, report, onNarrow } = props;
  const { totals, repositories, searchedRepositories } = report;
  const classes = useStyles();
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
      <div role="status">
        <Typography component="h2" variant="h6" gutterBottom>
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
        <Typography variant="body2" className={classes.muted} paragraph>
          {totals.lines > 0 ? `Looked into ${searched}.` : adviceFor(report)}
        </Typography>
      </div>
      <div className={classes.columns}>
        <div className={classes.found}>
          {repositories
            .slice(page * pageSize, (page + 1) * pageSize)
            .map(found => (
              <RepositoryResult
                key={formatRepositoryRef(found.repository)}
                found={found}
                onNarrow={onNarrow}
              />
            ))}
          <ListPagination
            totalItems={repositories.length}
            page={page}
            pageSize={pageSize}
            onPage={next => {
              setPage(next);
              window.scrollTo({ top: 0 });
            }}
          />
        </div>
        <div className={classes.beside}>
          <UseInCampaign query={request.query} />
          {totals.lines > 0 && (
            <SearchCounts report={report} onNarrow={onNarrow} />
          )}
        </div>
      </div>
    </>
  );
}

function adviceFor(report: CodeSearchReport): string {
  return report.searchedRepositories === 0
    ? 'No Component of the catalog that you can see names a repository that fits. Components name theirs with the annotation github.com/project-slug.'
    : 'Try fewer words, another spelling, or fewer languages, paths and repositories.';
}
