import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import Paper from '@material-ui/core/Paper';
import TablePagination from '@material-ui/core/TablePagination';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign, TargetSelection } from '@skein/plugin-campaigns-common';
import { useTargetFacets, useTargets } from '../../../data/queries';
import { targetLabel } from '../../../format/repository';
import { TargetAction, countEligible } from '../../../states/targetActions';
import {
  isFiltered,
  pageSizes,
  toListTargetsRequest,
} from '../../../targetFilters/targetFilterParams';
import { Loadable } from '../../shared';
import { TargetActionDialog } from '../../TargetActionDialog';
import { BulkActions } from './BulkActions';
import { TargetFilters } from './TargetFilters';
import { TargetsTable } from './TargetsTable';
import { TryTargets } from './TryTargets';
import { useTargetSelection } from './useTargetSelection';
import { useTargetsView } from './useTargetsView';

interface PendingAction {
  action: TargetAction;
  selection: TargetSelection;
  count: number;
  eligible?: number;
}

/** All targets of a campaign, to be filtered, looked at, and acted on together. */
export function TargetsTab(props: { campaign: Campaign }) {
  const { campaign } = props;
  const [view, setView] = useTargetsView();
  const query = useTargets(campaign, toListTargetsRequest(view));
  const facets = useTargetFacets(campaign);
  const selection = useTargetSelection(view.filter);
  const [pending, setPending] = useState<PendingAction>();
  const [trying, setTrying] = useState(false);

  const labels = useMemo(
    () =>
      new Map(
        query.data?.items.map(target => [target.id, targetLabel(target)]),
      ),
    [query.data],
  );

  // Hundreds of rows are drawn in pieces, so that typing goes on meanwhile.
  const shown = useDeferredValue(query.data?.items);
  const { select: selectTargets } = selection;
  const select = useCallback(
    (targetIds: string[], selected: boolean) => {
      const ids = new Set(targetIds);
      selectTargets(shown?.filter(({ id }) => ids.has(id)) ?? [], selected);
    },
    [selectTargets, shown],
  );

  const begin = (action: TargetAction) => {
    const total = query.data?.totalItems ?? 0;
    setPending(
      selection.allMatching
        ? { action, selection: { filter: view.filter }, count: total }
        : {
            action,
            selection: { targetIds: [...selection.targets.keys()] },
            count: selection.targets.size,
            eligible: countEligible(action, [...selection.targets.values()]),
          },
    );
  };

  return (
    <Paper>
      <TargetFilters
        filter={view.filter}
        facets={facets.data}
        onFilter={filter => setView({ filter })}
      />
      <Loadable
        query={query}
        skeleton={[0, 1, 2, 3, 4].map(row => (
          <Skeleton key={row} height={52} style={{ margin: '0 16px' }} />
        ))}
      >
        {({ items, totalItems }) => (
          <>
            <BulkActions
              campaign={campaign}
              selection={selection}
              totalItems={totalItems}
              filtered={isFiltered(view.filter)}
              onAction={begin}
              onTry={() => setTrying(true)}
              query={query}
            />
            <TargetsTable
              targets={shown ?? items}
              sort={view.sort}
              order={view.order}
              onSort={(sort, order) => setView({ sort, order })}
              selected={selection.selectedOn(shown ?? items)}
              onSelect={select}
              stale={query.isPlaceholderData || shown !== items}
            />
            <TablePagination
              component="div"
              count={totalItems}
              page={view.page}
              rowsPerPage={view.pageSize}
              rowsPerPageOptions={[...pageSizes]}
              onPageChange={(_event, page) => setView({ page })}
              onRowsPerPageChange={event =>
                setView({ pageSize: Number(event.target.value) })
              }
            />
          </>
        )}
      </Loadable>
      {trying && (
        <TryTargets
          campaign={campaign}
          selection={
            selection.allMatching
              ? { filter: view.filter }
              : { targetIds: [...selection.targets.keys()] }
          }
          onClose={() => setTrying(false)}
        />
      )}
      {pending && (
        <TargetActionDialog
          {...pending}
          campaignName={campaign.name}
          labels={labels}
          onClose={result => {
            setPending(undefined);
            if (result) selection.clear();
          }}
        />
      )}
    </Paper>
  );
}
