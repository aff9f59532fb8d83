import { makeStyles } from '@material-ui/core/styles';
import { TranscriptEntry } from '@skein/plugin-campaigns-common';
import { formatDuration } from '../../format/time';
import { describeTokens } from '../../format/tokens';
import { mutedColor, useGroupColor } from '../shared';

const useStyles = makeStyles(theme => ({
  root: { minWidth: 0 },
  summary: {
    cursor: 'pointer',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  tool: { paddingLeft: theme.spacing(2) },
  name: { fontWeight: 700 },
  muted: { color: mutedColor(theme) },
  text: {
    margin: theme.spacing(0.5, 0, 1, 2),
    padding: theme.spacing(1),
    maxHeight: 320,
    overflow: 'auto',
    borderLeft: `2px solid ${theme.palette.divider}`,
    fontFamily: 'inherit',
    fontSize: 'inherit',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/** A turn of an agent, or a tool that it called: one line, and all of it when it is opened. */
export function TranscriptLine(props: { entry: TranscriptEntry }) {
  const { entry } = props;
  return entry.kind === 'turn' ? (
    <TurnLine entry={entry} />
  ) : (
    <ToolLine entry={entry} />
  );
}

function TurnLine(props: {
  entry: Extract<TranscriptEntry, { kind: 'turn' }>;
}) {
  const classes = useStyles();
  const { durationMs, model, stopReason, text, turn, usage } = props.entry;
  return (
    <details className={classes.root} open={text !== undefined}>
      <summary className={classes.summary}>
        <span className={classes.name}>Turn {turn}</span>{' '}
        <span className={classes.muted}>
          {describeTokens(usage)} · {formatDuration(durationMs)}
        </span>
      </summary>
      <pre className={classes.text}>
        {text ?? 'It said nothing and called its tools.'}
        {'\n'}
        <span className={classes.muted}>
          {model}, ended by {stopReason}
        </span>
      </pre>
    </details>
  );
}

function ToolLine(props: {
  entry: Extract<TranscriptEntry, { kind: 'tool' }>;
}) {
  const classes = useStyles();
  const colorOf = useGroupColor();
  const { durationMs, failed, input, name, result, resultBytes } = props.entry;
  return (
    <details className={`${classes.root} ${classes.tool}`}>
      <summary className={classes.summary}>
        <span
          className={classes.name}
          style={{ color: failed ? colorOf('attention') : undefined }}
        >
          {name}
          {failed && ' (failed)'}
        </span>{' '}
        <span className={classes.muted}>
          {[
            subjectOf(input),
            `${resultBytes.toLocaleString('en')} bytes`,
            formatDuration(durationMs),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </summary>
      {input !== '{}' && (
        <pre className={classes.text} aria-label={`What ${name} was given`}>
          {readable(input)}
        </pre>
      )}
      <pre className={classes.text} aria-label={`What ${name} answered`}>
        {result}
      </pre>
    </details>
  );
}

/** What a call is about, in a few words: its path, its command, or the start of its input. */
function subjectOf(input: string): string {
  const parsed = parse(input);
  if (!parsed) return input.slice(0, 120);
  const { command, field, path, query, folder } = parsed;
  const words = Array.isArray(command) ? command.join(' ') : undefined;
  const about = words ?? query ?? path ?? folder;
  return [about, field]
    .filter(each => each !== undefined)
    .join(', ')
    .slice(0, 120);
}

/** Each field on lines of its own; texts in it as they are. */
function readable(input: string): string {
  const parsed = parse(input);
  if (!parsed) return input;
  const lines = Object.entries(parsed).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text.includes('\n') ? `${name}:\n${text}` : `${name}: ${text}`;
  });
  return lines.join('\n');
}

/** @returns undefined where it was cut and is no JSON any more */
function parse(input: string): Record<string, any> | undefined {
  try {
    const value = JSON.parse(input);
    return value && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
