import { PropsWithChildren } from 'react';
import { CSSProperties } from '@material-ui/core/styles/withStyles';
import { Theme, makeStyles } from '@material-ui/core/styles';
import 'react-diff-view/style/index.css';

/** The diff's own style sheet reads these. */
function diffColors(theme: Theme): CSSProperties {
  const dark = theme.palette.type === 'dark';
  return {
    '--diff-text-color': theme.palette.text.primary,
    '--diff-font-family': 'Menlo, Consolas, monospace',
    '--diff-gutter-insert-background-color': dark ? '#1d4428' : '#ccf2d8',
    '--diff-code-insert-background-color': dark ? '#14301d' : '#e9fbee',
    '--diff-code-insert-edit-background-color': dark ? '#2b6b3d' : '#abe9bd',
    '--diff-gutter-delete-background-color': dark ? '#5a2226' : '#ffd7da',
    '--diff-code-delete-background-color': dark ? '#3c181b' : '#ffeef0',
    '--diff-code-delete-edit-background-color': dark ? '#862f35' : '#fdb8c0',
    '--diff-selection-background-color': dark ? '#264f78' : '#b3d7ff',
  } as CSSProperties;
}

const useStyles = makeStyles(theme => ({
  root: { fontSize: '0.75rem', ...diffColors(theme) },
}));

/** Around diffs: their colours in the theme at hand. */
export function DiffFrame(props: PropsWithChildren<{}>) {
  return <div className={useStyles().root}>{props.children}</div>;
}
