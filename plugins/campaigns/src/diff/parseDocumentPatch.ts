import { FileData } from 'react-diff-view';
import { parsePatch } from './parsePatch';

/** The parser needs a path, and a document's name is none: it may hold spaces. */
const header = `diff --git a/document b/document
--- a/document
+++ b/document
`;

/** The hunks of a unified diff, whatever its header; undefined where there are none. */
export function parseDocumentPatch(patch: string): FileData | undefined {
  const start = /^@@ /m.exec(patch)?.index;
  if (start === undefined) return undefined;
  return parsePatch(header + patch.slice(start))?.[0];
}
