import { useState } from 'react';
import { EmptyState } from '@backstage/core-components';
import Skeleton from '@material-ui/lab/Skeleton';
import { CampaignsDataProvider } from '../../data/CampaignsDataProvider';
import {
  Freshness,
  ListPagination,
  Loadable,
  NoSandboxAlert,
  SectionCard,
} from '../shared';
import { MigrationsTable } from './MigrationsTable';
import { useTargetsOfEntity } from './useTargetsOfEntity';

const pageSize = 20;

/** The migrations tab: what campaigns change here, and what the owners do. */
export function EntityMigrationsContent() {
  return (
    <CampaignsDataProvider>
      <Migrations />
    </CampaignsDataProvider>
  );
}

function Migrations() {
  const [page, setPage] = useState(0);
  const { query, owner } = useTargetsOfEntity({
    offset: page * pageSize,
    limit: pageSize,
  });
  return (
    <Loadable query={query} skeleton={<Skeleton variant="rect" height={240} />}>
      {({ items, totalItems }) =>
        totalItems === 0 ? (
          <EmptyState
            missing="content"
            title="No migration"
            description="No campaign has a target here. Where one comes, this tab shows what changes and what is asked of the owners."
          />
        ) : (
          <>
            <NoSandboxAlert />
            <SectionCard
              title="Migrations"
              subheader={
                owner
                  ? 'Code of this owner that reads datasets on their way out'
                  : 'Datasets on their way out that this component reads'
              }
            >
              <MigrationsTable targets={items} showRepository={owner} />
              <ListPagination
                totalItems={totalItems}
                page={page}
                pageSize={pageSize}
                onPage={setPage}
              />
              <Freshness query={query} />
            </SectionCard>
          </>
        )
      }
    </Loadable>
  );
}
