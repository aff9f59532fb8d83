import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { FeedbackView } from './feedbackView';

/** Why the inbox is empty. */
export function NoFeedback(props: { view: FeedbackView; onAll: () => void }) {
  const { onAll, view } = props;
  const narrowed = view.search !== '' || view.source !== 'all';
  return (
    <div style={{ padding: 16 }}>
      <Typography variant="body2" gutterBottom>
        {describe(view.state, narrowed)}
      </Typography>
      {view.state !== 'all' && (
        <Button size="small" variant="outlined" onClick={onAll}>
          Show all states
        </Button>
      )}
    </div>
  );
}

function describe(state: FeedbackView['state'], narrowed: boolean): string {
  if (narrowed) return 'Nothing that was said matches this.';
  switch (state) {
    case 'open':
      return 'Nothing waits to be read.';
    case 'promoted':
      return 'Nothing has become a lesson yet.';
    case 'dismissed':
      return 'Nothing has been dismissed.';
    default:
      return 'Nobody has said anything yet: neither a reviewer on a pull request, nor an agent of its instructions.';
  }
}
