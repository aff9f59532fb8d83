import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import CloudUploadIcon from '@material-ui/icons/CloudUpload';
import { UploadedFile } from '../../campaignFiles/assignFiles';

/** Mapping tables are text of some kilobytes; more is a mistake. */
const mostBytes = 1024 * 1024;

/** Reads chosen files as text. */
export function UploadButton(props: {
  onUpload: (files: UploadedFile[]) => void;
}) {
  const [problem, setProblem] = useState<string>();

  const read = async (chosen: File[]) => {
    const large = chosen.find(({ size }) => size > mostBytes);
    if (large) {
      setProblem(`${large.name} is larger than 1 MB.`);
      return;
    }
    setProblem(undefined);
    props.onUpload(
      await Promise.all(
        chosen.map(async file => ({
          name: file.name,
          text: await file.text(),
        })),
      ),
    );
  };

  return (
    <>
      <Button
        component="label"
        variant="outlined"
        size="small"
        startIcon={<CloudUploadIcon />}
      >
        Upload files
        <input
          type="file"
          hidden
          multiple
          accept=".yaml,.yml,.csv,.md"
          aria-label="Upload files"
          onChange={event => {
            read([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </Button>
      {problem && (
        <Typography variant="body2" color="error">
          {problem}
        </Typography>
      )}
    </>
  );
}
