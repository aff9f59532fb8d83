import { render, screen } from '@testing-library/react';
import { JobEvent } from '@skein/plugin-campaigns-common';
import { LogLines } from './LogLines';

const hostile = '<img src=x onerror="alert(1)"> [click](https://e.example)';

function eventOf(id: number, more: Partial<JobEvent>): JobEvent {
  return {
    id,
    jobId: 'j',
    attempt: 1,
    at: '2026-01-01T10:00:00.000Z',
    type: 'log',
    level: 'info',
    message: hostile,
    ...more,
  };
}

describe('LogLines', () => {
  it('shows what a repository or a model wrote as text alone', () => {
    const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 };
    const { container } = render(
      <LogLines
        events={[
          eventOf(1, {}),
          eventOf(2, {
            type: 'transcript',
            transcript: {
              kind: 'turn',
              turn: 1,
              model: hostile,
              stopReason: hostile,
              text: hostile,
              usage,
              durationMs: 1,
            },
          }),
          eventOf(3, {
            type: 'transcript',
            transcript: {
              kind: 'tool',
              turn: 1,
              name: hostile,
              input: hostile,
              result: hostile,
              resultBytes: 1,
              failed: true,
              durationMs: 1,
            },
          }),
        ]}
      />,
    );
    expect(
      screen.getAllByText(hostile, { exact: false }).length,
    ).toBeGreaterThan(3);
    expect(container.querySelectorAll('img, script, iframe, a')).toHaveLength(
      0,
    );
  });
});
