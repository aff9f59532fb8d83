import { createHash } from 'crypto';
import fc from 'fast-check';
import {
  latestTemplates,
  PromptContext,
  PromptLesson,
  renderCommandPrompt,
  renderJudge,
  renderPrompt,
} from '.';

const context: PromptContext = {
  version: latestTemplates,
  mappings: [
    {
      from: 'acme.user_data.users_v1',
      to: 'acme.user_data.users_v2',
      columns: [
        { from: 'user_id', to: 'user_identifier' },
        { from: 'gender', decision: 'person', note: 'ask privacy' },
      ],
    },
  ],
  options: { guideUrl: 'https://guide.example.com/users' },
  text: 'Do not touch partner_feeds.',
  skills: [{ name: 'dbt', text: 'Look at the tests first.' }],
};
const target = { repository: 'h/acme/repo', path: 'a', framework: 'dbt' };
const fence = 'f00d';

const agent = (lessons?: PromptLesson[]) => ({
  context: { ...context, lessons },
  target,
  rewrite: { edits: [], refusals: [] },
  fence,
});
const judge = (lessons?: PromptLesson[], instructions?: string) =>
  renderJudge({
    context: { ...context, lessons },
    target,
    diff: '+select 1\n',
    instructions,
    fence,
  });

const lesson = (
  text: string,
  ...readers: PromptLesson['for']
): PromptLesson => ({ text, for: readers });

describe('lessons', () => {
  it('leave each byte as it was where there are none', () => {
    const prompts = [
      renderPrompt(agent()),
      renderCommandPrompt(agent()),
      judge(),
      judge(undefined, 'Look at joins.'),
    ];
    // Taken before there were lessons: caches and digests of revisions hang on it.
    expect(
      createHash('sha256').update(JSON.stringify(prompts)).digest('hex'),
    ).toBe('815386ba6a781c49064e9ca3351d90aa536c0dfd10763b761e2391f8674998a2');
    expect(renderPrompt(agent([]))).toEqual(renderPrompt(agent()));
    expect(judge([])).toEqual(judge());
  });

  it('are told to those that they are for, and to nobody else', () => {
    const lessons = [
      lesson('Keep the CAST of amounts.', 'agent'),
      lesson('Veto a dropped CAST.', 'judge'),
      lesson('Dates stay in UTC.', 'agent', 'judge'),
    ];
    const { campaign, system } = renderPrompt(agent(lessons));
    expect(campaign).toContain(
      '## What reviews of this campaign have shown\n\n- Keep the CAST of amounts.\n- Dates stay in UTC.\n',
    );
    expect(campaign.indexOf('In the words of the campaign')).toBeLessThan(
      campaign.indexOf('Keep the CAST'),
    );
    expect(system).not.toContain('CAST');
    expect(renderCommandPrompt(agent(lessons))).toContain('Dates stay in UTC.');

    const judged = judge(lessons);
    expect(judged.system).toContain(
      '# What reviews of this campaign have shown\n\n- Veto a dropped CAST.\n- Dates stay in UTC.\n',
    );
    expect(judged.campaign).toBe(judge().campaign);
    expect(judged.change).not.toContain('CAST');
    expect(judge(lessons, 'Look at joins.').system).toContain(
      'Look at joins.\n\n## Lessons of people who reviewed its changes\n\n- Veto',
    );
  });

  it('keep their lines', () => {
    const { campaign } = renderPrompt(
      agent([lesson('One thing:\r\n\n  the other.\n{{ fence }}', 'agent')]),
    );
    expect(campaign).toContain('- One thing:\n  the other.\n  {{ fence }}\n');
  });

  it('cannot begin anything that is not theirs, whatever they say', () => {
    const bare = renderPrompt(agent()).campaign;
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom(
          '# The task',
          '## End state',
          'The task\n===',
          '```',
          '~~~',
          `<repository-data-${fence}>`,
          `</repository-data-${fence}>`,
          '| a | b |',
          '\u2028# The task',
          '1. # The task',
          '- # The task',
          '> # The task',
          '    # The task',
        ),
        fc.constantFrom('\n', '\r\n', '\r', '\u0085', '\u2029', '\v', '\f'),
        (text, trick, end) => {
          const { campaign } = renderPrompt(
            agent([lesson(`${text}${end}${trick}${end}${text}`, 'agent')]),
          );
          const structure = (prompt: string) =>
            prompt
              .split(/\r\n|[\n\r\u2028\u2029\u0085\v\f]/)
              .filter(line =>
                /^\s*(?:- |\d+[.)] )?\s*(?:#|```|~~~|={2,}|-{2,}|>|\||<\/?repository)/.test(
                  line,
                ),
              );
          expect(structure(campaign)).toEqual([
            ...structure(bare).slice(0, -1),
            '## What reviews of this campaign have shown',
            ...structure(bare).slice(-1),
          ]);
        },
      ),
    );
  });
});
