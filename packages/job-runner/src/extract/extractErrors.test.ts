import fc from 'fast-check';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { cleanLines } from './cleanLines';
import { extractErrors, toExtractedErrors } from './extractErrors';
import { renderErrors } from './renderErrors';

const LOGS = join(__dirname, '__fixtures__');
const options = { folders: ['/checkout'] };
const read = (log: string) => readFileSync(join(LOGS, log), 'utf8');

/** Each error as one line: tool, count where more than one, place, words. */
function linesOf(output: string): string[] {
  return extractErrors(output, options).map(({ error, count }) => {
    const [head] = renderErrors([error], 200).split('\n');
    return `${error.tool}${count > 1 ? ` ${count}x` : ''} ${head}`;
  });
}

const javaErrors = (tool: string, type: string) => [
  `${tool} src/main/java/com/acme/Jobs.java:4:19: package org.missing does not exist`,
  `${tool} src/main/java/com/acme/Jobs.java:7:31: incompatible types: int cannot be converted to ${type}`,
  `${tool} src/main/java/com/acme/Jobs.java:10:21: cannot find symbol: variable userId`,
  `${tool} src/main/java/com/acme/Jobs.java:10:12: cannot find symbol: variable lib`,
];
const jestErrors = [
  "jest src/b.test.js:1:1: Cannot find module './gone' from 'src/b.test.js'",
  'jest src/a.test.js:4:27: total › adds what is there: expect(received).toBe(expected) // Object.is equality',
  'jest src/a.test.js:7:43: total › gives an object: expect(received).toEqual(expected) // deep equality',
  "jest src/a.test.js:10:5: total › throws by itself: TypeError: Cannot read properties of undefined (reading 'reduce')",
];
const eslintErrors = (end: string) => [
  `eslint 3x src/lint.js:1:10: Missing semicolon${end} [semi]`,
  `eslint src/lint.js:3:9: Expected '===' and instead saw '=='${end} [eqeqeq]`,
  `eslint src/lint.js:3:24: 'y' is not defined${end} [no-undef]`,
  `eslint src/lint.js:4:3: 'console' is not defined${end} [no-undef]`,
  `eslint src/lint.js:4:3: Unexpected console statement${end} [no-console]`,
  'eslint src/lint2.js:1:11: Parsing error: Unexpected token ;',
];
const tscErrors = [
  "tsc src/other.ts:2:14: Type 'number' is not assignable to type 'string'. [TS2322]",
  "tsc src/other.ts:3:52: Type 'string' is not assignable to type 'number'. [TS2322]",
  "tsc src/users.ts:1:22: Cannot find module './missing' or its corresponding type declarations. [TS2307]",
  "tsc src/users.ts:9:33: Property 'user_id' does not exist on type 'User'. [TS2339]",
  "tsc src/users.ts:12:14: Property 'userIdentifier' is missing in type '{ country: string; }' but required in type 'User'. [TS2741]",
];
const pytestErrors = (run: number) => [
  "pytest tests/test_jobs.py:18: test_fixture: fixture 'users_v2' not found",
  "pytest tests/test_jobs.py:6: test_country: AssertionError: assert 'SE' == 'NO'",
  "pytest jobs.py:2: tests/test_jobs.py::test_missing_key: KeyError: 'address'",
  `pytest jobs.py:6: tests/test_jobs.py::test_load[a]: FileNotFoundError: [Errno 2] No such file or directory: '/tmp/pytest-of-root/pytest-${run}/test_load_a_0/a'`,
  `pytest jobs.py:6: tests/test_jobs.py::test_load[b]: FileNotFoundError: [Errno 2] No such file or directory: '/tmp/pytest-of-root/pytest-${run}/test_load_b_0/b'`,
  'pytest tests/test_jobs.py:24: TestRows::test_rows: AssertionError: rows differ',
];

const recorded: Record<string, string[]> = {
  'black.txt': [
    'black bad.py: is not formatted',
    'black test_unit.py: is not formatted',
  ],
  'cargo-build.txt': [
    'rust src/lib.rs:23:13: cannot find value `user_id` in this scope [E0425]',
    'rust src/lib.rs:23:5: cannot find function `missing` in this scope [E0425]',
    'rust src/lib.rs:24:5: mismatched types [E0308]',
  ],
  'cargo-test.txt': [
    'rust src/lib.rs:11:9: tests::named: assertion `left == right` failed',
    'rust src/lib.rs:16:11: tests::unwraps: called `Option::unwrap()` on a `None` value',
  ],
  'eslint.txt': eslintErrors(''),
  'eslint-unix.txt': eslintErrors('.'),
  'flake8.txt': [
    'python-lint test_unit.py:3:1: expected 2 blank lines, found 0 [E302]',
    'python-lint test_unit.py:6:5: expected 1 blank line, found 0 [E301]',
    'python-lint test_unit.py:8:1: expected 2 blank lines after class or function definition, found 0 [E305]',
    "python-lint bad.py:1:6: whitespace after '{' [E201]",
    "python-lint bad.py:1:11: missing whitespace after ':' [E231]",
    "python-lint bad.py:1:13: whitespace before '}' [E202]",
  ],
  'go-build.txt': [
    'go bad/bad.go:4:2: imported and not used: "fmt"',
    'go bad/bad.go:8:9: cannot use "x" (untyped string constant) as int value in return statement',
    'go bad/bad.go:12:2: a declared but not used',
    'go bad/bad.go:13:2: undefined: undefinedCall',
    'go bad/bad.go:13:16: undefined: UserID',
  ],
  'go-test.txt': [
    'go users_test.go:7: TestName: Name(1) = "user", want "Ada"',
    'go users_test.go:15: TestTable/id#01: id 7 is somebody',
    'go users/users_test.go:23: TestPanics: panic: assignment to entry in nil map',
  ],
  'go-vet.txt': [
    'go bad/bad.go:8:9: cannot use "x" (untyped string constant) as int value in return statement',
  ],
  'gradle.txt': javaErrors('javac', 'String'),
  'gradle-test.txt': [
    'gradle UsersTest.java:5: com.acme.UsersTest.country: org.junit.ComparisonFailure at UsersTest.java:5',
    'gradle UsersTest.java:6: com.acme.UsersTest.missing: java.lang.NullPointerException at UsersTest.java:6',
  ],
  'javac.txt': javaErrors('javac', 'String').map(each =>
    each.replace('src/main/java/', 'src/'),
  ),
  'jest.txt': jestErrors,
  'maven-compile.txt': javaErrors('maven', 'java.lang.String'),
  'maven-test.txt': [
    'maven UsersTest.java:5: com.acme.UsersTest.country: org.junit.ComparisonFailure: expected:<[NO]> but was:<[SE]>',
    'maven UsersTest.java:6: com.acme.UsersTest.missing: java.lang.NullPointerException: Cannot invoke "String.toUpperCase()" because "code" is null',
  ],
  'npm-jest.txt': jestErrors,
  'npm-lint.txt': [
    "eslint src/a.test.js:1:19: 'require' is not defined [no-undef]",
    "eslint src/a.test.js:2:1: 'describe' is not defined [no-undef]",
    "eslint 4x src/a.test.js:3:3: 'it' is not defined [no-undef]",
    "eslint 2x src/a.test.js:4:5: 'expect' is not defined [no-undef]",
    "eslint src/b.test.js:1:1: 'require' is not defined [no-undef]",
    "eslint src/b.test.js:2:1: 'test' is not defined [no-undef]",
    ...eslintErrors(''),
    "eslint src/total.js:1:1: 'exports' is not defined [no-undef]",
  ],
  'npm-missing-script.txt': ['npm Missing script: "gone"'],
  'prettier.txt': [
    'prettier src/lint.js: is not formatted',
    'prettier src/lint2.js:1:11: SyntaxError: Unexpected token',
    'prettier src/other.ts: is not formatted',
    'prettier src/users.ts: is not formatted',
  ],
  'pytest.txt': pytestErrors(0),
  'pytest-short.txt': pytestErrors(1),
  'pytest-collect.txt': [
    "pytest tests/test_broken.py:1: ImportError: cannot import name 'gone' from 'jobs' (jobs.py)",
    'pytest tests/test_syntax.py:1: SyntaxError: invalid syntax',
  ],
  'scalac.txt': [
    'scalac Users.scala:3: object spotify is not a member of package com',
    'scalac Users.scala:7: value user_id is not a member of com.acme.Users.User',
    'scalac Users.scala:8: type mismatch; found : String("SE") required: Int',
    'scalac Users.scala:9: not found: value missing',
  ],
  'sqlfluff.txt': [
    'sqlfluff a.sql:1:1: Select targets should be on a new line unless there is only one select target. [L036]',
    "sqlfluff a.sql:1:10: Expected single whitespace between comma ',' and naked identifier. [L008]",
    'sqlfluff 2x a.sql:1:12: Keywords must be consistently upper case. [L010]',
    "sqlfluff a.sql:1:31: Expected only single space before naked identifier. Found '  '. [L039]",
    "sqlfluff a.sql:1:38: Unexpected whitespace before statement terminator ';'. [L039]",
    'sqlfluff a.sql:1:38: Statements must end with a semi-colon. [L052]',
    "sqlfluff a.sql:2:7: Expected only single space before numeric literal. Found '   '. [L039]",
    "sqlfluff b.sql:1:19: Couldn't find closing bracket for opened brackets: `[BracketInfo(bracket=<SymbolSegment: ([L:  1, P: 19]) '('>, segments=(<SymbolSegment: ([L:  1, P: 19]) '('>,))]`. [PRS]",
  ],
  'traceback.txt': [
    "python jobs.py:6: FileNotFoundError: [Errno 2] No such file or directory: '/nope'",
  ],
  'tsc-pretty.txt': tscErrors,
  'tsc-types.txt': tscErrors,
  'unittest.txt': [
    "unittest jobs.py:2: __main__.CountryTest.test_key: KeyError: 'address'",
    "unittest test_unit.py:5: __main__.CountryTest.test_upper: AssertionError: 'SE' != 'NO'",
  ],
  'vitest.txt': [
    'vitest src/b.test.js: Error: Failed to load url ./gone (resolved id: ./gone) in src/b.test.js. Does the file exist?',
    'vitest src/total.test.js:3:36: total > adds: AssertionError: expected 3 to be 4 // Object.is equality',
    "vitest src/total.test.js:4:53: total > has a column: AssertionError: expected { user_id: 1 } to deeply equal { user_identifier: '1' }",
  ],
};

/** Short excerpts of what people posted, for tools that cannot be had everywhere. */
const posted: Array<[where: string, output: string, errors: string[]]> = [
  [
    'scalatest/scalatest#1443',
    `[info] FooSpec:
[info] A Stack
[info] - should pop values in last-in-first-out order
[info] - should throw NoSuchElementException if an empty stack is popped *** FAILED ***
[info]   Expected exception java.util.NoSuchElementException to be thrown, but java.lang.RuntimeException was thrown (FooSpec.scala:18)
`,
    [
      'sbt FooSpec.scala:18: FooSpec: should throw NoSuchElementException if an empty stack is popped: Expected exception java.util.NoSuchElementException to be thrown, but java.lang.RuntimeException was thrown',
    ],
  ],
  [
    'sbt/util#166',
    `[17:48:27] [sbt-util] [info] LogExchange.stringTypeTagThrowable
[17:48:27] [info] LogExchangeSpec:
[17:48:27] [info] - should match real StringTypeTag[Throwable] *** FAILED ***
[17:48:27] [info]   scala.Throwable did not equal Throwable (LogExchangeSpec.scala:15)
`,
    [
      'sbt LogExchangeSpec.scala:15: LogExchangeSpec: should match real StringTypeTag[Throwable]: scala.Throwable did not equal Throwable',
    ],
  ],
  [
    'input-output-hk/Scorex#20',
    `[error] ../Scorex-Lagonaki/src/test/scala/scorex/ScorexTestSuite.scala:15: not found: type CryptoTestSuite
[error]   ,new CryptoTestSuite
[error]        ^
[error] one error found
[error] (scorex/test:compileIncremental) Compilation failed
[error] Total time: 9 s, completed Sep 23, 2015 4:21:24 AM
`,
    [
      'scalac ../Scorex-Lagonaki/src/test/scala/scorex/ScorexTestSuite.scala:15: not found: type CryptoTestSuite',
    ],
  ],
  [
    'yahoo/CMAK#540',
    `[error] Error: Total 0, Failed 0, Errors 0, Passed 0
[error] Error during tests:
[error] (test:test) sbt.TestsFailedException: Tests unsuccessful
[error] Total time: 198 s, completed Jul 26, 2018 9:53:38 AM
`,
    ['sbt (test:test) sbt.TestsFailedException: Tests unsuccessful'],
  ],
  [
    'the Scala 3 migration guide, type-infer-5',
    `[error] -- [E007] Type Mismatch Error: /checkout/src/main/scala-2.13/type-infer.scala:6:4 
[error] 6 |    result
[error]   |    ^^^^^^
[error]   |    Found:    (result : Array[Nothing])
[error]   |    Required: Array[A]
`,
    [
      'scalac src/main/scala-2.13/type-infer.scala:6:4: Found:    (result : Array[Nothing]) Required: Array[A] [E007]',
    ],
  ],
  [
    'Gradle with Kotlin, from a session log',
    `> Task :compileKotlin FAILED
e: file:///checkout/engine/src/main/kotlin/exploration/TextUiAdapter.kt:44:75 None of the following candidates is applicable:

FAILURE: Build failed with an exception.

* What went wrong:
Execution failed for task ':compileKotlin'.

BUILD FAILED in 4s
`,
    [
      'kotlinc engine/src/main/kotlin/exploration/TextUiAdapter.kt:44:75: None of the following candidates is applicable:',
    ],
  ],
  [
    'a dbt course: a model that is not there',
    `12:01:07  Encountered an error:
Compilation Error in model buggy_model (models/exercises/buggy_model.sql)
  Model 'model.kurs_dataplattform.buggy_model' (models/exercises/buggy_model.sql) depends on a node named 'raw_order' which was not found
`,
    [
      "dbt models/exercises/buggy_model.sql: model buggy_model: Model 'model.kurs_dataplattform.buggy_model' (models/exercises/buggy_model.sql) depends on a node named 'raw_order' which was not found [Compilation Error]",
    ],
  ],
  [
    'a dbt course on BigQuery, told twice by dbt',
    `13:26:26 Database Error in model stg_green_tripdata (models/staging/stg_green_tripdata.sql)
  Not found: Dataset de-zoomcamp-jhigaki-course:dbt_jhigaki was not found in location europe-southwest1
  compiled code at target/run/nyc_taxi/models/staging/stg_green_tripdata.sql
13:26:26 2 of 7 ERROR creating sql view model dbt_jhigaki.stg_green_tripdata ............ [ERROR in 0.38s]
13:26:31   Database Error in model stg_green_tripdata (models/staging/stg_green_tripdata.sql)
  Not found: Dataset de-zoomcamp-jhigaki-course:dbt_jhigaki was not found in location europe-southwest1
`,
    [
      'dbt 2x models/staging/stg_green_tripdata.sql: model stg_green_tripdata: Not found: Dataset de-zoomcamp-jhigaki-course:dbt_jhigaki was not found in location europe-southwest1 [Database Error]',
    ],
  ],
  [
    'a dbt test on Snowflake',
    `19:30:46  Completed with 1 error and 0 warnings:
19:30:46
19:30:46  Failure in test not_null_my_first_dbt_model_id (models/example/schema.yml)
19:30:46    Got 1 result, configured to fail if != 0
19:30:46
19:30:46    compiled Code at target/compiled/dockerized_dbt/models/example/schema.yml/not_null_my_first_dbt_model_id.sql
19:30:46
19:30:46  Done. PASS=3 WARN=0 ERROR=1 SKIP=0 TOTAL=4
`,
    [
      'dbt models/example/schema.yml: not_null_my_first_dbt_model_id: Got 1 result, configured to fail if != 0',
    ],
  ],
];

const generic: Array<[string, string, string[]]> = [
  [
    'a script that complains',
    'reading\nmodels/a.sql:7: error: column user_id is gone\nmake: *** [Makefile:2: test] Error 1\n',
    ['compiler models/a.sql:7: column user_id is gone'],
  ],
  [
    'a script that complains in words',
    'step 1\nseed countries.csv is missing\nmake: *** [Makefile:2: test] Error 2\n',
    ['output seed countries.csv is missing', 'make [Makefile:2: test] Error 2'],
  ],
  ['a script that only ends', 'one\ntwo\n', ['output two']],
  ['silence', '', []],
];

describe('extractErrors', () => {
  it.each(Object.entries(recorded))('reads %s', (log, expected) => {
    expect(linesOf(read(log))).toEqual(expected);
  });

  it.each(posted)('reads what was posted in %s', (_, output, expected) => {
    expect(linesOf(output)).toEqual(expected);
  });

  it.each(generic)('reads %s', (_, output, expected) => {
    expect(linesOf(output)).toEqual(expected);
  });

  it('has an expectation for each recorded log', () => {
    const logs = readdirSync(LOGS).filter(name => name.endsWith('.txt'));
    expect(Object.keys(recorded).sort()).toEqual(logs.sort());
  });

  it('says of an assertion what was expected', () => {
    const [, error] = toExtractedErrors(extractErrors(read('jest.txt')), 2);
    expect(error.detail).toBe('Expected: 4\nReceived: 3');
  });

  it.each(Object.keys(recorded))(
    'reads %s the same through colours, build server times and Windows line ends',
    log => {
      const plain = read(log);
      const dressed = plain
        .split('\n')
        .map(line => `2026-11-21T09:40:17.123456Z \u001b[31m${line}\u001b[0m\r`)
        .join('\n');
      expect(linesOf(dressed)).toEqual(linesOf(plain));
    },
  );

  it.each(Object.keys(recorded))(
    'finds the same failures in %s when lines have moved and times are others',
    log => {
      const plain = read(log);
      const later = plain
        .replace(
          /(\.(?:java|js|ts|py|go|rs|scala):\[?)(\d+)/g,
          (_, file, line) => `${file}${Number(line) + 7}`,
        )
        .replace(/\d+\.\d+ ?s\b/g, '77.7 s');
      const prints = (text: string) =>
        extractErrors(text, options).map(({ fingerprint }) => fingerprint);
      expect(prints(later)).toEqual(prints(plain));
    },
  );

  it('gives in any output, however hostile, bounded errors that are each there once, causes first', () => {
    const logs = Object.keys(recorded).map(read);
    const lines = logs.flatMap(log => log.split('\n'));
    const line = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...lines) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.constantFrom('(', '[ERROR] ', '/a', ' ', '=', 'E   ', '\u001b['),
            fc.integer({ min: 1, max: 4_000 }),
          )
          .map(([text, times]) => text.repeat(times)),
      },
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 200 }), picked => {
        const output = picked.join('\n');
        const failures = extractErrors(output, options);
        expect(extractErrors(output, options)).toEqual(failures);
        const prints = failures.map(({ fingerprint }) => fingerprint);
        expect(new Set(prints).size).toBe(prints.length);
        const order = { cause: 0, test: 1, consequence: 2 };
        const ranks = failures.map(({ error }) => order[error.rank]);
        expect(ranks).toEqual([...ranks].sort());
        for (const { error } of failures) {
          expect(error.message.includes('\n')).toBe(false);
          expect(error.message.length).toBeLessThanOrEqual(1_001);
          expect((error.detail ?? '').length).toBeLessThanOrEqual(8_000);
        }
      }),
    );
  });
});

describe('renderErrors', () => {
  const errors = toExtractedErrors(
    Object.keys(recorded).flatMap(log => extractErrors(read(log), options)),
    1_000,
  );

  it('keeps to its budget, takes the first first and says how many it left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 5_000 }), tokens => {
        const text = renderErrors(errors, tokens);
        expect(text.length).toBeLessThanOrEqual(tokens * 4);
        expect(
          renderErrors(errors, 100_000).startsWith(text.slice(0, 20)),
        ).toBe(true);
      }),
    );
    expect(renderErrors(errors, 300)).toMatch(/\(and \d+ more\)$/);
  });
});

describe('cleanLines', () => {
  it.each([
    [
      'a bar that was painted over',
      'loading 10%\rloading 100%\rdone\n',
      'done',
    ],
    ['colours', '\u001b[1m\u001b[31merror\u001b[0m x', 'error x'],
    ['a link', '\u001b]8;;http://x\u0007a.sql\u001b]8;;\u0007', 'a.sql'],
    ['a time of GitHub', '2026-11-21T09:40:17.1234567Z error', 'error'],
    ['a time of a logger', '2026-11-21 09:40:17,123 error', 'error'],
    ['a time in brackets', '[09:40:17] error', 'error'],
    [
      'the checkout',
      'in /checkout/models/a.sql and /checkout',
      'in models/a.sql and .',
    ],
    [
      'the checkout as an address',
      'e: file:///checkout/A.kt:1:2 x',
      'e: A.kt:1:2 x',
    ],
  ])('takes away %s', (_, output, line) => {
    expect(cleanLines(output, ['/checkout'])[0]).toBe(line);
  });

  it('drops progress bars and keeps what separates', () => {
    expect(
      cleanLines(
        '[====>     ] 40%\n 50%|█████     | 5/10\n=====\n-----\nProgress (1): 12 kB',
      ),
    ).toEqual(['=====', '-----']);
  });
});
