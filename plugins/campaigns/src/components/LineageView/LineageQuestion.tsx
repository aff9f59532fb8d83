import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { countOf } from '../../format/words';
import { ChoiceButton } from '../shared';

/** Which way lineage is read from the dataset. */
export type Direction = 'downstream' | 'upstream' | 'both';

/** What is asked of the lineage of a dataset. */
export interface Question {
  direction: Direction;
  /** In jobs. */
  depth: number;
  /** Nodes of the answer at most. */
  limit: number;
}

/** What is asked before anybody chooses: 2,000 consumers fit in with what they write, and some to spare. */
export const firstQuestion: Question = {
  direction: 'downstream',
  depth: 5,
  limit: 6_000,
};

const depths = [1, 2, 3, 5, 10, 20];

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    margin: theme.spacing(1),
  },
  depth: { minWidth: 110 },
}));

export interface LineageQuestionProps {
  question: Question;
  onQuestion: (question: Question) => void;
}

/** Which way, and how far. */
export function LineageQuestion(props: LineageQuestionProps) {
  const classes = useStyles();
  const { question, onQuestion } = props;
  return (
    <div className={classes.root}>
      <TextField
        id="lineage-depth"
        select
        size="small"
        variant="outlined"
        margin="none"
        label="As far as"
        className={classes.depth}
        value={question.depth}
        onChange={event =>
          onQuestion({ ...question, depth: Number(event.target.value) })
        }
      >
        {depths.map(depth => (
          <MenuItem key={depth} value={depth}>
            {countOf(depth, 'step')}
          </MenuItem>
        ))}
      </TextField>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={question.direction}
        onChange={(_event, direction: Direction | null) =>
          direction && onQuestion({ ...question, direction })
        }
        aria-label="Direction"
      >
        <ChoiceButton value="upstream">Upstream</ChoiceButton>
        <ChoiceButton value="downstream">Downstream</ChoiceButton>
        <ChoiceButton value="both">Both</ChoiceButton>
      </ToggleButtonGroup>
    </div>
  );
}
