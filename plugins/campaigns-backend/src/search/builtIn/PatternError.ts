import { InputError } from '@backstage/errors';

/** A pattern that the program cannot read, so that no repository can be searched for it. */
export class PatternError extends InputError {}
