import { useMemo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Change } from '@skein/plugin-campaigns-common';
import { filePath, parsePatch } from '../../diff/parsePatch';
import { DiffFrame } from './DiffFrame';
import { DiffLayout } from './DiffLayout';
import { FileDiff } from './FileDiff';

const useStyles = makeStyles({ raw: { overflow: 'auto', maxHeight: 600 } });

/** A patch as files to read, with the notes for a person beside their lines. */
export function ChangeDiff(props: {
  /** Folder of the target in its repository. */
  targetPath: string;
  change: Change;
  layout: DiffLayout;
}) {
  const classes = useStyles();
  const { change, layout, targetPath } = props;
  const files = useMemo(() => parsePatch(change.patch), [change.patch]);
  if (!files) return <pre className={classes.raw}>{change.patch}</pre>;
  return (
    <DiffFrame>
      {files.map(file => (
        <FileDiff
          key={filePath(file)}
          file={file}
          title={filePath(file)}
          layout={layout}
          targetPath={targetPath}
          report={change.report}
        />
      ))}
    </DiffFrame>
  );
}
