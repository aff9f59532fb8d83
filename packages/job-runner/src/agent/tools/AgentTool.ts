import { z } from 'zod';

/** A tool that a model may call. */
export interface AgentTool {
  name: string;
  description: string;
  /** JSON schema of the input. */
  inputSchema: Record<string, unknown>;
  /**
   * @returns what the model is told
   * @throws ToolInputError where the input has another shape
   * @throws Error with words for the model where it cannot be done
   */
  call(input: unknown): Promise<ToolAnswer>;
}

/** What a call gives. */
export interface ToolAnswer {
  text: string;
  /** It could not be done, or not as asked. */
  failed?: boolean;
  /** The text is the runner's own and not of the repository: it needs no fence. */
  trusted?: boolean;
}

/** The model called a tool in a way that it does not have. */
export class ToolInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ToolInputError';
  }
}

/** A tool from a zod schema: what does not fit it is told to the model, and never reaches the tool. */
export function defineTool<T extends z.ZodType>(tool: {
  name: string;
  description: string;
  input: T;
  run(input: z.infer<T>): Promise<ToolAnswer>;
}): AgentTool {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(tool.input, {
    io: 'input',
  });
  return {
    name: tool.name,
    description: tool.description,
    inputSchema,
    async call(input) {
      const parsed = tool.input.safeParse(input);
      if (!parsed.success) {
        const problems = parsed.error.issues
          .slice(0, 10)
          .map(issue => `${issue.path.join('.') || 'input'}: ${issue.message}`);
        throw new ToolInputError(
          `The input of ${tool.name} does not fit: ${problems.join('; ')}`,
        );
      }
      return tool.run(parsed.data);
    },
  };
}
