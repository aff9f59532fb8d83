import { Fragment, memo, useMemo } from 'react';
import { alpha, makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ChangeData,
  Decoration,
  Diff,
  FileData,
  Hunk,
  getChangeKey,
  markEdits,
  tokenize,
} from 'react-diff-view';
import { Refusal, notesByChange } from '../../diff/notesByChange';
import { mutedColor, useGroupColor } from '../shared';
import { DiffLayout } from './DiffLayout';

const useStyles = makeStyles(theme => ({
  diff: { minWidth: 720 },
  hunk: {
    padding: theme.spacing(0.25, 1),
    color: mutedColor(theme),
    backgroundColor: theme.palette.action.hover,
  },
  noteLine: {
    '& .diff-code': { fontWeight: 600 },
  },
  note: {
    padding: theme.spacing(1, 2),
    borderLeft: '4px solid',
    whiteSpace: 'normal',
  },
}));

/** The changed parts of a file. Rendered again only when the file or the layout is another. */
export const FileHunks = memo(
  (props: {
    file: FileData;
    layout: DiffLayout;
    targetPath: string;
    refusals: Refusal[];
  }) => {
    const classes = useStyles();
    const color = useGroupColor()('attention');
    const { file, layout, targetPath, refusals } = props;
    const notes = useMemo(
      () => notesByChange(file, targetPath, refusals),
      [file, targetPath, refusals],
    );
    const tokens = useMemo(
      () =>
        tokenize(file.hunks, {
          enhancers: [markEdits(file.hunks, { type: 'block' })],
        }),
      [file],
    );
    const widgets = Object.fromEntries(
      [...notes.refusals].map(([key, found]) => [
        key,
        <div
          className={classes.note}
          style={{ borderColor: color, backgroundColor: alpha(color, 0.12) }}
          role="note"
        >
          {found.map((refusal, index) => (
            <Typography key={index} variant="body2">
              <strong>A person decides:</strong> {refusal.reason}
            </Typography>
          ))}
        </div>,
      ]),
    );
    const lineClass = (options: {
      changes: ChangeData[];
      defaultGenerate: () => string;
    }) =>
      options.changes.some(
        change => change && notes.noteLines.has(getChangeKey(change)),
      )
        ? `${options.defaultGenerate()} ${classes.noteLine}`
        : options.defaultGenerate();

    return (
      <Diff
        className={classes.diff}
        viewType={layout}
        diffType={file.type}
        hunks={file.hunks}
        widgets={widgets}
        tokens={tokens}
        generateLineClassName={lineClass}
      >
        {hunks =>
          hunks.map(hunk => (
            <Fragment key={hunk.content}>
              <Decoration>
                <div className={classes.hunk}>{hunk.content}</div>
              </Decoration>
              <Hunk hunk={hunk} />
            </Fragment>
          ))
        }
      </Diff>
    );
  },
);
