import { createHash, randomBytes } from 'crypto';
import {
  createFence,
  PromptContext,
  PromptTarget,
  renderJudge,
} from '@skein/agent-context';
import { JudgeVerdict } from '@skein/plugin-campaigns-common';
import { ModelMessage, ModelRequest } from '@skein/plugin-campaigns-node';
import { z } from 'zod';

/** A longer diff is for people: half of it would be judged blindly. */
const DIFF_CHARACTERS = 400_000;
const MAX_TOKENS = 16_000;

/** A request of which the gateway chooses the model, where the campaign does not. */
export type JudgeRequest = Omit<ModelRequest, 'model'> & { model?: string };

/** Asks the model, at the expense of the job. */
export type AskModel = (request: JudgeRequest) => Promise<ModelMessage>;

/** What is judged. */
export interface Judgement {
  context: PromptContext;
  target: PromptTarget;
  diff: string;
  instructions?: string;
  model?: string;
}

/** The judge could not be asked, or gave no verdict; the message is one line for people. */
export class JudgeUnavailableError extends Error {
  readonly name = 'JudgeUnavailableError';
}

const verdictSchema = z.object({
  verdict: z.enum(['accept', 'veto']),
  reasons: z
    .array(
      z.object({
        file: z.string().max(4_096).nullish(),
        line: z.number().int().min(0).nullish(),
        reason: z.string().min(1),
      }),
    )
    .max(100),
  confidence: z.number().min(0).max(1),
});

const answerFormat = {
  type: 'json_schema',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['verdict', 'reasons', 'confidence'],
    properties: {
      verdict: { type: 'string', enum: ['accept', 'veto'] },
      reasons: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['file', 'line', 'reason'],
          properties: {
            file: { type: ['string', 'null'] },
            line: { type: ['integer', 'null'] },
            reason: { type: 'string' },
          },
        },
      },
      confidence: { type: 'number' },
    },
  },
};

/**
 * Has a model judge a change: one call, and a second one where the answer to
 * the first cannot be read.
 *
 * @throws JudgeUnavailableError, and what `ask` throws
 */
export async function judgeChange(
  judgement: Judgement,
  ask: AskModel,
): Promise<JudgeVerdict> {
  if (judgement.diff.length > DIFF_CHARACTERS) {
    throw new JudgeUnavailableError(
      `The diff has ${judgement.diff.length} characters; the judge is shown at most ${DIFF_CHARACTERS}`,
    );
  }
  const prompt = renderJudge({
    ...judgement,
    fence: createFence(randomBytes(12)),
  });
  const request: JudgeRequest = {
    model: judgement.model,
    max_tokens: MAX_TOKENS,
    system: [
      { type: 'text', text: prompt.system },
      {
        type: 'text',
        text: prompt.campaign,
        // The same bytes for all changes of a revision.
        cache_control: { type: 'ephemeral' },
      },
    ],
    messages: [{ role: 'user', content: prompt.change }],
    output_config: { format: answerFormat },
  };
  const promptDigest = createHash('sha256')
    .update(JSON.stringify([prompt.system, prompt.campaign]))
    .digest('hex');

  for (let left = 2; left > 0; left -= 1) {
    const message = await ask(request);
    const verdict = readVerdict(message);
    if (verdict) return { ...verdict, model: message.model, promptDigest };
  }
  throw new JudgeUnavailableError('The judge gave no verdict that can be read');
}

/** @returns undefined where the answer has another shape, or contradicts itself */
function readVerdict(
  message: ModelMessage,
): Omit<JudgeVerdict, 'model' | 'promptDigest'> | undefined {
  const text = message.content
    .map(block => (block.type === 'text' ? String(block.text ?? '') : ''))
    .join('');
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\s*```(?:json)?|```\s*$/g, ''));
  } catch {
    return undefined;
  }
  const { success, data } = verdictSchema.safeParse(json);
  if (!success || (data.verdict === 'veto' && data.reasons.length === 0)) {
    return undefined;
  }
  return {
    ...data,
    reasons: data.reasons.map(({ file, line, reason }) => ({
      file: file ?? undefined,
      line: line || undefined,
      reason: reason.slice(0, 2_000),
    })),
  };
}
