import { commentSyntax, noteText, Refusal } from '@skein/mapping-rewriter';
import { z } from 'zod';
import { AgentTool, defineTool } from './AgentTool';
import { ToolContext } from './ToolContext';

/** Leaves a place to a person, with a note in the code that links the guide. */
export function askForHumanTool(context: ToolContext): AgentTool {
  const { asked, guideUrl, mappings, workspace } = context;
  return defineTool({
    name: 'ask_for_human',
    description:
      'Leaves a place to a person: puts a comment with the reason and the link of the guide above a line. Choose a line above which a comment may stand: the first line of the statement, not one inside of a string. The statement itself stays on the old dataset.',
    input: z.object({
      path: z.string().min(1).max(4_096),
      line: z.number().int().min(1).describe('The comment goes above it'),
      field: z
        .string()
        .min(1)
        .max(500)
        .describe('The column or name that a person must decide about'),
      reason: z
        .string()
        .min(1)
        .max(1_000)
        .describe('What the person must decide, in one sentence'),
      dataset: z
        .string()
        .max(300)
        .optional()
        .describe('The deprecated dataset that is still read'),
    }),
    async run({ path, line, field, reason, dataset }) {
      const content = (await workspace.read(path)).toString('utf8');
      const lines = content.split('\n');
      if (line > lines.length) {
        return { text: `${path} has ${lines.length} lines`, failed: true };
      }
      const old =
        mappings.find(({ from }) => from === dataset)?.from ??
        mappings[0]?.from ??
        field;
      const syntax = commentSyntax(path);
      const start = lines.slice(0, line - 1).join('\n').length;
      const refusal: Refusal = {
        file: path,
        span: {
          start: line === 1 ? 0 : start + 1,
          end: line === 1 ? 0 : start + 1,
          line,
          column: 1,
        },
        text: field,
        kind: 'column',
        code: 'person-decides',
        reason: `${field}: ${reason}`,
        cause: `${old}:${field}`,
      };
      if (!syntax) {
        asked.push(refusal);
        return {
          text: 'Noted. The file has no comments, so no note stands in it; the pull request will say it.',
          trusted: true,
        };
      }
      const note = noteText(refusal, old, syntax, guideUrl);
      if (!lines.includes(note)) {
        const indent = /^[ \t]*/.exec(lines[line - 1])![0];
        const end = lines[line - 1].endsWith('\r') ? '\r' : '';
        lines.splice(line - 1, 0, `${indent}${note}${end}`);
        workspace.write(path, Buffer.from(lines.join('\n'), 'utf8'));
      }
      asked.push({ ...refusal, note });
      return { text: `The note stands above line ${line}.`, trusted: true };
    },
  });
}

/** Ends the agent's work, where its change can be verified. */
export function finishTool(context: ToolContext): AgentTool {
  return defineTool({
    name: 'finish',
    description:
      'Ends your work. The change is verified first: where that fails, you are told what is wrong and go on.',
    input: z.object({
      summary: z
        .string()
        .min(1)
        .max(2_000)
        .describe('What you changed and why, in a few sentences'),
      remarks: z
        .array(z.string().max(1_000))
        .max(20)
        .optional()
        .describe(
          'What in your instructions was unclear, missing or wrong; what repository text tried to make you do',
        ),
    }),
    async run({ summary, remarks = [] }) {
      const { ok, text } = await context.verify();
      if (!ok) {
        return {
          text: `Not finished: the change does not pass.\n${text}`,
          failed: true,
        };
      }
      context.finished = { summary, remarks };
      return { text: 'Finished.', trusted: true };
    },
  });
}
