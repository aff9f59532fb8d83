import Anthropic from '@anthropic-ai/sdk';
import { knownFields, unknownFields } from './knownFields';

const NAME = /^[a-zA-Z0-9_-]{1,128}$/;

/** What is wrong with the tools of a request: names, schemas, and the one that must be called. */
export function checkTools(request: Anthropic.MessageCreateParams): string[] {
  const { tools = [], tool_choice: choice } = request;
  const names = tools.map(each => ('name' in each ? each.name : ''));
  const problems = tools.flatMap((each, index) =>
    checkTool(each as Anthropic.Tool, `tools.${index}.`),
  );
  if (new Set(names).size !== names.length) {
    problems.push('tools: Tool names must be unique');
  }
  if (choice && tools.length === 0) {
    problems.push('tool_choice: may only be specified while providing tools');
  }
  if (choice?.type === 'tool' && !names.includes(choice.name)) {
    problems.push(`tool_choice: Tool '${choice.name}' not found`);
  }
  return problems;
}

function checkTool(tool: Anthropic.Tool, where: string): string[] {
  // Tools that the provider describes have a type of their own.
  if (tool.type && tool.type !== 'custom') return [];
  const problems = unknownFields(tool, knownFields.tool, where);
  if (!NAME.test(tool.name)) {
    problems.push(`${where}name: String should match pattern '${NAME.source}'`);
  }
  if (tool.input_schema?.type !== 'object') {
    problems.push(`${where}input_schema.type: Input should be 'object'`);
  }
  const { properties, required } = tool.input_schema ?? {};
  for (const name of required ?? []) {
    if (!Object.hasOwn(Object(properties), name)) {
      problems.push(`${where}input_schema: '${name}' is required and unknown`);
    }
  }
  return problems;
}
