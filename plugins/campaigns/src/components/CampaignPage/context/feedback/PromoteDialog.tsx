import { useState } from 'react';
import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  Campaign,
  ContextRevision,
  FeedbackGroup,
  MOST_LESSON_CHARACTERS,
} from '@skein/plugin-campaigns-common';
import { errorMessage } from '../../../../data/errorMessage';
import { useCampaignAction } from '../../../../data/useCampaignAction';
import { FirstField } from '../../../shared';
import { useContextPaths } from '../useContextPaths';
import { LessonChoices, Reader } from './LessonChoices';

/** A lesson in a person's own words, who is told, and whether at once. */
export function PromoteDialog(props: {
  campaign: Campaign;
  groups: FeedbackGroup[];
  onClose: () => void;
}) {
  const { campaign, groups, onClose } = props;
  const [text, setText] = useState(() => wordsOf(groups));
  const [readers, setReaders] = useState<Reader[]>(['agent', 'judge']);
  const [adopt, setAdopt] = useState(false);
  const promote = useCampaignAction<void, ContextRevision>({
    act: api =>
      api.promoteFeedback(campaign.name, {
        keys: groups.map(({ key }) => key),
        text: text.trim(),
        for: readers,
        adopt,
      }),
  });

  if (promote.data) {
    return (
      <Done campaign={campaign} revision={promote.data} onClose={onClose} />
    );
  }
  return (
    <Dialog
      open
      onClose={promote.isPending ? undefined : onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="promote-title"
    >
      <DialogTitle id="promote-title">
        {groups.length === 1
          ? 'Make a lesson of it'
          : `Make one lesson of ${groups.length} remarks`}
      </DialogTitle>
      <DialogContent>
        <Typography variant="body2" paragraph>
          Write it as an instruction that holds for every target. These are
          others' words: jobs will follow what you leave in them.
        </Typography>
        <FirstField
          id="lesson-text"
          variant="outlined"
          label="Lesson"
          required
          multiline
          minRows={4}
          maxRows={14}
          value={text}
          onChange={event => setText(event.target.value)}
          inputProps={{ maxLength: MOST_LESSON_CHARACTERS }}
          helperText={`${text.length.toLocaleString(
            'en',
          )} of ${MOST_LESSON_CHARACTERS.toLocaleString('en')} characters`}
        />
        <LessonChoices
          currentRevision={campaign.revisionNumber}
          readers={readers}
          onReaders={setReaders}
          adopt={adopt}
          onAdopt={setAdopt}
        />
        {promote.error && (
          <Alert severity="error" style={{ marginTop: 16 }}>
            {errorMessage(promote.error)}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={promote.isPending}>
          Back
        </Button>
        <Button
          variant="contained"
          color="primary"
          disabled={
            text.trim() === '' || readers.length === 0 || promote.isPending
          }
          onClick={() => promote.mutate()}
        >
          {adopt ? 'Make it a lesson and adopt it' : 'Make it a lesson'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Done(props: {
  campaign: Campaign;
  revision: ContextRevision;
  onClose: () => void;
}) {
  const { campaign, onClose, revision } = props;
  const paths = useContextPaths(campaign.name);
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="promoted-title"
    >
      <DialogTitle id="promoted-title">
        Revision {revision.number} holds the lesson
      </DialogTitle>
      <DialogContent>
        <Typography variant="body2">
          {revision.current
            ? 'Jobs that start from now on are told it.'
            : 'No job is told it yet: evaluate the revision, then adopt it.'}{' '}
          <Link to={paths.revision(revision.id)} underline="always">
            Revision {revision.number}
          </Link>
        </Typography>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" color="primary" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function wordsOf(groups: FeedbackGroup[]): string {
  return groups
    .map(({ latest }) => latest.text)
    .join('\n\n')
    .slice(0, MOST_LESSON_CHARACTERS);
}
