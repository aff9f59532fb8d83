import {
  CampaignDataset,
  CampaignFiles,
  CampaignSpec,
  SpecProblem,
  ValidationResult,
} from '@skein/plugin-campaigns-common';
import {
  checkMapping,
  MappingProblem,
  MappingTable,
  parseMapping,
  parseMappingValue,
  Schemas,
} from '@skein/mapping-rewriter';
import { AgentOffers, checkAgentOffers, noAgentOffers } from '../AgentOffers';
import { LocatedDocument } from './LocatedDocument';
import { parseTableSchema } from './parseTableSchema';
import { resolveSamples, samplesTooLarge } from './resolveSamples';
import { error, missingFile } from './specProblems';
import { validateCampaignFile, WrittenCampaign } from './validateCampaignFile';
import { withDefaults } from './withDefaults';

/** Texts beyond this are not read: a campaign is written by people. */
const maxFileCharacters = 2_000_000;

class FileLookup {
  readonly #files: Map<string, string>;

  constructor(files: Record<string, string>) {
    this.#files = new Map(
      Object.entries(files).map(([path, text]) => [normalizePath(path), text]),
    );
  }

  get(path: string): string | undefined {
    return this.#files.get(normalizePath(path));
  }
}

/**
 * Reads a campaign file with the files that it names.
 *
 * Every mistake is reported with its file and line; a spec comes back only
 * where there is no error.
 */
export function parseCampaign(
  input: CampaignFiles,
  offers: AgentOffers = noAgentOffers,
): ValidationResult {
  const tooLong = [input.yaml, ...Object.values(input.files ?? {})].find(
    text => text.length > maxFileCharacters,
  );
  if (tooLong) {
    return invalid([
      error(`A file is longer than ${maxFileCharacters} characters`),
    ]);
  }
  return readCampaign(LocatedDocument.parse(input.yaml), input.files, offers);
}

function readCampaign(
  document: LocatedDocument,
  named: CampaignFiles['files'],
  offers: AgentOffers,
): ValidationResult {
  if (document.problems.length > 0) return invalid(document.problems);

  const { written, problems } = validateCampaignFile(document);
  if (!written) return invalid(problems);

  const files = new FileLookup(named ?? {});
  const datasets = written.datasets.map((dataset, index) =>
    resolveDataset(dataset, index, document, files, problems),
  );
  problems.push(...samplesTooLarge(datasets));
  const guide = resolveGuide(written, document, files, problems);
  if (problems.some(problem => problem.severity === 'error')) {
    return invalid(problems);
  }
  const spec = withDefaults({ ...written, ...guide, datasets });
  const unoffered = checkAgentOffers(spec, offers).map(problem => ({
    ...document.locate(problem.path!),
    ...problem,
  }));
  if (unoffered.length > 0) return invalid([...problems, ...unoffered]);
  return { valid: true, problems, spec };
}

/**
 * Reads a spec that came as an object, with the same checks as a file.
 */
export function parseCampaignObject(
  spec: CampaignSpec,
  offers: AgentOffers = noAgentOffers,
): ValidationResult {
  const { guideText, ...rest } = spec;
  const result = readCampaign(LocatedDocument.of(rest), undefined, offers);
  return {
    ...result,
    spec: result.spec && { ...result.spec, ...(guideText && { guideText }) },
  };
}

function invalid(problems: SpecProblem[]): ValidationResult {
  return { valid: false, problems };
}

function normalizePath(path: string): string {
  return path.replace(/^\.\//, '');
}

function resolveDataset(
  written: WrittenCampaign['datasets'][number],
  index: number,
  document: LocatedDocument,
  files: FileLookup,
  problems: SpecProblem[],
): CampaignDataset {
  const { from, to } = written;
  const pointer = `/datasets/${index}`;
  const schemas: Schemas = {};
  for (const [side, value] of Object.entries(written.schemas ?? {})) {
    const dataset = { from, to }[side] ?? side;
    const path = `${pointer}/schemas/${side}`;
    let content: unknown = value;
    let file: string | undefined;
    if (typeof value === 'string') {
      const text = files.get(value);
      if (text === undefined) {
        problems.push(missingFile(document, path, value));
        continue;
      }
      const schemaDocument = LocatedDocument.parse(text);
      if (schemaDocument.problems.length > 0) {
        problems.push(
          ...schemaDocument.problems.map(problem => ({
            ...problem,
            file: value,
          })),
        );
        continue;
      }
      content = schemaDocument.value;
      file = value;
    }
    try {
      schemas[dataset] = parseTableSchema(content);
    } catch (cause) {
      problems.push({
        ...error((cause as Error).message),
        ...(file ? { file } : document.locate(path)),
        path,
      });
    }
  }
  const mapping = resolveMapping(
    written,
    pointer,
    document,
    files,
    schemas,
    problems,
  );
  const samples = resolveSamples(written, pointer, document, files, {
    schemas,
    problems,
  });
  return { from, to, mapping, schemas, ...(samples && { samples }) };
}

function resolveMapping(
  written: WrittenCampaign['datasets'][number],
  pointer: string,
  document: LocatedDocument,
  files: FileLookup,
  schemas: Schemas,
  problems: SpecProblem[],
): MappingTable {
  const { from, to, mapping } = written;
  const path = `${pointer}/mapping`;
  const fallback: MappingTable = { from, to, columns: [] };

  let file: string | undefined;
  let parsed: { tables: MappingTable[]; problems: MappingProblem[] };
  if (typeof mapping === 'string') {
    file = mapping;
    const text = files.get(mapping);
    if (text === undefined) {
      problems.push(missingFile(document, path, mapping));
      return fallback;
    }
    parsed = parseMapping(text, formatOf(mapping), { from, to });
  } else {
    parsed = parseMappingValue({ from, to, ...mapping });
  }
  const report = (problem: MappingProblem) =>
    problems.push({
      severity: problem.severity,
      message: problem.message,
      path,
      // A table in line was read as a value: its lines are not the file's.
      ...(file ? { file, line: problem.line } : document.locate(path)),
    });
  parsed.problems.forEach(report);

  const table = parsed.tables.find(
    candidate => candidate.from.toLowerCase() === from.toLowerCase(),
  );
  if (!table) {
    if (parsed.problems.length === 0) {
      report({
        severity: 'error',
        message: `The mapping has no table from ${from}; it has ${
          parsed.tables.map(candidate => candidate.from).join(', ') || 'none'
        }`,
      });
    }
    return fallback;
  }
  if (!parsed.problems.some(problem => problem.severity === 'error')) {
    checkMapping([table], schemas).forEach(report);
  }
  const lined =
    typeof mapping === 'string' ? table : withGivenLines(table, mapping);
  return { ...lined, from, to };
}

/** A table in line was read as a value: only lines that it carried itself are anybody's. */
function withGivenLines(
  table: MappingTable,
  mapping: Record<string, unknown>,
): MappingTable {
  const given = Array.isArray(mapping.columns) ? mapping.columns : [];
  return {
    ...table,
    columns: table.columns.map(({ line: _none, ...column }, index) => {
      const line = given[index]?.line;
      return typeof line === 'number' ? { ...column, line } : column;
    }),
  };
}

function resolveGuide(
  written: WrittenCampaign,
  document: LocatedDocument,
  files: FileLookup,
  problems: SpecProblem[],
): { guide?: string; guideText?: string } {
  const { guide } = written;
  if (guide === undefined) {
    problems.push({
      severity: 'warning',
      message:
        'No guide: notes for people will not say where to read on. Add `guide` with an address or a Markdown file.',
      ...document.locate('/name'),
      path: '/guide',
    });
    return {};
  }
  if (/^https?:\/\//.test(guide)) return { guide };
  const guideText = files.get(guide);
  if (guideText === undefined) {
    problems.push(missingFile(document, '/guide', guide));
    return {};
  }
  return { guide: undefined, guideText };
}

function formatOf(path: string): 'yaml' | 'csv' | 'python' {
  if (/\.csv$/i.test(path)) return 'csv';
  if (/\.py$/i.test(path)) return 'python';
  return 'yaml';
}
