const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Word substitution: every whole word, wherever it stands. */
export function substitute(text, pairs) {
  return pairs.reduce(
    (out, [from, to]) =>
      out.replace(
        new RegExp(`(?<![A-Za-z0-9_])${escape(from)}(?![A-Za-z0-9_])`, 'g'),
        () => to,
      ),
    text,
  );
}
