import { Document, isScalar, visit, YAMLParseError } from 'yaml';

/** Says of a key that its map has already that it must be unique, as the library would, which compares each with each. */
export function reportRepeatedKeys(
  document: Document.Parsed,
  most: number,
): void {
  visit(document, {
    Map(_key, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const repeated = seen.has(key.value);
        seen.add(key.value);
        if (!repeated || !key.range) continue;
        const [from] = key.range;
        document.errors.push(
          new YAMLParseError(
            [from, from + 1],
            'DUPLICATE_KEY',
            'Map keys must be unique',
          ),
        );
        if (document.errors.length > most) return visit.BREAK;
      }
      return undefined;
    },
  });
}
