import { ContextDocument, Lesson } from '@skein/plugin-campaigns-common';
import { Schemas } from '@skein/mapping-rewriter';
import { Document } from 'yaml';
import { ContextContent } from '../context';

/**
 * A context as documents that people read and compare, in a set order. One
 * that has nothing to say is left out.
 */
export function documentsOf(content: ContextContent): ContextDocument[] {
  const { options, mappings, judge } = content;
  const { schemas = {}, ...rewriting } = options ?? {};
  const { instructions, ...judging } = judge ?? {};
  return [
    markdown('Prompt', content.prompt),
    markdown('Lessons', lessonsText(content.lessons)),
    markdown('Judge', judgeText(instructions, judging)),
    yaml('Steps', {
      steps: content.steps ?? [{ type: 'mapping' }],
      mapping: rewriting,
      templates: content.promptVersion,
    }),
    yaml('Verification', content.verification),
    yaml('Gates', content.gates),
    ...(mappings ?? []).map(mapping => {
      const { from, to, ...lines } = mapping;
      return yaml(`Mapping ${from} to ${to}`, {
        ...lines,
        schemas: schemasOf(schemas, [from, to]),
      });
    }),
  ].filter(document => document.text !== '');
}

function lessonsText(lessons: Lesson[] = []): string {
  return lessons
    .map(({ text, for: readers, source }) => {
      const about = `For the ${readers.join(' and the ')}${
        source ? `, from ${source}` : ''
      }.`;
      return `- ${[...text.split('\n'), about].join('\n  ')}`;
    })
    .join('\n');
}

function judgeText(instructions: string | undefined, judging: object): string {
  const settings = toYaml(judging);
  return [
    settings && `\`\`\`yaml\n${settings}\`\`\`\n`,
    instructions && `${instructions.trimEnd()}\n`,
  ]
    .filter(Boolean)
    .join('\n');
}

function markdown(name: string, text: string | undefined): ContextDocument {
  return {
    name,
    language: 'markdown',
    text: text ? `${text.trimEnd()}\n` : '',
  };
}

function yaml(name: string, value: object | undefined): ContextDocument {
  return { name, language: 'yaml', text: toYaml(value) };
}

/** Keys in one order, and no lines of files, so that only what differs shows in a comparison. */
function toYaml(value: object | undefined): string {
  if (!value || Object.keys(value).length === 0) return '';
  return new Document(value, withoutLines, {
    sortMapEntries: true,
    aliasDuplicateObjects: false,
  }).toString({ lineWidth: 0 });
}

/** Mapping tables know where they stood in the files they came from, which tells a job nothing. */
function withoutLines(key: unknown, value: unknown): unknown {
  return key === 'line' && typeof value === 'number' ? undefined : value;
}

function schemasOf(schemas: Schemas, datasets: string[]): Schemas | undefined {
  const own = Object.entries(schemas).filter(([name]) =>
    datasets.includes(name),
  );
  return own.length > 0 ? Object.fromEntries(own) : undefined;
}
