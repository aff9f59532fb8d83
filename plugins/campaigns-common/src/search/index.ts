export * from './codeLanguages';
export * from './fitsQuery';
export * from './matchesRepository';
