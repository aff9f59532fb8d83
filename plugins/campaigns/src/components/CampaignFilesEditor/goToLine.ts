/** Selects a 1-based line of a text field and brings it into view. */
export function goToLine(field: HTMLTextAreaElement, line: number) {
  const lines = field.value.split('\n');
  const before = lines.slice(0, line - 1);
  const start = before.reduce((sum, text) => sum + text.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  field.scrollTop = (field.scrollHeight / lines.length) * Math.max(0, line - 4);
}
