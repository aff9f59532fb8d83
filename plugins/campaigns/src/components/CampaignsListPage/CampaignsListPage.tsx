import { useState } from 'react';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import AddIcon from '@material-ui/icons/Add';
import FindInPageIcon from '@material-ui/icons/FindInPage';
import SecurityIcon from '@material-ui/icons/Security';
import {
  CampaignState,
  campaignCreatePermission,
} from '@skein/plugin-campaigns-common';
import useDebounce from 'react-use/esm/useDebounce';
import { useCampaigns } from '../../data/queries';
import { codeSearchRouteRef, statusRouteRef } from '../../routes';
import { CreateCampaignDialog } from '../CreateCampaignDialog';
import {
  ActionButton,
  Freshness,
  Loadable,
  NoSandboxAlert,
  PageFrame,
} from '../shared';
import { CampaignsFilters } from './CampaignsFilters';
import { CampaignsListSkeleton } from './CampaignsListSkeleton';
import { CampaignsTable } from './CampaignsTable';
import { NoCampaigns } from './NoCampaigns';

/** All campaigns, with how far each is. */
export function CampaignsListPage() {
  const searchPath = useRouteRef(codeSearchRouteRef);
  const statusPath = useRouteRef(statusRouteRef);
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [states, setStates] = useState<CampaignState[]>([]);
  const [page, setPage] = useState(0);
  const [pageSize, setPageSize] = useState(20);
  const [creating, setCreating] = useState(false);
  const { allowed: mayCreate } = usePermission({
    permission: campaignCreatePermission,
  });

  useDebounce(
    () => {
      setSearch(typed.trim());
      setPage(0);
    },
    300,
    [typed],
  );

  const query = useCampaigns({
    search: search || undefined,
    states: states.length > 0 ? states : undefined,
    offset: page * pageSize,
    limit: pageSize,
  });
  const filtered = search !== '' || states.length > 0;
  const unavailable = mayCreate
    ? undefined
    : 'You do not have the permission to create campaigns';

  return (
    <PageFrame
      title="Campaigns"
      subtitle="Datasets on their way out, and every consumer that has to move"
    >
      <NoSandboxAlert />
      <Loadable query={query} skeleton={<CampaignsListSkeleton />}>
        {result =>
          result.totalItems === 0 && !filtered ? (
            <NoCampaigns
              onCreate={() => setCreating(true)}
              unavailable={unavailable}
            />
          ) : (
            <>
              <CampaignsFilters
                search={typed}
                onSearch={setTyped}
                states={states}
                onStates={next => {
                  setStates(next);
                  setPage(0);
                }}
              >
                <Freshness query={query} />
                <LinkButton
                  to={searchPath()}
                  variant="outlined"
                  startIcon={<FindInPageIcon />}
                >
                  Search code
                </LinkButton>
                <LinkButton
                  to={statusPath()}
                  variant="outlined"
                  startIcon={<SecurityIcon />}
                >
                  Status
                </LinkButton>
                <ActionButton
                  variant="contained"
                  color="primary"
                  startIcon={<AddIcon />}
                  onClick={() => setCreating(true)}
                  unavailable={unavailable}
                >
                  Create campaign
                </ActionButton>
              </CampaignsFilters>
              <CampaignsTable
                campaigns={result.items}
                totalItems={result.totalItems}
                page={page}
                pageSize={pageSize}
                onPage={setPage}
                onPageSize={size => {
                  setPageSize(size);
                  setPage(0);
                }}
              />
            </>
          )
        }
      </Loadable>
      {creating && <CreateCampaignDialog onClose={() => setCreating(false)} />}
    </PageFrame>
  );
}
