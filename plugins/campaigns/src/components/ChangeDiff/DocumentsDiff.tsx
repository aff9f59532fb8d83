import { useMemo } from 'react';
import { ContextComparison } from '@skein/plugin-campaigns-common';
import { parseDocumentPatch } from '../../diff/parseDocumentPatch';
import { DiffFrame } from './DiffFrame';
import { DiffLayout } from './DiffLayout';
import { FileDiff } from './FileDiff';

const noReport = { edits: [], refusals: [] };

/** What changed in documents that lie in no repository. */
export function DocumentsDiff(props: {
  documents: ContextComparison['documents'];
  layout: DiffLayout;
}) {
  const { documents, layout } = props;
  const parsed = useMemo(
    () =>
      documents.map(({ name, patch }) => ({
        name,
        patch,
        file: parseDocumentPatch(patch),
      })),
    [documents],
  );
  return (
    <DiffFrame>
      {parsed.map(({ file, name, patch }) =>
        file ? (
          <FileDiff
            key={name}
            file={file}
            title={name}
            layout={layout}
            targetPath=""
            report={noReport}
          />
        ) : (
          <pre key={name}>{patch}</pre>
        ),
      )}
    </DiffFrame>
  );
}
