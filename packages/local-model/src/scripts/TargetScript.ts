import { z } from 'zod';

const turn = z.strictObject({
  /** What the model says. */
  say: z.string().min(1).optional(),
  /** The tools that it calls, each as `{ name: input }`. */
  calls: z
    .array(
      z
        .record(z.string(), z.record(z.string(), z.unknown()))
        .refine(call => Object.keys(call).length === 1, {
          message: 'A call names one tool, with its input',
        }),
    )
    .optional(),
  /** A text that the newest message must hold: otherwise the script does not fit, and the model says so. */
  sees: z.string().min(1).optional(),
  /** So often in a row. Default: 1. */
  repeat: z.number().int().min(1).max(1_000).optional(),
});

const verdict = z.strictObject({
  verdict: z.enum(['accept', 'veto']),
  /** A text that the change must hold; the first verdict that fits counts. */
  sees: z.string().min(1).optional(),
  reasons: z
    .array(
      z.strictObject({
        file: z.string(),
        line: z.number().int().optional(),
        reason: z.string(),
      }),
    )
    .optional(),
  confidence: z.number().min(0).max(1),
});

/** What the stand-in says about one target: a file of scripts as YAML. */
export const targetScriptSchema = z.strictObject({
  target: z.strictObject({
    /** `owner/name`. */
    repository: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
    /** Folder in the repository. Default: all of it. */
    path: z.string().optional(),
    /** The deprecated dataset, as mapping tables name it. */
    dataset: z.string().min(1),
  }),
  /** Turns of the agent, in order; each talk begins with the first. */
  agent: z.array(turn).optional(),
  judge: z.array(verdict).optional(),
});

export type TargetScript = z.infer<typeof targetScriptSchema>;
export type ScriptedTurn = z.infer<typeof turn>;
export type ScriptedVerdict = z.infer<typeof verdict>;
