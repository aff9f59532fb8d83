/**
 * How tests look in a language; every pattern matches one line, in time that
 * grows with its length alone: what repeats and can hold a beginning of its own
 * pattern has a bound.
 */
export interface TestLanguage {
  /** File names, not folders. */
  extensions: RegExp;
  comment: RegExp;
  declaration: RegExp;
  assertion: RegExp;
  /** Keeps a test from running, or others: `only`. */
  skip: RegExp;
  /** An assertion that cannot fail. */
  trivial: RegExp;
}

const slashes = /^\s*(?:\/\/|\/?\*)/;
const hash = /^\s*#/;

export const testLanguages: TestLanguage[] = [
  {
    extensions: /\.[cm]?[jt]sx?$/i,
    comment: slashes,
    declaration: /\b(?:it|test)(?:\.\w{1,50}){0,8}\s*[(`]/,
    assertion: /\bexpect\s*\(|\bassert\w*(?:\.\w{1,50}){0,8}\s*\(|\.should\b/,
    skip: /\b(?:it|test|describe|suite)\.(?:skip|todo|failing|only|skipIf)\b|\b(?:x(?:it|describe|test)|f(?:it|describe))\s*\(|\bthis\.skip\s*\(/,
    trivial:
      /\bexpect\s*\(\s*(?:true|1)\s*\)\s*\.|\bassert(?:\.ok)?\s*\(\s*true\s*\)/,
  },
  {
    extensions: /\.pyi?$/i,
    comment: hash,
    declaration: /^\s*(?:async\s+)?def\s+test/,
    assertion: /^\s*assert\b|\bself\.(?:assert|fail)|\bpytest\.(?:raises|fail)/,
    skip: /@(?:unittest\.)?(?:skip|expectedFailure)|\bpytest\.(?:mark\.(?:skip|xfail)|skip|xfail|importorskip)|\bself\.skipTest|\b__test__\s*=\s*False/,
    trivial:
      /^\s*assert\s+(?:True|1)\s*(?:,|#|$)|\bassertTrue\s*\(\s*True\s*\)/,
  },
  {
    extensions: /\.(?:java|kt|kts|groovy)$/i,
    comment: slashes,
    declaration: /@(?:Parameterized|Repeated|Property)?Test\b|@Property\b/,
    assertion: /\bassert\w*\s*[({]|\bverify\s*\(|\bfail\s*\(|\bshould\w*\b/,
    skip: /@(?:Ignore|Disabled\w*|EnabledIf\w*)\b|\bassume(?:True|False|That)\s*\(|enabled\s*=\s*false/,
    trivial: /\bassertTrue\s*\(\s*true\s*\)|\bassertFalse\s*\(\s*false\s*\)/,
  },
  {
    extensions: /\.(?:scala|sc|sbt)$/i,
    comment: slashes,
    declaration: /\b(?:test|property)\s*\(|\bin\s*\{|@Test\b/,
    assertion:
      /\bassert\w*\s*[({]|\bshould(?:Be|Equal|\s+(?:be|equal|contain|have|match\w*|not|matchPattern))\b|\bmust(?:Be|Equal|\s+(?:be|equal))\b|\bexpect\w*\s*[({]/,
    skip: /\bignore\s*(?:\(|should\b|in\b|when\b)|\bpending\b|\bcancel\s*\(|\bassume\s*\(|@Ignore\b/,
    trivial: /\bassert\s*\(\s*true\s*\)|\btrue\s+shouldBe\s+true\b/,
  },
  {
    extensions: /\.go$/i,
    comment: slashes,
    declaration: /^func\s+(?:Test|Fuzz|Benchmark)\w*\s*\(/,
    assertion:
      /\bt\.(?:Error|Fatal|Fail)\w*\s*\(|\b(?:assert|require)\.\w+\s*\(/,
    skip: /\bt\.Skip\w*\s*\(|^\/\/go:build\s+ignore/,
    trivial: /\b(?:assert|require)\.True\s*\(\s*t\s*,\s*true\b/,
  },
  {
    extensions: /\.rs$/i,
    comment: slashes,
    declaration: /#\[(?:\w+::)*test\b/,
    assertion: /\b(?:debug_)?assert(?:_eq|_ne|_matches)?!\s*[([]|\bpanic!/,
    skip: /#\[ignore\b|#\[cfg\(any\(\)\)\]/,
    trivial: /\bassert!\s*\(\s*true\b/,
  },
];

/** Whether a path is that of a test, by the conventions of its language or of dbt. */
export function isTestFile(path: string): boolean {
  return (
    /(?:^|\/)(?:tests?|__tests__|spec|specs|it|integration[-_]tests?|e2e|unit[-_]tests?)\//i.test(
      path,
    ) ||
    /(?:^|\/)(?:test_[^/]+\.py|conftest\.py|[^/]+[._-](?:test|tests|spec)\.\w+|[^/]+(?:Test|Tests|Spec|Suite|IT)\.(?:java|kt|scala|groovy))$/.test(
      path,
    )
  );
}
