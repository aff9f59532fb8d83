import { FileDiff } from '../git/diff';
import { encodePath } from '../views/commits';
import { markup, Markup } from './markup';

/** Lines of one file that a page shows before it refers to the diff. */
const lineLimit = 2_000;

function rows(patch: string): Markup[] {
  let before = 0;
  let after = 0;
  return patch
    .split('\n')
    .slice(0, lineLimit)
    .map(line => {
      const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
      if (hunk) {
        before = Number(hunk[1]);
        after = Number(hunk[2]);
        return markup`<tr class="hunk"><td class="n"></td><td class="n"></td><td>${line}</td></tr>`;
      }
      if (line.startsWith('+')) {
        return markup`<tr class="add"><td class="n"></td><td class="n">${after++}</td><td>${line}</td></tr>`;
      }
      if (line.startsWith('-')) {
        return markup`<tr class="del"><td class="n">${before++}</td><td class="n"></td><td>${line}</td></tr>`;
      }
      if (line.startsWith('\\')) {
        return markup`<tr class="hunk"><td class="n"></td><td class="n"></td><td>${line}</td></tr>`;
      }
      return markup`<tr><td class="n">${before++}</td><td class="n">${after++}</td><td>${line}</td></tr>`;
    });
}

/** Changed files, each with its coloured lines. */
export function diffTable(
  files: FileDiff[],
  repositoryPath: string,
  ref: string,
): Markup {
  return markup`${files.map(
    file => markup`<div class="box" id="${file.path}">
      <div class="head">
        ${file.previousPath ? markup`${file.previousPath} → ` : ''}<a
          href="${repositoryPath}/blob/${ref}/${encodePath(file.path)}"
          >${file.path}</a
        >
        <span class="muted small">${file.status}</span>
        <span class="ok">+${file.additions}</span>
        <span class="bad">−${file.deletions}</span>
      </div>
      ${
        file.patch === undefined
          ? markup`<div class="body muted">${
              file.binary ? 'Binary file' : 'No lines changed'
            }</div>`
          : markup`<table class="code"><tbody>${rows(
              file.patch,
            )}</tbody></table>`
      }
      ${
        (file.patch?.split('\n').length ?? 0) > lineLimit
          ? markup`<div class="body muted">The rest is left out here.</div>`
          : ''
      }
    </div>`,
  )}`;
}
