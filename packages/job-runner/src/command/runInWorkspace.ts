import { join } from 'path';
import { Workspace } from '../checkout/Workspace';
import { CommandBounds, CommandEnd, runCommand } from '../process/runCommand';
import { prepareWorkTree, TakenFiles, takeWorkTree } from './takeWorkTree';

/** Runs a program in the target's folder of the work tree, and takes over what it changed. */
export async function runInWorkspace(
  workspace: Workspace,
  command: string[],
  environment: NodeJS.ProcessEnv,
  bounds: CommandBounds,
): Promise<CommandEnd & TakenFiles> {
  await prepareWorkTree(workspace);
  const folder = join(workspace.checkout.folder, workspace.folder);
  const end = await runCommand(command, folder, environment, bounds);
  bounds.signal.throwIfAborted();
  return { ...end, ...(await takeWorkTree(workspace)) };
}
