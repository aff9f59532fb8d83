import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { NotFoundError } from '@backstage/errors';
import Button from '@material-ui/core/Button';
import Grid from '@material-ui/core/Grid';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign, Evaluation, Trial } from '@skein/plugin-campaigns-common';
import {
  mostAtOnce,
  useEvaluation,
  useTrials,
} from '../../../../data/contextQueries';
import { formatMoney, formatTokens } from '../../../../format/money';
import { targetLabel } from '../../../../format/repository';
import { formatDuration } from '../../../../format/time';
import { targetRouteRef } from '../../../../routes';
import { Loadable } from '../../../shared';
import { PromptDialog } from '../../../TargetPage';
import { DetailHead } from '../DetailHead';
import { useContextPaths } from '../useContextPaths';
import { TrialDetails } from './TrialDetails';
import { TrialOutcomeCell } from './TrialOutcomeCell';

/** One trial: what it changed, how that was checked and reviewed, and its log. */
export function TrialPage(props: { campaign: Campaign }) {
  const { campaign } = props;
  const { evaluationId = '', jobId = '' } = useParams();
  const query = useEvaluation(campaign, evaluationId);
  return (
    <Loadable query={query} skeleton={<TrialSkeleton />}>
      {evaluation => (
        <TrialOfEvaluation
          campaign={campaign}
          evaluation={evaluation}
          jobId={jobId}
        />
      )}
    </Loadable>
  );
}

function TrialOfEvaluation(props: {
  campaign: Campaign;
  evaluation: Evaluation;
  jobId: string;
}) {
  const { campaign, evaluation, jobId } = props;
  // An evaluation has no more trials than one page holds.
  const query = useTrials(campaign, evaluation, { limit: mostAtOnce });
  const trial = query.data?.items.find(each => each.jobId === jobId);
  const missing =
    query.data && !trial
      ? new NotFoundError(
          `Evaluation ${evaluation.number} has no such trial, or you may not see its target.`,
        )
      : null;
  return (
    <Loadable
      query={{ ...query, data: trial, error: query.error ?? missing }}
      skeleton={<TrialSkeleton />}
    >
      {found => (
        <>
          <TrialHead
            campaign={campaign}
            evaluation={evaluation}
            trial={found}
          />
          <Grid container spacing={3}>
            <TrialDetails trial={found} />
          </Grid>
        </>
      )}
    </Loadable>
  );
}

function TrialHead(props: {
  campaign: Campaign;
  evaluation: Evaluation;
  trial: Trial;
}) {
  const { campaign, evaluation, trial } = props;
  const paths = useContextPaths(campaign.name);
  const targetPath = useRouteRef(targetRouteRef);
  const [asked, setAsked] = useState(false);
  return (
    <DetailHead
      title={targetLabel(trial.target)}
      origin={
        <>
          Trial of{' '}
          <Link to={paths.evaluation(evaluation.id)}>
            evaluation {evaluation.number}
          </Link>{' '}
          with{' '}
          <Link to={paths.revision(evaluation.revisionId)}>
            revision {evaluation.revisionNumber}
          </Link>
          . {formatMoney(trial.cost, evaluation.currency)},{' '}
          {formatTokens(trial.tokens)} tokens
          {trial.durationMs !== undefined &&
            `, ${formatDuration(trial.durationMs)}`}
          .{' '}
          <Link
            to={targetPath({
              name: campaign.name,
              targetId: trial.target.id,
            })}
          >
            The target itself
          </Link>
        </>
      }
      actions={
        <>
          <Button
            variant="outlined"
            size="small"
            onClick={() => setAsked(true)}
          >
            Show the prompt
          </Button>
          <PromptDialog
            target={trial.target}
            revisionId={evaluation.revisionId}
            open={asked}
            onClose={() => setAsked(false)}
          />
        </>
      }
    >
      <div style={{ marginTop: 8 }}>
        <TrialOutcomeCell trial={trial} />
      </div>
    </DetailHead>
  );
}

function TrialSkeleton() {
  return (
    <>
      <Skeleton height={48} width="50%" />
      <Skeleton variant="rect" height={320} />
    </>
  );
}
