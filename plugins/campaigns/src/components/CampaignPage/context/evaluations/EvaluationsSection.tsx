import Skeleton from '@material-ui/lab/Skeleton';
import Typography from '@material-ui/core/Typography';
import { Campaign } from '@skein/plugin-campaigns-common';
import { useEvaluations } from '../../../../data/contextQueries';
import { ListPagination, Loadable, SectionCard } from '../../../shared';
import { CompareButton } from '../CompareButton';
import { useContextPaths } from '../useContextPaths';
import { useExistingPage } from '../useExistingPage';
import { usePageParameter } from '../usePageParameter';
import { usePairChoice } from '../usePairChoice';
import { EvaluateButton } from './EvaluateButton';
import { EvaluationsTable } from './EvaluationsTable';

const pageSize = 10;

/** Every time a revision was tried. */
export function EvaluationsSection(props: { campaign: Campaign }) {
  const { campaign } = props;
  const paths = useContextPaths(campaign.name);
  const [page, setPage] = usePageParameter();
  const query = useEvaluations(campaign, {
    offset: page * pageSize,
    limit: pageSize,
  });
  useExistingPage(query.data, { page, pageSize, onPage: setPage });
  const pair = usePairChoice();

  return (
    <Loadable query={query} skeleton={<Skeleton variant="rect" height={240} />}>
      {({ items, totalItems }) => (
        <SectionCard
          title="Evaluations"
          subheader="A revision tried on some targets before all are told it. Nothing of it leaves the backend."
          noPadding
          action={
            <div style={{ display: 'flex', gap: 8, margin: 8 }}>
              <CompareButton
                what="evaluations"
                items={items}
                chosen={pair.chosen}
                pathOf={paths.compareEvaluations}
              />
              <EvaluateButton
                campaign={campaign}
                label="Evaluate a revision"
                primary
              />
            </div>
          }
        >
          {totalItems === 0 ? (
            <Typography variant="body2" style={{ padding: 16 }}>
              Nothing has been tried yet. An evaluation tells, before anybody is
              bothered, how many targets a revision solves and what that costs.
            </Typography>
          ) : (
            <EvaluationsTable
              campaign={campaign}
              evaluations={items}
              choice={pair}
              stale={query.isPlaceholderData}
            />
          )}
          <ListPagination
            totalItems={totalItems}
            page={page}
            pageSize={pageSize}
            onPage={setPage}
          />
        </SectionCard>
      )}
    </Loadable>
  );
}
