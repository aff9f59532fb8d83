/**
 * A test of texts against a pattern in which `*` stands for any text. The first
 * place of each part is the best one, so nothing is tried twice.
 */
export function wildcard(pattern: string): (text: string) => boolean {
  const [start, ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end === undefined) return text => text === start;
  return text => {
    if (!text.startsWith(start)) return false;
    let at = start.length;
    for (const part of parts) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return text.length - end.length >= at && text.endsWith(end);
  };
}
