import { checkPattern } from './checkPattern';

describe('checkPattern', () => {
  it.each([
    ['user_data\\.users_v[12]\\b', true],
    // Would take for ever in an engine that goes back.
    ['(a+)+$', true],
    ['(?i)select\\s+\\w+', true],
    ['users_(', false],
    ['(a)\\1', false],
    ['(?=users)', false],
    ['x{1001}', false],
    ['((a{100}){100}){100}', false],
    ['[z-a]', false],
    ['\\', false],
    ['a*', false],
    ['(?:)|users', false],
    ['x{1000}', true],
    ['x{900}y{900}', false],
    ['(\\pL{30}){33}(\\pL{30}){33}(\\pL{30}){33}', false],
  ])('%s: %s', (query, expected) => {
    const problem = checkPattern({ query, regex: true });
    expect(problem === undefined).toBe(expected);
  });

  it('takes words as they are, and says of a pattern what is wrong', () => {
    expect(checkPattern({ query: 'users_(' })).toBe(undefined);
    expect(checkPattern({ query: 'users_(', regex: true })).toBe(
      "'users_(' is not a regular expression as RE2 reads it: missing closing ): `users_(`",
    );
  });
});
