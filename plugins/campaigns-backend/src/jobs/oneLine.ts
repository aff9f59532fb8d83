/** Text from outside as one line for people: no line breaks or other control characters, at most 500 characters. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  const line = text
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim();
  return line.length > 500 ? `${line.slice(0, 499)}…` : line;
}
