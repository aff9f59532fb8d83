import { Link } from '@backstage/core-components';
import Checkbox from '@material-ui/core/Checkbox';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { Campaign, Evaluation } from '@skein/plugin-campaigns-common';
import { formatMoney, formatShare } from '../../../../format/money';
import { formatDuration } from '../../../../format/time';
import { DenseTable } from '../../../shared';
import { Made } from '../Made';
import { useContextPaths } from '../useContextPaths';
import { EvaluationStateChip } from './EvaluationStateChip';
import { OutcomeBar } from './OutcomeBar';
import { countedTrials } from './countedTrials';

export interface EvaluationsTableProps {
  campaign: Campaign;
  evaluations: Evaluation[];
  /** Offers to tick two. */
  choice?: { chosen: string[]; toggle: (id: string) => void };
  stale?: boolean;
}

/** Evaluations with what they came to, a line each. */
export function EvaluationsTable(props: EvaluationsTableProps) {
  const { campaign, choice, evaluations, stale } = props;
  return (
    <DenseTable label="Evaluations" minWidth={720} stale={stale}>
      <TableHead>
        <TableRow>
          {choice && (
            <TableCell padding="checkbox">
              <Typography variant="srOnly">Compare</Typography>
            </TableCell>
          )}
          <TableCell>Evaluation</TableCell>
          <TableCell>State</TableCell>
          <TableCell>Passed</TableCell>
          <TableCell align="right">Vetoed</TableCell>
          <TableCell align="right">Cost</TableCell>
          <TableCell align="right">Median time</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {evaluations.map(evaluation => (
          <EvaluationRow
            key={evaluation.id}
            campaign={campaign}
            evaluation={evaluation}
            choice={choice}
          />
        ))}
      </TableBody>
    </DenseTable>
  );
}

function EvaluationRow(
  props: Pick<EvaluationsTableProps, 'campaign' | 'choice'> & {
    evaluation: Evaluation;
  },
) {
  const { campaign, choice, evaluation } = props;
  const { currency, figures, id, number, targetCount } = evaluation;
  const paths = useContextPaths(campaign.name);
  const chosen = choice?.chosen.includes(id) ?? false;
  return (
    <TableRow hover selected={chosen}>
      {choice && (
        <TableCell padding="checkbox">
          <Checkbox
            color="primary"
            checked={chosen}
            onChange={() => choice.toggle(id)}
            inputProps={{ 'aria-label': `Compare evaluation ${number}` }}
          />
        </TableCell>
      )}
      <TableCell>
        <Link to={paths.evaluation(id)}>Evaluation {number}</Link> of{' '}
        <Link to={paths.revision(evaluation.revisionId)}>
          revision {evaluation.revisionNumber}
        </Link>
        <Typography variant="caption" color="textSecondary" display="block">
          <Made by={evaluation.createdBy} at={evaluation.createdAt} />
        </Typography>
      </TableCell>
      <TableCell>
        <EvaluationStateChip evaluation={evaluation} />
      </TableCell>
      <TableCell style={{ minWidth: 180 }}>
        <Typography variant="body2" gutterBottom>
          {figures.passRate === undefined
            ? `None of ${targetCount} has ended`
            : `${formatShare(figures.passRate)}, ${
                figures.passed
              } of ${countedTrials(evaluation)}`}
        </Typography>
        <OutcomeBar figures={figures} />
      </TableCell>
      <TableCell align="right">
        {figures.vetoed} of {figures.judged}
        {figures.recovered > 0 && (
          <Typography variant="caption" color="textSecondary" display="block">
            {figures.recovered} recovered
          </Typography>
        )}
      </TableCell>
      <TableCell align="right">{formatMoney(figures.cost, currency)}</TableCell>
      <TableCell align="right">
        {figures.medianMs !== undefined && formatDuration(figures.medianMs)}
      </TableCell>
    </TableRow>
  );
}
