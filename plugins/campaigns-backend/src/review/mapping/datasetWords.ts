import { MappingTable } from '@skein/mapping-rewriter';

/** Words of which a file that reads or read one of the datasets has at least one. */
export function datasetWords(mappings: MappingTable[]): string[] {
  const names = mappings.flatMap(mapping => [
    mapping.from,
    mapping.to,
    ...[...(mapping.models ?? []), ...(mapping.sources ?? [])].flatMap(each => [
      each.from,
      each.to,
    ]),
  ]);
  const words = names.map(name =>
    name
      .replace(/(?<![_*])[_*]+$/, '')
      .split('.')
      .pop()!
      .toLowerCase(),
  );
  return [...new Set(words)];
}
