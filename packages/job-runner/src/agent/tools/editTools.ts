import { z } from 'zod';
import { isSecretPath } from '../../paths/isSecretPath';
import { AgentTool, defineTool } from './AgentTool';
import { secretFile } from './fileTools';
import { ToolContext } from './ToolContext';

const TEXT_CHARACTERS = 500_000;

const path = z
  .string()
  .min(1)
  .max(4_096)
  .describe("Path relative to the repository, inside of the target's folder");

/** Tools that change files, inside of the target's folder alone. */
export function editTools(context: ToolContext): AgentTool[] {
  return [editFile(context), createFile(context)];
}

function editFile({ workspace }: ToolContext): AgentTool {
  return defineTool({
    name: 'edit_file',
    description:
      'Replaces a text in a file by another. old_text must stand in the file exactly once, with its white space, unless replace_all is set.',
    input: z.object({
      path,
      old_text: z.string().min(1).max(TEXT_CHARACTERS),
      new_text: z.string().max(TEXT_CHARACTERS),
      replace_all: z.boolean().optional(),
    }),
    async run({ path: file, old_text, new_text, replace_all: all }) {
      // What stands in it could be guessed, edit by edit.
      if (isSecretPath(file)) return secretFile(file);
      const bytes = await workspace.read(file);
      const content = bytes.toString('utf8');
      if (!Buffer.from(content, 'utf8').equals(bytes)) {
        return { text: `${file} is not UTF-8 text`, failed: true };
      }
      // A model writes line feeds; the file's own line ends stay.
      const windows = !content.includes(old_text) && content.includes('\r\n');
      const [from, to] = windows
        ? [toWindows(old_text), toWindows(new_text)]
        : [old_text, new_text];
      const count = content.split(from).length - 1;
      if (count === 0) {
        return {
          text: `old_text does not stand in ${file}. Read the file again and give the text exactly.`,
          failed: true,
        };
      }
      if (count > 1 && !all) {
        return {
          text: `old_text stands in ${file} ${count} times. Give more of what is around it, or set replace_all.`,
          failed: true,
        };
      }
      workspace.write(file, Buffer.from(content.split(from).join(to), 'utf8'));
      return {
        text: count === 1 ? 'Replaced.' : `Replaced ${count} times.`,
        trusted: true,
      };
    },
  });
}

function toWindows(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

function createFile({ workspace }: ToolContext): AgentTool {
  return defineTool({
    name: 'create_file',
    description: 'Creates a text file that is not there yet.',
    input: z.object({ path, content: z.string().max(TEXT_CHARACTERS) }),
    async run({ path: file, content }) {
      if (workspace.find(file)) {
        return {
          text: `${file} is there already; use edit_file`,
          failed: true,
        };
      }
      workspace.write(file, Buffer.from(content, 'utf8'));
      return { text: 'Created.', trusted: true };
    },
  });
}
