import { useEffect, useState } from 'react';
import InputAdornment from '@material-ui/core/InputAdornment';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import SearchIcon from '@material-ui/icons/Search';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import useDebounce from 'react-use/esm/useDebounce';
import { ChoiceButton } from '../../../shared';
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
  const [typed, setTyped] = useState(view.search);

  // Links change the address, not this field.
  useEffect(() => setTyped(view.search), [view.search]);

  useDebounce(
    () => {
      const search = typed.trim();
      if (search !== view.search) onView({ search });
    },
    300,
    [typed],
  );

  return (
    <div className={classes.root} role="search" aria-label="Filter feedback">
      <TextField
        className={classes.search}
        value={typed}
        onChange={event => setTyped(event.target.value)}
        placeholder="Search the words"
        variant="outlined"
        size="small"
        margin="none"
        inputProps={{ 'aria-label': 'Search feedback' }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        }}
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
