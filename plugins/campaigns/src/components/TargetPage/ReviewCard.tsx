import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { Review, Target } from '@skein/plugin-campaigns-common';
import { useReviews } from '../../data/queries';
import { fileUrl } from '../../format/repository';
import { countOf } from '../../format/words';
import { gateActions, gateLabels, reviewOutcomes } from '../../states/gates';
import { GroupLine, Loadable, SectionCard } from '../shared';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, padding: 0, listStyle: 'none' },
  item: { marginTop: theme.spacing(1.5), overflowWrap: 'anywhere' },
  round: {
    '& + &': {
      marginTop: theme.spacing(3),
      paddingTop: theme.spacing(2),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
  },
  code: { fontFamily: 'Menlo, Consolas, monospace', fontSize: '0.8125rem' },
}));

/** What gates and judge said of the patches of a job, the last one first; nothing where they were not asked. */
export function ReviewCard(props: {
  target: Target;
  /** The newest job of the target itself that was reviewed, without. */
  jobId?: string;
}) {
  const { target } = props;
  const classes = useStyles();
  const query = useReviews(target, props.jobId);
  const jobId = props.jobId ?? query.data?.items[0]?.jobId;
  const reviews = query.data?.items.filter(each => each.jobId === jobId);
  if (reviews?.length === 0) return null;
  return (
    <SectionCard
      title="Review"
      subheader="Checks that no change may talk its way past, and a judge who sees request and diff alone."
    >
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={48} />}
      >
        {() => (
          <>
            {reviews?.map(review => (
              <div key={review.id} className={classes.round}>
                <Round review={review} target={target} />
              </div>
            ))}
          </>
        )}
      </Loadable>
    </SectionCard>
  );
}

function Round(props: { review: Review; target: Target }) {
  const { review, target } = props;
  const classes = useStyles();
  const { findings, judge, judgeError } = review;
  const outcome = reviewOutcomes[review.outcome];
  return (
    <>
      <GroupLine group={outcome.group}>
        {review.round > 1 && `Patch ${review.round}: `}
        {outcome.label}
        {findings.length === 0
          ? ', the gates found nothing'
          : `, the gates found ${countOf(findings.length, 'thing', 'things')}`}
      </GroupLine>
      <ul className={classes.list}>
        {findings.map((finding, index) => (
          <li key={index} className={classes.item}>
            <GroupLine group={gateActions[finding.action].group}>
              {gateLabels[finding.gate]} ·{' '}
              {gateActions[finding.action].label.toLowerCase()}
            </GroupLine>
            <Place target={target} {...finding} />
            <Typography variant="body2">{finding.message}</Typography>
            {finding.evidence && (
              <code className={classes.code}>{finding.evidence}</code>
            )}
          </li>
        ))}
        {judge && (
          <li className={classes.item}>
            <GroupLine group={judge.verdict === 'accept' ? 'done' : 'failed'}>
              Judge · {judge.verdict === 'accept' ? 'accepts' : 'vetoes'}
            </GroupLine>
            <Typography variant="caption" color="textSecondary">
              {judge.model}, {Math.round(judge.confidence * 100)}% sure by its
              own account
            </Typography>
            {judge.reasons.map((each, index) => (
              <div key={index}>
                <Place target={target} {...each} />
                <Typography variant="body2">{each.reason}</Typography>
              </div>
            ))}
          </li>
        )}
        {judgeError && (
          <li className={classes.item}>
            <GroupLine group="attention">Judge · was not asked</GroupLine>
            <Typography variant="body2">{judgeError}</Typography>
          </li>
        )}
      </ul>
    </>
  );
}

function Place(props: { target: Target; file?: string; line?: number }) {
  const { file, line, target } = props;
  if (file === undefined) return null;
  return (
    <Typography variant="body2" component="div">
      <Link to={fileUrl(target.repository, file, line)}>
        {file}
        {line ? `:${line}` : ''}
      </Link>
    </Typography>
  );
}
