import { parseDocumentPatch } from './parseDocumentPatch';

function linesOf(patch: string) {
  return parseDocumentPatch(patch)?.hunks.flatMap(({ changes }) =>
    changes.map(({ content, type }) => `${type} ${content}`),
  );
}

describe('parseDocumentPatch', () => {
  it('reads a patch whatever its header names', () => {
    expect(
      linesOf(
        '--- Mapping a.b to c.d\n+++ Mapping a.b to c.d\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n',
      ),
    ).toEqual(['normal one', 'delete two', 'insert three']);
  });

  it('reads a document that came, and several places', () => {
    expect(linesOf('@@ -0,0 +1,1 @@\n+one\n')).toEqual(['insert one']);
    expect(
      linesOf('@@ -1,1 +1,1 @@\n-a\n+b\n@@ -9,1 +9,1 @@\n-c\n+d\n'),
    ).toEqual(['delete a', 'insert b', 'delete c', 'insert d']);
  });

  it('is undefined where nothing can be read', () => {
    expect(parseDocumentPatch('what is this?')).toBeUndefined();
  });
});
