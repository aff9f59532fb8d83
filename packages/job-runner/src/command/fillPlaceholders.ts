/** Puts values in the place of `{{ name }}` in a word of a command, once; others stay. */
export function fillPlaceholders(
  word: string,
  values: Record<string, string>,
): string {
  return word.replace(/\{\{ ?(\w+) ?\}\}/g, (placeholder, name) =>
    Object.hasOwn(values, name) ? values[name] : placeholder,
  );
}
