import { useMemo, useState } from 'react';
import Button from '@material-ui/core/Button';
import ButtonBase from '@material-ui/core/ButtonBase';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import ChevronRightIcon from '@material-ui/icons/ChevronRight';
import { ChangeReport } from '@skein/plugin-campaigns-common';
import type { FileData } from 'react-diff-view';
import { countLines } from '../../diff/countLines';
import { filePath } from '../../diff/parsePatch';
import { pathInRepository } from '../../diff/pathInRepository';
import { DiffLayout } from './DiffLayout';
import { EditReasons } from './EditReasons';
import { FileHunks } from './FileHunks';

/** A file with more lines than this begins folded. */
const largeFile = 600;

const useStyles = makeStyles(theme => ({
  root: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    marginBottom: theme.spacing(2),
    overflow: 'hidden',
  },
  head: {
    display: 'flex',
    justifyContent: 'flex-start',
    width: '100%',
    gap: theme.spacing(1),
    padding: theme.spacing(1),
    textAlign: 'left',
    backgroundColor: theme.palette.action.hover,
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  path: {
    flexGrow: 1,
    fontFamily: 'Menlo, Consolas, monospace',
    overflowWrap: 'anywhere',
  },
  scroll: { overflowX: 'auto' },
  folded: { padding: theme.spacing(2) },
}));

/** One file of a patch; it folds. */
export function FileDiff(props: {
  file: FileData;
  title: string;
  layout: DiffLayout;
  targetPath: string;
  report: Pick<ChangeReport, 'edits' | 'refusals'>;
}) {
  const classes = useStyles();
  const { file, layout, targetPath, report, title } = props;
  const path = filePath(file);
  const count = useMemo(() => countLines(file), [file]);
  const large = count.total > largeFile;
  const [open, setOpen] = useState(true);
  const [shown, setShown] = useState(!large);
  const edits = useMemo(
    () =>
      report.edits.filter(
        edit =>
          edit.kind !== 'note' &&
          pathInRepository(targetPath, edit.file) === path,
      ),
    [report, targetPath, path],
  );

  return (
    <section className={classes.root} aria-label={title}>
      <ButtonBase
        className={classes.head}
        onClick={() => setOpen(!open)}
        aria-expanded={open}
      >
        {open ? (
          <ExpandMoreIcon fontSize="small" aria-hidden />
        ) : (
          <ChevronRightIcon fontSize="small" aria-hidden />
        )}
        <Typography variant="body2" className={classes.path}>
          {title}
        </Typography>
        <Typography variant="caption">
          +{count.inserted} −{count.deleted}
        </Typography>
      </ButtonBase>
      {open && !shown && (
        <div className={classes.folded}>
          <Typography variant="body2" gutterBottom>
            A large file: {count.total} lines.
          </Typography>
          <Button
            size="small"
            variant="outlined"
            onClick={() => setShown(true)}
          >
            Show it
          </Button>
        </div>
      )}
      {open && shown && (
        <>
          <div className={classes.scroll}>
            <FileHunks
              file={file}
              layout={layout}
              targetPath={targetPath}
              refusals={report.refusals}
            />
          </div>
          {edits.length > 0 && <EditReasons edits={edits} />}
        </>
      )}
    </section>
  );
}
