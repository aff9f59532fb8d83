import { ErrorExtractor } from '../types';

/** Those with the most telling beginnings first: a line belongs to the first that knows it. */
export const extractors: readonly ErrorExtractor[] = [];
