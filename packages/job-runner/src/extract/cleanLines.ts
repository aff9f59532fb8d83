/** Longer lines are cut: minified code and data say nothing of an error. */
const LINE_CHARACTERS = 1_000;

/** Colours, cursor moves, titles of terminals. Each alternative starts with its own character, so nothing is tried twice. */
const ESCAPES =
  // eslint-disable-next-line no-control-regex
  /\u001b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|[()#][0-9A-Za-z]|[0-9A-Za-z=>])|\u009b[0-9;:?]*[@-~]/g;

// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Times at the start of a line, as build servers and loggers write them; what is indented behind them stays so. */
const TIMES: RegExp[] = [
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?:?(?:[ \t]|$)/,
  /^\[\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\](?:[ \t]|$)/,
  // dbt puts two blanks behind it.
  /^\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: {1,2}|$)/,
];

/** A line that only shows that something goes on. */
const PROGRESS =
  /^(?:Progress \(\d+\)|(?:\[INFO\] )?Download(?:ing|ed)\b|[\u2800-\u28ff] |\s*\d{1,3}% ?[|[\u2588-\u258f#=]|\[[=#>.\u2588-\u258f-]{3}[ =#>.\u2588-\u258f-]*\]|[\u2588-\u258f]{3,}|\s*\d{1,3}(?:\.\d+)?%$)/;

/**
 * The lines of an output as a person would want them: what a progress bar
 * painted over is gone, and so are colours, times and the place of the
 * checkout on this machine.
 *
 * @param folders - absolute paths of the checkout, which become relative
 */
export function cleanLines(
  output: string,
  folders: readonly string[] = [],
): string[] {
  const lines: string[] = [];
  let start = 0;
  while (start <= output.length) {
    const found = output.indexOf('\n', start);
    const end = found < 0 ? output.length : found;
    const line = cleanLine(output.slice(start, end), folders);
    if (!PROGRESS.test(line)) lines.push(line);
    start = end + 1;
  }
  return lines;
}

function cleanLine(raw: string, folders: readonly string[]): string {
  let line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  // What a carriage return went back over was painted over.
  line = line.slice(line.lastIndexOf('\r') + 1);
  if (line.length > LINE_CHARACTERS) {
    line = `${line.slice(0, LINE_CHARACTERS)}…`;
  }
  if (hasControls(line)) {
    line = line.replace(ESCAPES, '').replace(CONTROLS, '');
  }
  const first = line.charCodeAt(0);
  if (first === 91 || (first >= 48 && first <= 57)) {
    for (const time of TIMES) line = line.replace(time, '');
  }
  for (const folder of folders) {
    const at = line.indexOf(folder);
    // Gradle leaves the name of its task before the first line of its output.
    if (at > 0 && /^:[\w:-]+$/.test(line.slice(0, at))) line = line.slice(at);
    if (at >= 0) {
      line = line.replaceAll(`file://${folder}/`, '');
      line = line.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
    }
  }
  return line.trimEnd();
}

function hasControls(line: string): boolean {
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if ((code < 32 && code !== 9) || code === 127 || code === 0x9b) return true;
  }
  return false;
}
