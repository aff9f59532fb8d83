import { Document, LineCounter, Tags, YAMLParseError } from 'yaml';
import { BoundedComposer } from './BoundedComposer';
import { checkValues } from './checkValues';
import { reportRepeatedKeys } from './reportRepeatedKeys';
import { yamlTokens } from './yamlTokens';
import { YamlLimits, yamlLimits } from './yamlLimits';

/** How a YAML text is read. */
export interface ComposeOptions {
  /** Learns where lines start. */
  lineCounter?: LineCounter;
  /** Whether a key that a map has twice is an error; the rule of YAML, and the default. */
  uniqueKeys?: boolean;
  strict?: boolean;
  /** Default: those of a process that has other work. */
  limits?: YamlLimits;
}

/**
 * Reads the documents of a YAML text that anybody may have written, in time
 * that grows with its length alone: the one way in which YAML is read here.
 *
 * @throws YamlLimitError where the text is beyond the limits
 */
export function composeYaml(
  text: string,
  options: ComposeOptions = {},
): Document.Parsed[] {
  const {
    lineCounter = new LineCounter(),
    limits = yamlLimits,
    strict = true,
    uniqueKeys = true,
  } = options;
  const composer = new BoundedComposer(
    {
      logLevel: 'silent',
      uniqueKeys: false,
      strict,
      resolveKnownTags: false,
      customTags: withoutMapsAsLists,
    },
    lineCounter,
    limits,
  );
  const documents = [
    ...composer.compose(
      yamlTokens(text, lineCounter, limits),
      false,
      text.length,
    ),
  ];
  for (const document of documents) {
    checkValues(document, limits);
    if (uniqueKeys) reportRepeatedKeys(document, limits.errors);
  }
  return documents;
}

/** Of the library's types, these compare each key with each. */
function withoutMapsAsLists(tags: Tags): Tags {
  return tags.filter(
    tag => typeof tag === 'string' || !/:(?:omap|pairs|set)$/.test(tag.tag),
  );
}

/** The one document of a text; a second one is an error of it. */
export function composeYamlDocument(
  text: string,
  options: ComposeOptions = {},
): Document.Parsed {
  const [document, second] = composeYaml(text, options);
  if (!document) return new Document(null) as Document.Parsed;
  if (second) {
    const [from, , to] = second.range;
    document.errors.push(
      new YAMLParseError(
        [from, to],
        'MULTIPLE_DOCS',
        'The text holds more than one document; only one is read',
      ),
    );
  }
  return document;
}
