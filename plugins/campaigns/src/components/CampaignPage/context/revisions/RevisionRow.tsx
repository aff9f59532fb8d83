import { Link } from '@backstage/core-components';
import Checkbox from '@material-ui/core/Checkbox';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  Campaign,
  ContextRevision,
  Evaluation,
  ReviewStatistics,
} from '@skein/plugin-campaigns-common';
import { formatMoney, formatShare } from '../../../../format/money';
import { Made } from '../Made';
import { EvaluateButton } from '../evaluations/EvaluateButton';
import { countedTrials } from '../evaluations/countedTrials';
import { useContextPaths } from '../useContextPaths';
import { AdoptButton } from './AdoptButton';
import { RevisionChip } from './RevisionChip';
import { Rate, formatRate, reviewRates } from './reviewRates';

const useStyles = makeStyles(theme => ({
  row: { '& td': { verticalAlign: 'top' } },
  name: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
  },
  note: { overflowWrap: 'anywhere', margin: theme.spacing(0.5, 0) },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
  },
}));

/** A revision in a line, with what is known of it. */
export function RevisionRow(props: {
  campaign: Campaign;
  revision: ContextRevision;
  statistics: ReviewStatistics | undefined;
  evaluation: Evaluation | undefined;
  chosen: boolean;
  onChoose: () => void;
}) {
  const classes = useStyles();
  const { campaign, chosen, evaluation, onChoose, revision, statistics } =
    props;
  const paths = useContextPaths(campaign.name);
  return (
    <TableRow hover selected={chosen} className={classes.row}>
      <TableCell padding="checkbox">
        <Checkbox
          color="primary"
          checked={chosen}
          onChange={onChoose}
          inputProps={{ 'aria-label': `Compare revision ${revision.number}` }}
        />
      </TableCell>
      <TableCell>
        <div className={classes.name}>
          <Link to={paths.revision(revision.id)}>
            Revision {revision.number}
          </Link>
          <RevisionChip revision={revision} campaign={campaign} />
        </div>
        {revision.note && (
          <Typography variant="body2" className={classes.note}>
            {revision.note}
          </Typography>
        )}
        <Typography variant="caption" color="textSecondary" component="div">
          <Made by={revision.createdBy} at={revision.createdAt} />
        </Typography>
      </TableCell>
      <TableCell>
        <Reviewed statistics={statistics} />
      </TableCell>
      <TableCell>
        <People statistics={statistics} />
      </TableCell>
      <TableCell>
        {evaluation ? (
          <LatestEvaluation campaign={campaign} evaluation={evaluation} />
        ) : (
          <Nothing>Not evaluated</Nothing>
        )}
      </TableCell>
      <TableCell>
        <div className={classes.actions}>
          <EvaluateButton campaign={campaign} revision={revision} />
          <AdoptButton campaign={campaign} revision={revision} short />
        </div>
      </TableCell>
    </TableRow>
  );
}

function Reviewed(props: { statistics: ReviewStatistics | undefined }) {
  const { statistics } = props;
  if (!statistics || statistics.reviewed === 0) {
    return <Nothing>Nothing reviewed</Nothing>;
  }
  const { blocked, recovered, vetoed } = reviewRates(statistics);
  return (
    <>
      <Line>{statistics.reviewed} reviewed</Line>
      <RateLine rate={blocked} label="blocked" whole="reviewed" />
      {vetoed.of === 0 ? (
        <Nothing>No judge asked</Nothing>
      ) : (
        <RateLine rate={vetoed} label="vetoed" whole="judged" />
      )}
      {recovered.of > 0 && (
        <RateLine rate={recovered} label="recovered" whole="vetoed" />
      )}
    </>
  );
}

function People(props: { statistics: ReviewStatistics | undefined }) {
  const { statistics } = props;
  const rates = statistics && reviewRates(statistics);
  if (!rates || rates.mergedAsIs.of === 0) {
    return <Nothing>Nothing decided</Nothing>;
  }
  const whole = 'that people decided about';
  return (
    <>
      <RateLine rate={rates.mergedAsIs} label="merged as is" whole={whole} />
      <RateLine rate={rates.mergedEdited} label="merged edited" whole={whole} />
      <RateLine rate={rates.closed} label="closed" whole={whole} />
    </>
  );
}

/** `3 vetoed (18 %)`, and of how many to who points at it. */
function RateLine(props: { rate: Rate; label: string; whole: string }) {
  const { label, rate, whole } = props;
  return (
    <Line title={`Of ${rate.of} ${whole}`}>
      {rate.count} {label} ({formatRate(rate)})
    </Line>
  );
}

function Line(props: { children: React.ReactNode; title?: string }) {
  return (
    <Typography variant="body2" noWrap title={props.title}>
      {props.children}
    </Typography>
  );
}

function Nothing(props: { children: string }) {
  return (
    <Typography variant="body2" color="textSecondary">
      {props.children}
    </Typography>
  );
}

function LatestEvaluation(props: {
  campaign: Campaign;
  evaluation: Evaluation;
}) {
  const { campaign, evaluation } = props;
  const { currency, figures, id, state } = evaluation;
  const { cost, passed, passRate } = figures;
  const paths = useContextPaths(campaign.name);
  return (
    <>
      <Line>
        <Link to={paths.evaluation(id)}>
          {passRate === undefined
            ? 'None has ended'
            : `${formatShare(passRate)} passed`}
        </Link>
      </Line>
      <Line>
        {passed} of {countedTrials(evaluation)}
      </Line>
      <Line>
        {formatMoney(cost, currency)}
        {state === 'running' && ', running'}
      </Line>
    </>
  );
}
