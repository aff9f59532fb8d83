import { useSearchParams } from 'react-router-dom';
import Skeleton from '@material-ui/lab/Skeleton';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import {
  Campaign,
  Evaluation,
  TrialOutcome,
} from '@skein/plugin-campaigns-common';
import { useTrials } from '../../../../data/contextQueries';
import { trialOutcomes } from '../../../../states/trialOutcomes';
import {
  DenseTable,
  FilterMenu,
  ListPagination,
  Loadable,
  SectionCard,
} from '../../../shared';
import { useExistingPage } from '../useExistingPage';
import { usePageParameter } from '../usePageParameter';
import { TrialRow } from './TrialRow';

const pageSize = 25;
const allOutcomes = Object.keys(trialOutcomes) as TrialOutcome[];

/** The trials of an evaluation, to be filtered by how they ended. */
export function TrialsCard(props: {
  campaign: Campaign;
  evaluation: Evaluation;
}) {
  const { campaign, evaluation } = props;
  const [parameters, setParameters] = useSearchParams();
  const [page, setPage] = usePageParameter();
  const outcomes = allOutcomes.filter(outcome =>
    parameters.getAll('outcome').includes(outcome),
  );
  const query = useTrials(campaign, evaluation, {
    offset: page * pageSize,
    limit: pageSize,
    ...(outcomes.length > 0 && { outcomes }),
  });
  useExistingPage(query.data, { page, pageSize, onPage: setPage });
  return (
    <SectionCard
      title="Trials"
      noPadding
      action={
        <div style={{ margin: 8 }}>
          <FilterMenu
            label="Outcome"
            options={allOutcomes
              .map(outcome => ({
                value: outcome,
                label: trialOutcomes[outcome].label,
                count: evaluation.figures.outcomes[outcome] ?? 0,
              }))
              .filter(
                ({ count, value }) => count > 0 || outcomes.includes(value),
              )}
            selected={outcomes}
            onChange={chosen =>
              setParameters({ outcome: chosen }, { replace: true })
            }
          />
        </div>
      }
    >
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={240} />}
      >
        {({ items, totalItems }) =>
          totalItems === 0 ? (
            <Typography variant="body2" style={{ padding: 16 }}>
              {outcomes.length > 0
                ? 'No trial has ended so.'
                : 'None of its targets may be seen by you.'}
            </Typography>
          ) : (
            <>
              <DenseTable
                label="Trials"
                minWidth={760}
                stale={query.isPlaceholderData}
              >
                <TableHead>
                  <TableRow>
                    <TableCell style={{ minWidth: 200 }}>Target</TableCell>
                    <TableCell>Outcome</TableCell>
                    <TableCell align="right">Edits</TableCell>
                    <TableCell align="right">For a person</TableCell>
                    <TableCell align="right">Vetoes</TableCell>
                    <TableCell align="right">Cost</TableCell>
                    <TableCell align="right">Time</TableCell>
                  </TableRow>
                </TableHead>
                <TableBody>
                  {items.map(trial => (
                    <TrialRow
                      key={trial.jobId}
                      campaign={campaign}
                      evaluation={evaluation}
                      trial={trial}
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
            </>
          )
        }
      </Loadable>
    </SectionCard>
  );
}
