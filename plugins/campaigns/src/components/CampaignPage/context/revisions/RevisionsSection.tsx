import Skeleton from '@material-ui/lab/Skeleton';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { Campaign } from '@skein/plugin-campaigns-common';
import {
  mostAtOnce,
  useEvaluations,
  useReviewStatistics,
  useRevisions,
} from '../../../../data/contextQueries';
import {
  DenseTable,
  ListPagination,
  Loadable,
  SectionCard,
} from '../../../shared';
import { CompareButton } from '../CompareButton';
import { useContextPaths } from '../useContextPaths';
import { useExistingPage } from '../useExistingPage';
import { usePageParameter } from '../usePageParameter';
import { usePairChoice } from '../usePairChoice';
import { NewRevisionButton } from './NewRevisionButton';
import { RevisionRow } from './RevisionRow';
import { latestEvaluations } from './latestEvaluations';

const pageSize = 10;

/** Every context there was or may be, with how its changes fared. */
export function RevisionsSection(props: { campaign: Campaign }) {
  const { campaign } = props;
  const paths = useContextPaths(campaign.name);
  const [page, setPage] = usePageParameter();
  const query = useRevisions(campaign, {
    offset: page * pageSize,
    limit: pageSize,
  });
  useExistingPage(query.data, { page, pageSize, onPage: setPage });
  const { chosen, toggle } = usePairChoice();
  const known = useKnown(campaign);

  return (
    <>
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={280} />}
      >
        {({ items, totalItems }) => (
          <SectionCard
            title="Context revisions"
            subheader="What jobs are told: prompt, lessons, mapping tables, checks. A revision never changes; another one can be made and adopted."
            noPadding
            action={
              <div style={{ display: 'flex', gap: 8, margin: 8 }}>
                <CompareButton
                  what="revisions"
                  items={items}
                  chosen={chosen}
                  pathOf={paths.compareRevisions}
                />
                <NewRevisionButton campaign={campaign} />
              </div>
            }
          >
            <DenseTable
              label="Context revisions"
              minWidth={720}
              stale={query.isPlaceholderData}
            >
              <TableHead>
                <TableRow>
                  <TableCell padding="checkbox">
                    <Typography variant="srOnly">Compare</Typography>
                  </TableCell>
                  <TableCell>Revision</TableCell>
                  <TableCell>Gates and judge</TableCell>
                  <TableCell>What people did</TableCell>
                  <TableCell>Latest evaluation</TableCell>
                  <TableCell>Actions</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {items.map(revision => (
                  <RevisionRow
                    key={revision.id}
                    campaign={campaign}
                    revision={revision}
                    statistics={known.statistics.get(revision.id)}
                    evaluation={known.evaluations.get(revision.id)}
                    chosen={chosen.includes(revision.id)}
                    onChoose={() => toggle(revision.id)}
                  />
                ))}
              </TableBody>
            </DenseTable>
            <ListPagination
              totalItems={totalItems}
              page={page}
              pageSize={pageSize}
              onPage={setPage}
            />
          </SectionCard>
        )}
      </Loadable>
    </>
  );
}

/** What is known of revisions, by their ids; nothing as long as it is not. */
function useKnown(campaign: Campaign) {
  const statistics = useReviewStatistics(campaign);
  // The newest evaluations; what was evaluated longer ago says little of now.
  const evaluations = useEvaluations(campaign, { limit: mostAtOnce });
  return {
    statistics: new Map(
      statistics.data?.items.map(item => [item.revisionId, item]),
    ),
    evaluations: latestEvaluations(evaluations.data?.items ?? []),
  };
}
