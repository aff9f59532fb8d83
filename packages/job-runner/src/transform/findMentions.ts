import { MappingTable, Refusal } from '@skein/mapping-rewriter';
import { UnreadFile } from '../checkout/readSources';

/**
 * Refusals for files that could not be read and yet name the old dataset, or
 * are too large to tell: a target with such a file is not clean.
 */
export function findMentions(
  unread: UnreadFile[],
  mappings: MappingTable[],
): Refusal[] {
  return unread.flatMap(file => {
    const names = mappings.map(mapping => ({
      dataset: mapping.from,
      table: mapping.from.split('.').pop()!.replace(/\*$/, ''),
    }));
    const text = file.approximate?.toLowerCase();
    const named =
      text && names.find(({ table }) => text.includes(table.toLowerCase()));
    const mayHoldSql = /\.(sql|sqlx|ya?ml|py|scala|sh)$/i.test(file.tree.path);
    if (!named && !(text === undefined && mayHoldSql)) return [];
    const about = named
      ? `it names ${named.dataset}`
      : 'it may read the old dataset';
    return [
      {
        file: file.tree.path,
        span: { start: 0, end: 0, line: 1, column: 1 },
        text: named ? named.table : '',
        kind: 'dataset',
        code: 'unparsable',
        reason: `The file was not read, since ${file.why}; ${about}`,
      },
    ];
  });
}
