import fc from 'fast-check';
import {
  formatFeedbackView,
  parseFeedbackView,
  toListFeedbackRequest,
} from './feedbackView';

const view = fc.record({
  state: fc.constantFrom('open', 'promoted', 'dismissed', 'all' as const),
  source: fc.constantFrom('reviewer', 'agent', 'all' as const),
  search: fc.string().map(text => text.trim()),
  page: fc.nat(50),
});

describe('feedbackView', () => {
  it('reads what it wrote', () => {
    fc.assert(
      fc.property(view, given => {
        const written = formatFeedbackView(given).toString();
        expect(parseFeedbackView(new URLSearchParams(written))).toEqual(given);
      }),
    );
  });

  it('begins with what is open, of everybody', () => {
    const usual = parseFeedbackView(
      new URLSearchParams('state=nonsense&page=-3'),
    );
    expect(toListFeedbackRequest(usual)).toEqual({
      states: ['open'],
      offset: 0,
      limit: 10,
    });
  });
});
