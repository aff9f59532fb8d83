import { FoundError } from '../types';

/** Words with which programs of all kinds begin to complain. */
const COMPLAINT =
  /\b(?:error|errors|fatal|exception|panic|panicked|traceback|failed|failure|cannot|could not|couldn't|unable to|not found|no such|undefined|unexpected|invalid|denied|refused|segmentation fault|killed|missing|assert(?:ion)?)\b/i;

/** Says that something did not fail, or only how often it did. */
const INNOCENT =
  /\b(?:0|no) (?:errors?|failures?|failed)\b|\berrors?: 0\b|\bfailed: 0\b|^\s*at\s|^\[(?:INFO|WARNING|warn|info)\]|^BUILD FAILED|^(?:> Task )?:\S+ FAILED$|^(?:make(?:\[\d+\])?|gmake): |\bexit(?:ed)?(?: with)?(?: code| status) \d+$/i;

/** `path:line:column: words`, as most tools write a place. */
const PLACE =
  /^([^\s:()"'][^:()"'\n]{0,300}\.[A-Za-z0-9_]{1,12}):(\d{1,7})(?::(\d{1,5}))?:?\s+(.+)$/;

/** Lines that complain, for output of which no tool is known. */
export function readComplaints(lines: readonly string[]): FoundError[] {
  return lines
    .filter(line => COMPLAINT.test(line) && !INNOCENT.test(line))
    .map(toError);
}

/** The last lines, where nothing at all complains. */
export function readLastLines(lines: readonly string[]): FoundError[] {
  const last = lines.slice(-1_000).filter(line => line.trim() !== '');
  const end = last.filter(line => !INNOCENT.test(line)).pop() ?? last.pop();
  if (end === undefined) return [];
  return [
    {
      ...toError(end),
      ...(last.length > 1 && { detail: last.slice(-8).join('\n') }),
    },
  ];
}

function toError(line: string): FoundError {
  const place = PLACE.exec(line);
  if (!place) {
    return { tool: 'output', rank: 'cause', message: line.trim() };
  }
  const [, file, row, column, words] = place;
  return {
    tool: 'output',
    rank: 'cause',
    file,
    line: Number(row),
    ...(column !== undefined && { column: Number(column) }),
    message: words.trim(),
  };
}
