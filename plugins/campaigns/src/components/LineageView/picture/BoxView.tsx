import { memo, useEffect, useRef } from 'react';
import ButtonBase from '@material-ui/core/ButtonBase';
import { alpha, makeStyles } from '@material-ui/core/styles';
import { LineageNode } from '@skein/plugin-campaigns-common';
import { boxHeight, boxWidth } from '../../../lineage/layoutBoxes';
import { PictureBox } from '../../../lineage/types';
import {
  boxLabel,
  countMembers,
  describeNode,
  groupTitle,
  nodeTitle,
} from '../nodeWords';
import { Shade } from './scene';

const useStyles = makeStyles(theme => ({
  root: {
    position: 'absolute',
    width: boxWidth,
    height: boxHeight,
    pointerEvents: 'all',
  },
  box: {
    display: 'block',
    width: '100%',
    height: '100%',
    padding: '6px 24px 6px 14px',
    borderRadius: 6,
    border: `1px solid ${theme.palette.divider}`,
    overflow: 'hidden',
    backgroundColor: theme.palette.background.paper,
    color: theme.palette.text.primary,
    fontSize: 12,
    lineHeight: '17px',
    textAlign: 'left',
    boxShadow: `0 0 0 0 ${alpha(theme.palette.primary.main, 0)}`,
    '&:focus-visible': {
      outline: `3px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  },
  dataset: { borderRadius: 20 },
  group: { boxShadow: `3px 3px 0 0 ${theme.palette.divider}` },
  passedBy: { opacity: 0.45 },
  found: { borderColor: theme.palette.text.primary, borderWidth: 2 },
  selected: {
    boxShadow: `0 0 0 3px ${theme.palette.primary.main}`,
  },
  shade: {
    position: 'absolute',
    left: 0,
    top: 0,
    bottom: 0,
    width: 6,
    borderRadius: '6px 0 0 6px',
  },
  title: {
    display: 'block',
    fontSize: 13,
    fontWeight: 600,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  line: {
    display: 'block',
    color: theme.palette.text.secondary,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  toggle: {
    position: 'absolute',
    right: -14,
    top: 13,
    minWidth: 28,
    height: 24,
    padding: '0 5px',
    borderRadius: 12,
    fontSize: 11,
    fontWeight: 600,
    color: theme.palette.background.paper,
    backgroundColor: theme.palette.text.primary,
  },
  upstream: { right: 'auto', left: -14 },
  open: {
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.paper,
    border: `1px solid ${theme.palette.divider}`,
  },
}));

export interface BoxViewProps {
  box: PictureBox;
  /** The node, or the first of a group. */
  node: LineageNode | undefined;
  shades: Shade[];
  found: boolean;
  selected: boolean;
  /** It is what Tab leads to. */
  reachable: boolean;
  /** Counts up when the keyboard has come here. */
  focusCall: number;
  /** More of its neighbours can be asked for. */
  unknownBeyond: boolean;
  onSelect: (id: string, byKey: boolean) => void;
  onToggle: (id: string) => void;
}

/** A node or a group of them. Light: hundreds may be drawn. */
export const BoxView = memo((props: BoxViewProps) => {
  const classes = useStyles();
  const { box, node, shades, found, selected, reachable, focusCall } = props;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focusCall > 0) button.current?.focus({ preventScroll: true });
  }, [focusCall]);

  const group = box.groupKey !== undefined;
  const [title, line] =
    group || !node
      ? [groupTitle(box.groupKey ?? ''), countMembers(box)]
      : [nodeTitle(node), describeNode(node)];
  const className = [
    classes.box,
    box.kind === 'dataset' && !group && classes.dataset,
    group && classes.group,
    found && classes.found,
    selected && classes.selected,
  ];
  const toggle = toggleOf(box, props.unknownBeyond);
  return (
    <div
      className={`${classes.root} ${box.passedBy ? classes.passedBy : ''}`}
      style={{ transform: `translate(${box.x}px, ${box.y}px)` }}
      data-box={box.id}
    >
      <button
        ref={button}
        type="button"
        className={className.filter(Boolean).join(' ')}
        tabIndex={reachable ? 0 : -1}
        aria-label={boxLabel(box, node)}
        aria-expanded={toggle?.expanded}
        aria-pressed={selected}
        title={group ? undefined : node?.name}
        onClick={event => props.onSelect(box.id, event.detail === 0)}
      >
        <span
          className={classes.shade}
          style={{ background: stripes(shades) }}
        />
        <span className={classes.title}>{title}</span>
        <span className={classes.line}>{line}</span>
      </button>
      {toggle && (
        <ButtonBase
          className={[
            classes.toggle,
            box.column < 0 && classes.upstream,
            toggle.expanded && classes.open,
          ]
            .filter(Boolean)
            .join(' ')}
          tabIndex={-1}
          onClick={() => props.onToggle(box.id)}
          aria-label={`${toggle.words} ${title}`}
          title={toggle.words}
        >
          {toggle.sign}
        </ButtonBase>
      )}
    </div>
  );
});

interface Toggle {
  expanded: boolean;
  sign: string;
  words: string;
}

function toggleOf(box: PictureBox, unknownBeyond: boolean): Toggle | undefined {
  const { hidden, open, members } = box;
  if (box.groupKey !== undefined) {
    return {
      expanded: false,
      sign: `+${members.length}`,
      words: `Show the ${members.length} of`,
    };
  }
  if (hidden > 0) {
    return {
      expanded: open,
      sign: `+${hidden}`,
      words: `Show ${hidden} more after`,
    };
  }
  if (open) return { expanded: true, sign: '−', words: 'Hide what follows' };
  return unknownBeyond
    ? { expanded: false, sign: '…', words: 'Look further after' }
    : undefined;
}

/** The colours of the members, each as high as its share. */
function stripes(shades: Shade[]): string {
  if (shades.length < 2) return shades[0]?.color ?? 'transparent';
  let end = 0;
  const parts = shades.map(({ color, share }) => {
    const start = end;
    end += share * 100;
    return `${color} ${start}% ${end}%`;
  });
  return `linear-gradient(${parts.join(', ')})`;
}
