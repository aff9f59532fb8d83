/** How much one YAML text may be. */
export interface YamlLimits {
  characters: number;
  /** Indicators, scalars, runs of spaces and ends of lines. */
  words: number;
  documents: number;
  /** Collections inside one another; a level of a list of maps is two. */
  depth: number;
  /** Anchors and aliases. */
  aliases: number;
  /** Values once its aliases are written out. */
  values: number;
  errors: number;
}

/**
 * For a process that has other work. Measured: the worst text within all of
 * these takes less than 200 ms of a processor (`foreignTexts.test.ts` of the
 * back end). A mapping of a thousand columns in long hand is 15,000 words.
 */
export const yamlLimits: YamlLimits = {
  characters: 256 * 1024,
  words: 40_000,
  documents: 500,
  depth: 100,
  aliases: 200,
  values: 40_000,
  errors: 100,
};

/** For a process of its own that can be ended. */
export const largeYamlLimits: YamlLimits = {
  characters: 5_000_000,
  words: 1_000_000,
  documents: 10_000,
  depth: 100,
  aliases: 2_000,
  values: 400_000,
  errors: 1_000,
};

const explanations: Record<keyof YamlLimits, string> = {
  characters: 'is longer than {} characters; split it',
  words: 'has more than {} keys, values, spaces and line ends; split it',
  documents: 'holds more than {} documents; split it',
  depth: 'nests more than {} levels; flatten it',
  aliases:
    'has more than {} anchors (`&name`) and aliases (`*name`); write out what they stand for',
  values:
    'holds more than {} values once its aliases are written out; write out what they stand for, or split it',
  errors: 'has more than {} errors; check that it is YAML',
};

/** A YAML text that is not read, because it would take too long. */
export class YamlLimitError extends Error {
  constructor(
    readonly bound: keyof YamlLimits,
    limits: YamlLimits,
    /** Where the bound was reached, from 1. */
    readonly line?: number,
  ) {
    super(
      `The YAML ${explanations[bound].replace(
        '{}',
        limits[bound].toLocaleString('en-US'),
      )}`,
    );
    this.name = 'YamlLimitError';
  }
}
