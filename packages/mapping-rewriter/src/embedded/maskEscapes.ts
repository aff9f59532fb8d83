/** Masks backslash escapes: white space stays white space, quotes stay quotes, same length. */
export function maskEscapes(text: string): string {
  return text.replace(
    /\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[^])/g,
    (whole, escaped: string) => {
      if (
        escaped === '"' ||
        escaped === "'" ||
        escaped === '`' ||
        escaped === '/' ||
        escaped === '$'
      ) {
        return ` ${escaped}`;
      }
      if (escaped === 'n') {
        return ' \n';
      }
      if (escaped === '\n') {
        return ' \n';
      }
      return ' '.repeat(whole.length);
    },
  );
}
