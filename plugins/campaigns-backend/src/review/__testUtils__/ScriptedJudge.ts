import { ModelMessage } from '@skein/plugin-campaigns-node';
import { ContextContent } from '../../campaigns/context';
import { exampleContext } from '../../jobs/__testUtils__/campaign';
import { JudgeRequest } from '../judge/judgeChange';
import { JudgeModel } from '../ReviewService';

/** A campaign in which a command has a part, so that changes are judged. */
export const withCommand: ContextContent = {
  ...exampleContext,
  mappings: [
    {
      ...exampleContext.mappings[0],
      columns: [
        ...exampleContext.mappings[0].columns,
        { from: 'country', decision: 'person', note: 'Ask billing', line: 3 },
      ],
    },
  ],
  steps: [
    { type: 'mapping' },
    {
      type: 'command',
      when: 'always',
      run: ['codemod'],
      environment: {},
      timeoutSeconds: 60,
    },
  ],
};

export const accept = JSON.stringify({
  verdict: 'accept',
  reasons: [],
  confidence: 0.9,
});
export const veto = (reason: string) =>
  JSON.stringify({
    verdict: 'veto',
    reasons: [{ file: 'dbt/a.sql', line: 1, reason }],
    confidence: 0.8,
  });

/** A judge who gives these verdicts, one after the other. */
export class ScriptedJudge implements JudgeModel {
  readonly available = true;
  readonly requests: JudgeRequest[] = [];
  constructor(private readonly answers: Array<string | Error>) {}

  async ask(_: unknown, asked: JudgeRequest): Promise<ModelMessage> {
    this.requests.push(asked);
    const answer = this.answers.shift() ?? new Error('Nothing more to say');
    if (answer instanceof Error) throw answer;
    return {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'model-of-the-judge',
      content: [{ type: 'text', text: answer }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    };
  }
}
