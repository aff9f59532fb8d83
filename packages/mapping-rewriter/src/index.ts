export * from './types';
export { composeYaml, composeYamlDocument } from './yaml/composeYaml';
export type { ComposeOptions } from './yaml/composeYaml';
export { answerYaml } from './yaml/answerYaml';
export type { YamlAnswers } from './yaml/answerYaml';
export type { TextRange } from './yaml/proseRanges';
export { YamlLimitError, yamlLimits } from './yaml/yamlLimits';
export type { YamlLimits } from './yaml/yamlLimits';
export { rewrite } from './rewrite/rewrite';
export { CsvProblem, readCsv } from './text/readCsv';
export type { CsvField, CsvRecord } from './text/readCsv';
export { applyEdits } from './text/applyEdits';
export { detectLanguage } from './embedded/detectLanguage';
export type { Language } from './embedded/detectLanguage';
export { checkMapping } from './mapping/checkMapping';
export { parseMapping, parseMappingValue } from './mapping/parseMapping';
export type { MappingNames } from './mapping/readTables';
export { previewLines, previewMapping } from './mapping/previewMapping';
export { references } from './rewrite/references';
export { commentSyntax, noteText } from './notes/noteText';
export type { CommentSyntax } from './notes/noteText';
export { checkSql } from './check/checkSql';
export type { SqlCheckOptions } from './check/checkSql';
export type { SqlFinding } from './check/types';
export { readSqlTexts } from './statements/readSqlTexts';
export { readStatements } from './statements/readStatements';
export type { ReadStatementsOptions } from './statements/readStatements';
export type {
  SqlQuery,
  SqlStatement,
  SqlText,
  TableUse,
} from './statements/types';
