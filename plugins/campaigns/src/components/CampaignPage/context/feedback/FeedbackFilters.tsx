import { makeStyles } from '@material-ui/core/styles';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { ChoiceButton, SearchField, useTypedSearch } from '../../../shared';
import { FeedbackView } from './feedbackView';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    padding: theme.spacing(2),
  },
  search: { width: 240 },
  choice: { textTransform: 'none', padding: theme.spacing(0.75, 1.5) },
}));

const states: Array<{ value: FeedbackView['state']; label: string }> = [
  { value: 'open', label: 'Open' },
  { value: 'promoted', label: 'Lessons' },
  { value: 'dismissed', label: 'Dismissed' },
  { value: 'all', label: 'All' },
];

const sources: Array<{ value: FeedbackView['source']; label: string }> = [
  { value: 'all', label: 'Everyone' },
  { value: 'reviewer', label: 'Reviewers' },
  { value: 'agent', label: 'Agents' },
];

/** Narrows the inbox; the backend filters. */
export function FeedbackFilters(props: {
  view: FeedbackView;
  onView: (change: Partial<FeedbackView>) => void;
}) {
  const classes = useStyles();
  const { onView, view } = props;
  const [typed, setTyped] = useTypedSearch(view.search, search =>
    onView({ search }),
  );

  return (
    <div className={classes.root} role="search" aria-label="Filter feedback">
      <SearchField
        className={classes.search}
        label="Search feedback"
        placeholder="Search the words"
        value={typed}
        onValue={setTyped}
      />
      <ToggleButtonGroup
        exclusive
        size="small"
        value={view.state}
        onChange={(_event, state: FeedbackView['state'] | null) =>
          state && onView({ state })
        }
        aria-label="State"
      >
        {states.map(({ label, value }) => (
          <ChoiceButton key={value} value={value} className={classes.choice}>
            {label}
          </ChoiceButton>
        ))}
      </ToggleButtonGroup>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={view.source}
        onChange={(_event, source: FeedbackView['source'] | null) =>
          source && onView({ source })
        }
        aria-label="Said by"
      >
        {sources.map(({ label, value }) => (
          <ChoiceButton key={value} value={value} className={classes.choice}>
            {label}
          </ChoiceButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
