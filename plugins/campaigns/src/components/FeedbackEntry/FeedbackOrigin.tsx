import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Feedback } from '@skein/plugin-campaigns-common';
import { safeAddress } from '../../format/safeAddress';
import { targetLabel } from '../../format/repository';
import { formatAgeOf, formatTime } from '../../format/time';
import { targetRouteRef } from '../../routes';
import { mutedColor, useNow } from '../shared';

const useStyles = makeStyles(theme => ({
  root: {
    color: mutedColor(theme),
    overflowWrap: 'anywhere',
    // Links within a sentence must differ by more than their colour.
    '& a': { textDecoration: 'underline' },
  },
}));

/** Who said it of what and when, with the way there. */
export function FeedbackOrigin(props: {
  feedback: Feedback;
  campaignName: string;
  /** The page is the target's own. */
  onTarget?: boolean;
  /** It stands for others too. */
  latest?: boolean;
}) {
  const classes = useStyles();
  const targetPath = useRouteRef(targetRouteRef);
  const now = useNow(30_000);
  const { campaignName, feedback, latest, onTarget } = props;
  const { createdAt, jobId, revisionNumber, target } = feedback;
  const path = targetPath({ name: campaignName, targetId: target.id });
  return (
    <Typography variant="body2" component="div" className={classes.root}>
      {speakerOf(feedback, latest)}
      {!onTarget && (
        <>
          {' on '}
          <Link to={path}>{targetLabel(target)}</Link>
        </>
      )}
      {', '}
      <Place feedback={feedback} />
      {jobId !== undefined && (
        <>
          <Link to={`${path}?${new URLSearchParams({ job: jobId })}`}>
            log of the job
          </Link>
          {', '}
        </>
      )}
      <span title={formatTime(createdAt)}>{formatAgeOf(createdAt, now)}</span>
      {revisionNumber !== undefined && `, of revision ${revisionNumber}`}
    </Typography>
  );
}

function speakerOf(
  { author, source }: Feedback,
  latest: boolean | undefined,
): string {
  const speaker = source === 'agent' ? 'agent' : author ?? 'reviewer';
  if (latest) return `Last: ${speaker}`;
  return author === undefined ? `The ${speaker}` : speaker;
}

function Place(props: { feedback: Feedback }) {
  const { file, line, url } = props.feedback;
  const place = file && `${file}${line === undefined ? '' : `:${line}`}`;
  const address = safeAddress(url);
  if (address) {
    return (
      <>
        <Link to={address}>{place ?? 'the comment'}</Link>
        {', '}
      </>
    );
  }
  return place ? <>{place}, </> : null;
}
