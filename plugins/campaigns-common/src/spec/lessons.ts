/** Of one campaign. @public */
export const MOST_LESSONS = 100;

/** Of one lesson. @public */
export const MOST_LESSON_CHARACTERS = 2_000;

/** Parts of the schema of a campaign file. */
export const lessonDefinitions = {
  lesson: {
    type: 'object',
    additionalProperties: false,
    required: ['text', 'for'],
    properties: {
      text: {
        description: 'An instruction, in words that hold for every target',
        type: 'string',
        minLength: 1,
        maxLength: MOST_LESSON_CHARACTERS,
        pattern: '\\S',
      },
      for: {
        description: 'Who is told',
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { enum: ['agent', 'judge'] },
      },
      source: {
        description: 'Address of the comment that it comes from',
        type: 'string',
        maxLength: 2_048,
        pattern: '^https?://\\S+$',
      },
    },
  },
} as const;
