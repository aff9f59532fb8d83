import type { ColumnMapping, MappingTable } from '@skein/mapping-rewriter';
import { inLine } from './fenceText';
import { markdownTable } from './markdownTable';
import { renderLessons } from './renderLessons';
import { renderTemplate } from './renderTemplate';
import { PromptContext } from './types';

const ROWS = 3_000;
const EXAMPLES = 6;

/** What all jobs of a revision are told of their campaign: the same bytes for the same context. */
export function renderCampaign(context: PromptContext): string {
  const { lessons, mappings, options, text, skills = [], version } = context;
  return renderTemplate(version, 'campaign', {
    oldDatasets: mappings.map(({ from }) => code(from)).join(', '),
    outputs:
      options.outputs === 'rename'
        ? 'names of output columns follow the mapping table, their values stay'
        : 'names, types and values of output columns, models, files and exports',
    commentsException:
      options.comments === 'rename'
        ? ', but for names in comments of code, which follow the table'
        : '',
    mappings: mappings.map(renderMapping).join('\n\n'),
    examples: renderExamples(mappings),
    guide: options.guideUrl
      ? `\n## Guide\n\nPeople read on in ${inLine(
          options.guideUrl,
          2_048,
        )}; notes for them carry this link.\n`
      : '',
    words: text ? `\n## In the words of the campaign\n\n${text.trim()}\n` : '',
    lessons: renderLessons(
      lessons,
      'agent',
      '## What reviews of this campaign have shown',
    ),
    skills: skills
      .map(
        skill => `\n## Skill: ${inLine(skill.name)}\n\n${skill.text.trim()}\n`,
      )
      .join(''),
  });
}

function renderMapping(table: MappingTable): string {
  const rows = table.columns
    .slice(0, ROWS)
    .map(column => [
      column.from,
      column.to ?? '',
      column.transform ?? '',
      decisionOf(column),
      column.note ?? '',
    ]);
  const more = table.columns.length - rows.length;
  const names = (
    ['models', 'sources', 'functions', 'macros', 'variables'] as const
  )
    .flatMap(kind =>
      (table[kind] ?? []).map(name => [
        kind.replace(/s$/, ''),
        name.from,
        name.to,
      ]),
    )
    .slice(0, ROWS);
  return [
    `### ${code(table.from)} becomes ${code(table.to)}`,
    markdownTable(
      ['Old column', 'New column', 'Expression', 'Decision', 'Note'],
      rows,
    ),
    ...(more > 0
      ? [`${more} more columns are not listed: ask a person about them.`]
      : []),
    table.unmappedColumns === 'refuse'
      ? 'A column that is not listed has no known successor: ask a person.'
      : 'A column that is not listed keeps its name.',
    ...(names.length > 0
      ? [markdownTable(['Also renamed', 'Old', 'New'], names)]
      : []),
  ].join('\n\n');
}

function decisionOf(column: ColumnMapping): string {
  if (column.decision === 'person') return 'a person decides';
  if (column.to === undefined && column.transform === undefined) {
    return 'dropped: a person decides';
  }
  return column.transform === undefined ? 'rename' : 'convert';
}

/** Made from the tables themselves, so that they are never about another campaign. */
function renderExamples(mappings: MappingTable[]): string {
  const examples = mappings.flatMap(table => {
    const renamed = table.columns.find(
      column => column.to && !column.transform && column.decision !== 'person',
    );
    const person = table.columns.find(column => column.decision === 'person');
    const from = code(table.from);
    return [
      ...(renamed
        ? [
            `- \`SELECT ${plain(renamed.from)} FROM ${plain(
              table.from,
            )}\` becomes \`SELECT ${plain(renamed.to!)} AS ${plain(
              lastPart(renamed.from),
            )} FROM ${plain(table.to)}\`: the output keeps its name.`,
          ]
        : []),
      ...(person
        ? [
            `- A statement that uses \`${plain(
              person.from,
            )}\` of ${from} stays on it as a whole; \`ask_for_human\` leaves the note.`,
          ]
        : []),
    ];
  });
  return examples.length > 0
    ? examples.slice(0, EXAMPLES).join('\n')
    : '- None beyond the tables.';
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function plain(text: string): string {
  return inLine(text).replaceAll('`', "'");
}

function code(text: string): string {
  return `\`${plain(text)}\``;
}
