import { withStateLabels } from './withStateLabels';

describe('withStateLabels', () => {
  it('calls states what the pages call them, and leaves other words', () => {
    expect(withStateLabels("it is 'prOpen', which does not allow this")).toBe(
      'it is “Pull request open”, which does not allow this',
    );
    expect(withStateLabels("'constructor' is 'x'")).toBe(
      "'constructor' is 'x'",
    );
  });
});
