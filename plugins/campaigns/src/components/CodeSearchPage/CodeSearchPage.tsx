import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { EmptyState } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { codeSearchPermission } from '@skein/plugin-campaigns-common';
import {
  readSearch,
  SearchFields,
  toRequest,
  writeSearch,
} from '../../codeSearch/searchAddress';
import { useCampaignsData } from '../../data/CampaignsDataProvider';
import { errorMessage } from '../../data/errorMessage';
import { useCodeSearch } from '../../data/queries';
import { campaignsRouteRef } from '../../routes';
import { mutedColor, PageFrame } from '../shared';
import { SearchForm } from './SearchForm';
import { SearchResults } from './SearchResults';

const useStyles = makeStyles(theme => ({
  muted: { color: mutedColor(theme) },
}));

/** Where people try what a search finds over all repositories, before a campaign uses it. */
export function CodeSearchPage() {
  const campaignsPath = useRouteRef(campaignsRouteRef);
  const { loading, allowed } = usePermission({
    permission: codeSearchPermission,
  });
  return (
    <PageFrame
      title="Search code"
      subtitle="Try what a search finds over all repositories that you can see, before a campaign uses it"
      parent={{ title: 'Campaigns', path: campaignsPath(), first: true }}
    >
      {loading || allowed ? (
        <CodeSearch />
      ) : (
        <EmptyState
          missing="info"
          title="You may not search code"
          description="You do not have the permission campaigns.code.search."
        />
      )}
    </PageFrame>
  );
}

function CodeSearch() {
  const classes = useStyles();
  const { store } = useCampaignsData();
  const [parameters, setParameters] = useSearchParams();
  const fields = useMemo(() => readSearch(parameters), [parameters]);
  const request = useMemo(() => toRequest(fields), [fields]);
  const search = useCodeSearch(request);
  const running = search.fetchStatus === 'fetching';

  const begin = (next: SearchFields) => {
    const address = writeSearch(next);
    // The same search again, which may find something else by now.
    if (address.toString() === writeSearch(fields).toString()) search.refetch();
    else setParameters(address);
  };

  return (
    <>
      <SearchForm
        fields={fields}
        running={running}
        onSearch={begin}
        onStop={() =>
          store.client.cancelQueries({ queryKey: ['codeSearch', request] })
        }
      />
      {running && (
        <div role="status">
          <LinearProgress aria-label="Searching" />
          <Typography variant="body2" className={classes.muted}>
            Searching. What the portal has not read yet is fetched first, which
            may take up to a minute.
          </Typography>
        </div>
      )}
      {!running && search.error && (
        <Alert
          severity="error"
          action={
            <Button
              color="inherit"
              size="small"
              onClick={() => search.refetch()}
            >
              Try again
            </Button>
          }
        >
          {errorMessage(search.error)}
        </Alert>
      )}
      {!running && !search.error && request && !search.data && (
        <Alert severity="info">The search was stopped.</Alert>
      )}
      {!running && !search.error && request && search.data && (
        <SearchResults
          request={request}
          report={search.data}
          onNarrow={repository =>
            begin({ ...fields, repositories: [repository] })
          }
        />
      )}
      {!request && (
        <Typography variant="body2" className={classes.muted}>
          Words are found on the default branches of the repositories that the
          catalog shows you. What you find can be copied into a campaign file.
        </Typography>
      )}
    </>
  );
}
