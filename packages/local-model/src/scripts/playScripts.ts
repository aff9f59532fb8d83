import { Answerer, ScriptedAnswer } from '../answers/ScriptedAnswer';
import { Prompt, readPrompt } from './readPrompt';
import { ScriptedTurn, ScriptedVerdict, TargetScript } from './TargetScript';

/**
 * Answers by scripts: the turn is known from the talk, so that nothing is kept
 * between requests. What no script foresees is answered with the plain word
 * that it is not: nobody is to take it for a model's work.
 */
export function playScripts(scripts: TargetScript[]): Answerer {
  return request => {
    const prompt = readPrompt(request);
    if (!prompt) return refuse('this request names no target that it knows');
    const { datasets, path, repository } = prompt;
    const script = scripts.find(
      ({ target }) =>
        target.repository === repository &&
        (target.path ?? '') === path &&
        datasets.includes(target.dataset),
    );
    const where = path ? `${repository}, folder ${path}` : repository;
    if (!script) return refuse(`it has no script for ${where}`);
    return prompt.role === 'judge'
      ? judge(script.judge ?? [], prompt, where)
      : takeTurn(script.agent ?? [], prompt, where);
  };
}

function takeTurn(
  turns: ScriptedTurn[],
  { newest, turn }: Prompt,
  where: string,
): ScriptedAnswer {
  const all = turns.flatMap(each =>
    Array<typeof each>(each.repeat ?? 1).fill(each),
  );
  const next = all[turn];
  if (!next) return refuse(`its script for ${where} ends here`);
  if (next.sees && !newest.includes(next.sees)) {
    return refuse(
      `turn ${turn + 1} of its script for ${where} expects to see '${
        next.sees
      }'`,
    );
  }
  return {
    text: next.say,
    calls: next.calls?.map(call => Object.entries(call)[0]),
  };
}

function judge(
  verdicts: ScriptedVerdict[],
  { newest }: Prompt,
  where: string,
): ScriptedAnswer {
  const fitting = verdicts.find(({ sees }) => !sees || newest.includes(sees));
  if (!fitting) return refuse(`it has no verdict on this change of ${where}`);
  const { confidence, reasons = [], verdict } = fitting;
  return {
    text: JSON.stringify({
      verdict,
      reasons: reasons.map(({ file, line = null, reason }) => ({
        file,
        line,
        reason,
      })),
      confidence,
    }),
  };
}

function refuse(why: string): ScriptedAnswer {
  return { text: `This is a scripted stand-in and no model: ${why}.` };
}
