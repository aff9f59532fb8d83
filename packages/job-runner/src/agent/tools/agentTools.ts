import { AgentTool } from './AgentTool';
import { bashTool } from './bashTool';
import { editTools } from './editTools';
import { fileTools } from './fileTools';
import { gitTools } from './gitTools';
import { askForHumanTool, finishTool } from './personTools';
import { searchTool } from './searchTool';
import { ToolContext } from './ToolContext';
import { verifyTool } from './verifyTool';

/**
 * The tools of an agent, always in the same order: they are the first part of
 * the prompt that is cached.
 */
export function agentTools(context: ToolContext): AgentTool[] {
  return [
    ...fileTools(context),
    searchTool(context),
    ...editTools(context),
    verifyTool(context),
    ...gitTools(context),
    ...(context.allowlist.isEmpty ? [] : [bashTool(context)]),
    askForHumanTool(context),
    finishTool(context),
  ];
}
