import ButtonBase from '@material-ui/core/ButtonBase';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { TargetState } from '@skein/plugin-campaigns-common';
import { GroupCount, StateCounts, countGroups } from '../../states/countStates';
import {
  stateGroupPresentations,
  targetStateLabel,
} from '../../states/targetStates';
import { useGroupColor } from './useGroupColor';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    width: '100%',
    gap: 2,
    borderRadius: 4,
    overflow: 'hidden',
    backgroundColor: theme.palette.action.hover,
  },
  segment: {
    height: '100%',
    minWidth: 6,
    transition: 'flex-grow 300ms',
    '@media (prefers-reduced-motion: reduce)': { transition: 'none' },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.text.primary}`,
      outlineOffset: -2,
    },
  },
  list: { margin: 0, padding: 0, listStyle: 'none' },
}));

export interface StateBarProps {
  counts: StateCounts;
  height?: number;
  /** Makes each part a button. */
  onSelect?: (states: TargetState[]) => void;
}

/** One bar of all targets in scope, a part for each group of states. */
export function StateBar(props: StateBarProps) {
  const classes = useStyles();
  const colorOf = useGroupColor();
  const { counts, height = 10, onSelect } = props;
  const groups = countGroups(counts);
  const bar = (
    <div
      className={classes.bar}
      style={{ height }}
      role={onSelect ? 'group' : 'img'}
      aria-label={groups.length > 0 ? describe(groups) : 'No targets in scope'}
    >
      {groups.map(({ group, count, states }) => {
        const style = { flex: `${count} 1 0`, backgroundColor: colorOf(group) };
        return onSelect ? (
          <Tooltip
            key={group}
            title={<StateList groups={[{ group, count, states }]} />}
          >
            <ButtonBase
              className={classes.segment}
              style={style}
              onClick={() => onSelect(states.map(({ state }) => state))}
              aria-label={`${count} ${stateGroupPresentations[group].label}`}
            />
          </Tooltip>
        ) : (
          <div key={group} className={classes.segment} style={style} />
        );
      })}
    </div>
  );
  if (onSelect || groups.length === 0) return bar;
  return <Tooltip title={<StateList groups={groups} />}>{bar}</Tooltip>;
}

function StateList(props: { groups: GroupCount[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.list}>
      {props.groups
        .flatMap(({ states }) => states)
        .map(({ state, count }) => (
          <li key={state}>
            {count} {targetStateLabel(state)}
          </li>
        ))}
    </ul>
  );
}

function describe(groups: GroupCount[]): string {
  return groups
    .flatMap(({ states }) => states)
    .map(({ state, count }) => `${count} ${targetStateLabel(state)}`)
    .join(', ');
}
