import { z } from 'zod';

/** The events of the stream, as far as they are read here. */

/** A line; its number counts from 0, offsets and lengths count Unicode characters. */
export const lineMatchSchema = z.object({
  line: z.string().default(''),
  lineNumber: z.number().int().min(0),
  offsetAndLengths: z
    .array(z.tuple([z.number().int().min(0), z.number().int().min(0)]))
    .nullish(),
});

/** What was found in a file; older servers call its path `name`. */
export const contentMatchSchema = z.object({
  type: z.literal('content'),
  repository: z.string(),
  path: z.string().optional(),
  name: z.string().optional(),
  lineMatches: z.array(lineMatchSchema).nullish(),
});

/** Matches of all types; only those of content are read further. */
export const matchesSchema = z.array(z.looseObject({ type: z.string() }));

export const progressSchema = z.object({
  skipped: z.array(z.object({ reason: z.string() })).nullish(),
});

export const alertSchema = z.object({
  title: z.string(),
  description: z.string().nullish(),
});

export const errorSchema = z.object({ message: z.string() });

export type ContentMatch = z.infer<typeof contentMatchSchema>;
