import { useMemo, useRef } from 'react';
import { alpha, makeStyles } from '@material-ui/core/styles';
import { useGroupColor } from '../shared';

const lineHeight = 20;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    height: 360,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflow: 'hidden',
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: 13,
    lineHeight: `${lineHeight}px`,
    '&:focus-within': { borderColor: theme.palette.primary.main },
  },
  gutter: {
    flex: 'none',
    minWidth: 44,
    overflow: 'hidden',
    padding: theme.spacing(1, 0),
    textAlign: 'right',
    userSelect: 'none',
    color: theme.palette.text.secondary,
    backgroundColor: theme.palette.action.hover,
  },
  number: { padding: '0 8px' },
  text: {
    flexGrow: 1,
    border: 'none',
    outline: 'none',
    resize: 'none',
    padding: theme.spacing(1),
    font: 'inherit',
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.paper,
    whiteSpace: 'pre',
    overflow: 'auto',
    tabSize: 2,
  },
}));

export interface TextEditorProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  /** 1-based lines with problems. */
  marked: ReadonlyMap<number, 'error' | 'warning'>;
  /** The text field, so that a problem can lead to its line. */
  fieldRef?: React.RefObject<HTMLTextAreaElement>;
}

/** A plain text field with line numbers. */
export function TextEditor(props: TextEditorProps) {
  const classes = useStyles();
  const colorOf = useGroupColor();
  const gutter = useRef<HTMLDivElement>(null);
  const count = useMemo(() => props.value.split('\n').length, [props.value]);
  const colors = { error: colorOf('failed'), warning: colorOf('attention') };
  return (
    <div className={classes.root}>
      <div className={classes.gutter} ref={gutter} aria-hidden>
        {Array.from({ length: count }, (_, index) => {
          const mark = props.marked.get(index + 1);
          return (
            <div
              key={index}
              className={classes.number}
              style={
                mark && {
                  color: colors[mark],
                  fontWeight: 700,
                  backgroundColor: alpha(colors[mark], 0.15),
                }
              }
            >
              {index + 1}
            </div>
          );
        })}
      </div>
      <textarea
        ref={props.fieldRef}
        className={classes.text}
        aria-label={props.label}
        value={props.value}
        placeholder={props.placeholder}
        onChange={event => props.onChange(event.target.value)}
        onScroll={event => {
          if (gutter.current) {
            gutter.current.scrollTop = event.currentTarget.scrollTop;
          }
        }}
        spellCheck={false}
        autoCapitalize="off"
        wrap="off"
      />
    </div>
  );
}
