import { z } from 'zod';

/*
 * The part of the Messages API that runners may use. Everything is named: what
 * is not here could reach out of the sandbox (server tools, MCP servers,
 * addresses of files), keep state at the provider (containers, threads, files),
 * or cost what is not metered (service tiers, fast mode, batches).
 */

const cacheControl = z
  .strictObject({
    type: z.literal('ephemeral'),
    ttl: z.enum(['5m', '1h']).optional(),
  })
  .nullish();

const jsonObject = z.record(z.string(), z.unknown());

const text = z.strictObject({
  type: z.literal('text'),
  text: z.string(),
  cache_control: cacheControl,
  // As answers have it, which are sent back as they came.
  citations: z.null().optional(),
});

const image = z.strictObject({
  type: z.literal('image'),
  source: z.strictObject({
    type: z.literal('base64', 'only images in line (base64) are allowed here'),
    media_type: z.enum(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
    data: z.string(),
  }),
  cache_control: cacheControl,
});

const block = z.discriminatedUnion('type', [
  text,
  image,
  z.strictObject({
    type: z.literal('thinking'),
    thinking: z.string(),
    signature: z.string(),
  }),
  z.strictObject({ type: z.literal('redacted_thinking'), data: z.string() }),
  z.strictObject({
    type: z.literal('tool_use'),
    id: z.string().max(256),
    name: z.string().max(256),
    input: z.unknown(),
    cache_control: cacheControl,
    caller: z.strictObject({ type: z.literal('direct') }).nullish(),
    toolset_name: z.null().optional(),
  }),
  z.strictObject({
    type: z.literal('tool_result'),
    tool_use_id: z.string().max(256),
    content: z
      .union([z.string(), z.array(z.discriminatedUnion('type', [text, image]))])
      .optional(),
    is_error: z.boolean().optional(),
    cache_control: cacheControl,
  }),
]);

const message = z.strictObject({
  role: z.enum(['user', 'assistant', 'system']),
  content: z.union([z.string(), z.array(block)]),
});

const customTool = z.strictObject({
  type: z.literal('custom').nullish(),
  name: z.string().min(1).max(256),
  description: z.string().optional(),
  input_schema: jsonObject,
  input_examples: z.array(jsonObject).optional(),
  strict: z.boolean().optional(),
  eager_input_streaming: z.boolean().nullish(),
  cache_control: cacheControl,
});

/** Tools that the provider describes and the client runs. */
const describedTool = z.strictObject({
  type: z
    .string()
    .regex(
      /^(?:bash|text_editor|memory)_\d{8}$/,
      'only tools that the client runs are allowed here',
    ),
  name: z.string().min(1).max(256),
  max_characters: z.number().int().positive().nullish(),
  cache_control: cacheControl,
});

/** Which of the two it is decides what is said against it. */
const tool = z.unknown().superRefine((value, context) => {
  const { type } = Object(value);
  const described = typeof type === 'string' && type !== 'custom';
  const checked = (described ? describedTool : customTool).safeParse(value);
  for (const issue of checked.error?.issues ?? []) {
    context.addIssue(issue as never);
  }
});

const thinking = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('enabled'),
    budget_tokens: z.number().int().positive(),
    display: z.string().max(32).nullish(),
  }),
  z.strictObject({ type: z.literal('disabled') }),
  z.strictObject({
    type: z.enum(['adaptive', 'between_tools']),
    display: z.string().max(32).nullish(),
  }),
]);

/** Body of `POST /v1/messages/count_tokens`. */
export const countTokensSchema = z.strictObject({
  model: z.string().min(1).max(128),
  messages: z.array(message).min(1),
  system: z.union([z.string(), z.array(text)]).optional(),
  tools: z.array(tool).optional(),
  tool_choice: z
    .strictObject({
      type: z.enum(['auto', 'any', 'tool', 'none']),
      name: z.string().max(256).optional(),
      disable_parallel_tool_use: z.boolean().optional(),
    })
    .optional(),
  thinking: thinking.optional(),
  output_config: z
    .strictObject({
      effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullish(),
      format: z
        .strictObject({ type: z.literal('json_schema'), schema: jsonObject })
        .nullish(),
    })
    .optional(),
  cache_control: cacheControl,
});

/** Body of `POST /v1/messages`. */
export const messageRequestSchema = countTokensSchema.extend({
  max_tokens: z.number().int().positive(),
  stream: z.boolean().optional(),
  stop_sequences: z.array(z.string().max(1_000)).max(16).optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_k: z.number().int().nonnegative().optional(),
  top_p: z.number().min(0).max(1).optional(),
  // Whatever it says, the gateway writes its own.
  metadata: z.unknown().optional(),
});
