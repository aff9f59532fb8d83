/** What stands before the name of a table that a program writes. */
const WRITES =
  /(?:dest(?:ination)?|target|outputs?|sink|writes?|saves?|save_?as|insert|into|to_gbq|materiali[sz]e|create)\w*['"\])]*\s*(?:[=:(,]|->)[^\n;]{0,60}$|--?(?:destination_table|replace|append_table)\b[^\n;]{0,40}$/i;

/** Whether a table that is named at this place of a program is one that it writes. */
export function isWritten(content: string, start: number): boolean {
  const line = content.lastIndexOf('\n', start - 1) + 1;
  return WRITES.test(content.slice(Math.max(line, start - 160), start));
}
