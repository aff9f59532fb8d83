/** A mistake or a lack that the person at the terminal can mend; shown as one line, without a stack. */
export class UserError extends Error {
  name = 'UserError';
}
