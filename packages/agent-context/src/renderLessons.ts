import { inLine } from './fenceText';
import { PromptLesson } from './types';

const LINE_CHARACTERS = 2_000;

/**
 * Lessons as the items of a list, under a heading of ours; empty where there
 * are none for this reader. A lesson is an instruction and keeps its lines, but
 * no line of it is a heading, a fence or a mark of repository text: each stands
 * inside of its item, and what would begin something else is escaped.
 */
export function renderLessons(
  lessons: PromptLesson[] | undefined,
  reader: PromptLesson['for'][number],
  heading: string,
): string {
  const items = (lessons ?? [])
    .filter(lesson => lesson.for.includes(reader))
    .map(lesson => toItem(lesson.text));
  return items.length === 0 ? '' : `\n${heading}\n\n${items.join('\n')}\n`;
}

function toItem(text: string): string {
  const lines = text
    .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
    .map(line => inLine(line, LINE_CHARACTERS))
    .filter(line => line !== '')
    .map(escapeStart);
  return `- ${lines.join('\n  ')}`;
}

/** Of headings and their underlines, quotes, fences, tables, lists, rules, and tags as the marks are. */
function escapeStart(line: string): string {
  return line
    .replace(/^(\d+)(?=[.)](?:\s|$))/, '$1\\')
    .replace(/^(?=[#>`~|<=*+_-])/, '\\');
}
