import { z } from 'zod';
import { isSecretPath } from '../../paths/isSecretPath';
import { boundText } from '../../process/boundText';
import { AgentTool, defineTool, ToolAnswer } from './AgentTool';
import { ToolContext } from './ToolContext';

const LINES = 400;
const READ_BYTES = 4 * 1024 * 1024;
const LISTED = 500;

const path = z
  .string()
  .min(1)
  .max(4_096)
  .describe('Path relative to the repository, with /');

/** Tools that look at files. They see what is in git and what was changed since, and nothing else. */
export function fileTools(context: ToolContext): AgentTool[] {
  return [readFile(context), listFiles(context)];
}

function readFile({ workspace, outputBytes }: ToolContext): AgentTool {
  return defineTool({
    name: 'read_file',
    description: `Reads a text file of the repository, as it is now. Gives at most ${LINES} lines from start_line on; says how many there are.`,
    input: z.object({
      path,
      start_line: z.number().int().min(1).optional(),
      line_count: z.number().int().min(1).max(LINES).optional(),
    }),
    async run(input) {
      if (isSecretPath(input.path)) return secretFile(input.path);
      const file = workspace.find(input.path);
      if (file && file.bytes > READ_BYTES) {
        return {
          text: `${input.path} has ${file.bytes} bytes; files over ${READ_BYTES} are not read. Use search_files.`,
          failed: true,
        };
      }
      const content = await workspace.read(input.path);
      if (content.subarray(0, 8_000).includes(0)) {
        return { text: `${input.path} is a binary file`, failed: true };
      }
      const lines = content.toString('utf8').split('\n');
      const start = input.start_line ?? 1;
      if (start > lines.length) {
        return {
          text: `${input.path} has ${lines.length} lines`,
          failed: true,
        };
      }
      const chosen = lines.slice(
        start - 1,
        start - 1 + (input.line_count ?? LINES),
      );
      const end = start + chosen.length - 1;
      return {
        text: `${input.path}, lines ${start} to ${end} of ${
          lines.length
        }:\n${boundText(chosen.join('\n'), outputBytes)}`,
      };
    },
  });
}

/** What is said of a file that is not shown. */
export function secretFile(file: string): ToolAnswer {
  return {
    text: `${file} holds secrets by its name, and is neither shown nor changed here. Go on without it.`,
    failed: true,
  };
}

function listFiles({ workspace, outputBytes }: ToolContext): AgentTool {
  return defineTool({
    name: 'list_files',
    description: `Lists the files below a folder with their sizes in bytes, at most ${LISTED}; an empty folder stands for the repository's root.`,
    input: z.object({
      folder: z.string().max(4_096).optional(),
    }),
    async run({ folder = '' }) {
      const prefix = folder.replace(/^\.?\/*|\/+$/g, '');
      const found = workspace
        .files()
        .filter(file => prefix === '' || file.path.startsWith(`${prefix}/`));
      if (found.length === 0) {
        return { text: `There are no files below ${folder}`, failed: true };
      }
      const lines = found
        .slice(0, LISTED)
        .map(file => `${file.path} ${file.bytes}`);
      const more =
        found.length > LISTED
          ? [`… and ${found.length - LISTED} more; name a folder`]
          : [];
      return { text: boundText([...lines, ...more].join('\n'), outputBytes) };
    },
  });
}
