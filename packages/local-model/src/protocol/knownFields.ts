/** Fields of a request of the Messages API. */
const request = [
  ...['cache_control', 'container', 'inference_geo', 'max_tokens', 'messages'],
  ...['metadata', 'model', 'output_config', 'service_tier', 'stop_sequences'],
  ...['stream', 'system', 'temperature', 'thinking', 'tool_choice', 'tools'],
  ...['top_k', 'top_p'],
];

/** Of a request that counts tokens. */
const count = [
  ...['cache_control', 'messages', 'model', 'output_config', 'system'],
  ...['thinking', 'tool_choice', 'tools'],
];

/** Of a tool that the client describes. */
const tool = [
  ...['allowed_callers', 'cache_control', 'defer_loading', 'description'],
  ...['eager_input_streaming', 'input_examples', 'input_schema', 'name'],
  ...['strict', 'type'],
];

/** Of content blocks, by their types. */
const blocks: Record<string, string[]> = {
  text: ['cache_control', 'citations', 'text', 'type'],
  image: ['cache_control', 'source', 'transformations', 'type'],
  document: [
    ...['cache_control', 'citations', 'context', 'source', 'title', 'type'],
  ],
  thinking: ['signature', 'thinking', 'type'],
  redacted_thinking: ['data', 'type'],
  tool_use: [
    ...['cache_control', 'caller', 'id', 'input', 'name', 'toolset_name'],
    'type',
  ],
  tool_result: [
    ...['cache_control', 'content', 'is_error', 'tool_use_id'],
    ...['toolset_name', 'type'],
  ],
};

/** Every field that the API knows, by where it stands. */
export const knownFields = {
  request,
  count,
  tool,
  blocks,
  message: ['content', 'role'],
  cacheControl: ['ttl', 'type'],
} as const;

/** A problem for each field of an object that is not known. */
export function unknownFields(
  value: object,
  known: readonly string[],
  where: string,
): string[] {
  return Object.keys(value)
    .filter(name => !known.includes(name))
    .map(name => `${where}${name}: Extra inputs are not permitted`);
}
