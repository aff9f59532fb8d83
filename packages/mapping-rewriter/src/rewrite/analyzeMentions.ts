import { CompiledTable } from '../mapping/CompiledTable';
import { isNote } from '../notes/noteText';
import { RewriteOptions } from '../types';
import { Analysis } from './Analysis';
import { Mention, Region } from './Region';
import {
  columnRenames,
  mergeRenames,
  nameRenames,
  tableRenames,
  WordRename,
} from './wordRenames';
import { isHistory, isHistoryFile } from './tellsHistory';

type Kind = Mention['kind'];

const OPTION: Record<Kind, keyof RewriteOptions> = {
  comment: 'comments',
  documentation: 'documentation',
  data: 'data',
  command: 'commands',
};

const REASON: Record<Kind, string> = {
  comment: 'names in comments follow',
  documentation: 'names in documentation follow',
  data: 'names of columns in data follow',
  command: 'names in commands follow',
};

/** The names that a mapping renames and a text of this kind can mean. */
function renamesFor(
  kind: Kind,
  mapping: CompiledTable,
  { documentation }: RewriteOptions,
) {
  switch (kind) {
    case 'data':
      return [columnRenames(mapping)];
    case 'documentation':
      return [
        ...(documentation === 'rename' ? [columnRenames(mapping)] : []),
        tableRenames(mapping),
        nameRenames(mapping),
      ];
    case 'command':
      return [tableRenames(mapping), nameRenames(mapping)];
    default:
      // whose column a word is cannot be told outside SQL
      return [tableRenames(mapping)];
  }
}

const isProse = ({ kind }: Mention) =>
  kind === 'comment' || kind === 'documentation';

/** A word that people use without meaning the column or table. */
const isOrdinary = (name: string) => /^[A-Za-z]+$/.test(name);

interface Word {
  start: number;
  end: number;
  rename: WordRename;
}

function* renamedWords(
  content: string,
  mention: Mention,
  renames: Map<string, WordRename>,
): Generator<Word> {
  const text = content.slice(mention.start, mention.end);
  for (const match of text.matchAll(/[A-Za-z_][\w-]*/g)) {
    const whole = renames.get(match[0]);
    const words = whole ? [match] : [...match[0].matchAll(/\w+/g)];
    for (const word of words) {
      const rename = renames.get(word[0]);
      const start =
        mention.start + match.index! + (whole ? 0 : word.index ?? 0);
      const end = start + word[0].length;
      const isCode = content[start - 1] === '`' && content[end] === '`';
      if (
        rename &&
        !isNote(content, start) &&
        !(isProse(mention) && isHistory(content, start)) &&
        (mention.kind !== 'documentation' || isCode || !isOrdinary(word[0]))
      ) {
        yield { start, end, rename };
      }
    }
  }
}

/** Renames names that texts outside SQL mention, of the kinds that are asked for. */
export function analyzeMentions(analysis: Analysis, region: Region): void {
  const { session } = analysis;
  const asked = region.mentions.filter(
    mention =>
      (session.options[OPTION[mention.kind]] ?? 'leave') !== 'leave' &&
      !(isProse(mention) && isHistoryFile(region.file)),
  );
  if (asked.length === 0) {
    return;
  }
  const read = session
    .regionsOf(region.file)
    .flatMap(other => [
      ...(other.host ? [other] : []),
      ...other.looseTables,
      ...other.definitions,
      ...other.modelColumns,
    ]);
  const renames = new Map<Kind, Map<string, WordRename>>();
  for (const mention of asked) {
    const { kind } = mention;
    if (!renames.has(kind)) {
      renames.set(
        kind,
        mergeRenames(
          session.mappings.flatMap(mapping =>
            renamesFor(kind, mapping, session.options),
          ),
        ),
      );
    }
    for (const { start, end, rename } of renamedWords(
      region.content,
      mention,
      renames.get(kind)!,
    )) {
      if (!read.some(other => other.start < end && start < other.end)) {
        analysis.edit(region, {
          start,
          end,
          ...rename,
          reason: REASON[kind],
          confidence: 'likely',
        });
      }
    }
  }
}
