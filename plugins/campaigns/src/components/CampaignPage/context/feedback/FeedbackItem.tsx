import { Link } from '@backstage/core-components';
import Checkbox from '@material-ui/core/Checkbox';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Campaign, FeedbackGroup } from '@skein/plugin-campaigns-common';
import { countOf, shortEntityName } from '../../../../format/words';
import { formatAgeOf } from '../../../../format/time';
import { FeedbackOrigin, FeedbackText } from '../../../FeedbackEntry';
import {
  ActionButton,
  PresentationChip,
  useCampaignPermissions,
  useNow,
} from '../../../shared';
import { whyNoChange } from '../contextActions';
import { useContextPaths } from '../useContextPaths';
import { useDecision } from './useDecision';
import { feedbackStatePresentations } from './feedbackStatePresentations';

const useStyles = makeStyles(theme => ({
  item: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
    borderBottom: `1px solid ${theme.palette.divider}`,
    '&:last-child': { borderBottom: 'none' },
  },
  decision: { '& a': { textDecoration: 'underline' } },
  box: { padding: theme.spacing(0.5) },
  words: {
    flexGrow: 1,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.75),
    alignItems: 'flex-start',
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
  },
  actions: {
    flex: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
  },
}));

/** The same words, from one target or many, with what can be made of them. */
export function FeedbackItem(props: {
  campaign: Campaign;
  group: FeedbackGroup;
  ticked: boolean;
  onTick: () => void;
  onPromote: () => void;
}) {
  const classes = useStyles();
  const { campaign, group, onPromote, onTick, ticked } = props;
  const permissions = useCampaignPermissions(campaign.id);
  const unavailable = whyNoChange(campaign, permissions);
  const dismiss = useDecision(campaign, 'dismiss');
  const reopen = useDecision(campaign, 'reopen');
  const { latest, state } = group;
  return (
    <li className={classes.item}>
      <Checkbox
        className={classes.box}
        color="primary"
        checked={ticked}
        onChange={onTick}
        inputProps={{
          'aria-label': `Choose: ${latest.text.slice(0, 80)}`,
        }}
      />
      <div className={classes.words}>
        <div className={classes.line}>
          <PresentationChip {...feedbackStatePresentations[state]} />
          <Typography variant="body2">{describeCount(group)}</Typography>
        </div>
        <FeedbackText text={latest.text} />
        <FeedbackOrigin
          feedback={latest}
          campaignName={campaign.name}
          latest={group.count > 1}
        />
        <Decision group={group} campaign={campaign} />
      </div>
      <div className={classes.actions}>
        {state !== 'promoted' && (
          <ActionButton
            size="small"
            variant="outlined"
            unavailable={unavailable}
            onClick={onPromote}
          >
            Make a lesson
          </ActionButton>
        )}
        {state === 'open' && (
          <ActionButton
            size="small"
            unavailable={unavailable}
            onClick={() => dismiss.mutate([group.key])}
          >
            Dismiss
          </ActionButton>
        )}
        {state === 'dismissed' && (
          <ActionButton
            size="small"
            unavailable={unavailable}
            onClick={() => reopen.mutate([group.key])}
          >
            Reopen
          </ActionButton>
        )}
      </div>
    </li>
  );
}

function Decision(props: { group: FeedbackGroup; campaign: Campaign }) {
  const classes = useStyles();
  const now = useNow(30_000);
  const { campaign, group } = props;
  const { decidedAt, decidedBy, promotedTo, state } = group;
  const paths = useContextPaths(campaign.name);
  if (state === 'open' || !decidedBy) return null;
  return (
    <Typography variant="body2" component="div" className={classes.decision}>
      {state === 'promoted' ? 'Made a lesson' : 'Dismissed'} by{' '}
      {shortEntityName(decidedBy)}, {formatAgeOf(decidedAt, now)}
      {promotedTo && (
        <>
          , in{' '}
          <Link
            to={`${paths.revision(promotedTo.revisionId)}?document=Lessons`}
          >
            revision {promotedTo.revisionNumber}
          </Link>
        </>
      )}
    </Typography>
  );
}

function describeCount({ count, source, targets }: FeedbackGroup): string {
  const who = source === 'reviewer' ? 'Reviewers' : 'Agents';
  if (count === 1) return source === 'reviewer' ? 'A reviewer' : 'An agent';
  return `${who}, ${countOf(count, 'time')} on ${countOf(targets, 'target')}`;
}
