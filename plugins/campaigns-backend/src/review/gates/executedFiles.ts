/** Files that a program executes without being asked about each, or that say what it executes. */
export interface ExecutedFiles {
  /** Finishes "this file is executed by …". */
  by: string;
  /** Documentation that says so. */
  source: string;
  /** Of a whole path with `/`, without regard to case, since some file systems have none. */
  pattern: RegExp;
}

/** Names, each below any folder. */
const named = (...names: string[]) =>
  new RegExp(`(?:^|/)(?:${names.join('|')})$`, 'i');
/** Folders with all that is in them, each below any folder. */
const below = (...folders: string[]) =>
  new RegExp(`(?:^|/)(?:${folders.join('|')})/`, 'i');

/**
 * Kept by what runs them. To add one: the documentation of the program that
 * runs it, and a case in `protectedFiles.test.ts`.
 */
export const executedFiles: ExecutedFiles[] = [
  {
    by: 'GitHub Actions and other programs that GitHub runs',
    source: 'docs.github.com/actions, Workflow syntax; Metadata syntax',
    pattern: below('\\.github'),
  },
  {
    by: 'workflows that use this action',
    source: 'docs.github.com/actions, Metadata syntax for GitHub Actions',
    pattern: named('action\\.ya?ml'),
  },
  {
    by: 'CI of another forge or vendor',
    source:
      'docs.gitlab.com/ci/yaml, circleci.com/docs, buildkite.com/docs, docs.semaphoreci.com, tekton.dev, learn.microsoft.com/azure/devops/pipelines, woodpecker-ci.org/docs, docs.drone.io, forgejo.org/docs/actions',
    pattern: below(
      ...['\\.gitlab', '\\.circleci', '\\.buildkite', '\\.semaphore'],
      ...[
        '\\.tekton',
        '\\.azure-pipelines',
        'azure-pipelines',
        '\\.azuredevops',
      ],
      ...['\\.woodpecker', '\\.gitea', '\\.forgejo', '\\.drone', '\\.harness'],
      ...['\\.teamcity', '\\.dagger', '\\.cloudbuild', '\\.jenkins', '\\.ci'],
    ),
  },
  {
    by: 'CI of another forge or vendor',
    source:
      'docs.gitlab.com/ci/yaml, docs.travis-ci.com, docs.drone.io, cirrus-ci.org, learn.microsoft.com/azure/devops/pipelines, support.atlassian.com/bitbucket-cloud, cloud.google.com/build/docs, appveyor.com/docs, docs.aws.amazon.com/codebuild, docs.aws.amazon.com/codedeploy, jenkins.io/doc/book/pipeline, woodpecker-ci.org/docs, earthly.dev/docs',
    pattern: named(
      ...['\\.gitlab-ci[^/]*', '[^/]*\\.gitlab-ci\\.ya?ml'],
      ...['\\.?travis\\.ya?ml', '\\.drone\\.(?:ya?ml|jsonnet|star)'],
      ...['\\.cirrus\\.(?:ya?ml|star)', '\\.?azure-pipelines[^/]*\\.ya?ml'],
      ...['bitbucket-pipelines\\.ya?ml', 'cloudbuild[^/]*\\.(?:ya?ml|json)'],
      ...['\\.?appveyor\\.ya?ml', 'buildspec[^/]*\\.ya?ml', 'appspec\\.ya?ml'],
      ...[
        '\\.woodpecker[^/]*\\.ya?ml',
        'Jenkinsfile[^/]*',
        '[^/]*\\.Jenkinsfile',
      ],
      ...[
        '\\.?codecov\\.ya?ml',
        'sonar-project\\.properties',
        'wercker\\.ya?ml',
      ],
      ...['codemagic\\.ya?ml', 'bitrise\\.ya?ml', 'screwdriver\\.ya?ml'],
      ...['Earthfile', 'netlify\\.toml', 'vercel\\.json', 'Procfile'],
      ...['fly\\.toml', 'render\\.ya?ml', 'heroku\\.ya?ml'],
    ),
  },
  {
    by: 'bots that change and merge code',
    source:
      'docs.renovatebot.com/configuration-options, docs.mergify.com, docs.github.com/code-security/dependabot',
    pattern: named(
      ...['\\.?renovate\\.json5?', '\\.renovaterc[^/]*', '\\.mergify\\.ya?ml'],
      ...[
        'dependabot\\.ya?ml',
        '\\.kodiak\\.toml',
        '\\.bors\\.toml|bors\\.toml',
      ],
    ),
  },
  {
    by: 'git on the machines of developers',
    source:
      'git-scm.com/docs/githooks, gitattributes, pre-commit.com, typicode.github.io/husky, lefthook.dev',
    pattern: new RegExp(
      [
        below('\\.husky', '\\.githooks', 'githooks', '\\.git-hooks').source,
        named(
          ...['\\.pre-commit-config\\.ya?ml', '\\.pre-commit-hooks\\.ya?ml'],
          ...[
            '\\.?lefthook(?:-local)?\\.(?:ya?ml|toml|json)',
            '\\.overcommit\\.yml',
          ],
          ...['\\.huskyrc[^/]*', '\\.?lint-?staged[^/]*', '\\.gitconfig'],
          ...['\\.simple-git-hooks[^/]*'],
        ).source,
      ].join('|'),
      'i',
    ),
  },
  {
    by: 'editors and shells of developers',
    source:
      'code.visualstudio.com/docs/editor/workspace-trust, containers.dev, direnv.net, mise.jdx.dev, jetbrains.com/help, docs.vagrantup.com, gitpod.io/docs, zed.dev/docs',
    pattern: new RegExp(
      [
        below(
          ...['\\.vscode', '\\.idea', '\\.run', '\\.devcontainer', '\\.fleet'],
          ...[
            '\\.zed',
            '\\.cursor',
            '\\.claude',
            '\\.codex',
            '\\.gemini',
            '\\.vim',
          ],
        ).source,
        named(
          ...['\\.envrc', '\\.devcontainer\\.json', '\\.gitpod\\.ya?ml'],
          ...['\\.?mise[^/]*\\.toml', '\\.tool-versions', '\\.rtx\\.toml'],
          ...['[^/]*\\.code-workspace', '\\.nvimrc', '\\.vimrc', '\\.exrc'],
          ...[
            '\\.dir-locals\\.el',
            '\\.lldbinit',
            '\\.gdbinit',
            'devbox\\.json',
          ],
          ...['\\.mcp\\.json', 'CLAUDE\\.md', 'AGENTS\\.md', '\\.cursorrules'],
          ...[
            '\\.bashrc',
            '\\.bash_profile',
            '\\.profile',
            '\\.zshrc',
            '\\.env',
          ],
          ...['flake\\.nix', 'shell\\.nix', 'default\\.nix', '\\.devenv\\.nix'],
        ).source,
      ].join('|'),
      'i',
    ),
  },
  {
    by: 'whoever runs scripts',
    source: 'the shells of each system',
    pattern: /\.(?:sh|bash|zsh|fish|ksh|csh|command|bat|cmd|ps1|psm1|vbs)$/i,
  },
  {
    by: 'build tools',
    source:
      'gnu.org/software/make, just.systems, taskfile.dev, cmake.org, bazel.build, pantsbuild.org, please.build, ninja-build.org, mesonbuild.com, scons.org, tilt.dev, skaffold.dev, nx.dev',
    pattern: new RegExp(
      [
        below('buildSrc', 'build-logic', '\\.bazelci').source,
        named(
          ...[
            '(?:GNU)?Makefile[^/]*',
            '[^/]*\\.mk',
            '\\.?justfile',
            'magefile\\.go',
          ],
          ...['Taskfile[^/]*\\.ya?ml', 'CMakeLists\\.txt', '[^/]*\\.cmake'],
          ...['BUILD(?:\\.bazel)?', 'WORKSPACE(?:\\.bazel)?', 'MODULE\\.bazel'],
          ...[
            '[^/]*\\.bzl',
            '\\.bazelrc',
            '\\.bazelversion',
            'BUCK',
            'pants[^/]*\\.toml',
          ],
          ...[
            '[^/]*\\.ninja',
            'meson\\.build',
            'SCons(?:truct|cript)',
            'wscript',
          ],
          ...['Rakefile', 'Gemfile(?:\\.lock)?', '[^/]*\\.gemspec', 'Brewfile'],
          ...[
            'Tiltfile',
            'skaffold\\.ya?ml',
            'Vagrantfile',
            'Fastfile',
            'Dangerfile[^/]*',
          ],
          ...[
            'dangerfile\\.[jt]s',
            '(?:gulp|grunt)file[^/]*',
            'nx\\.json',
            'turbo\\.json',
          ],
        ).source,
      ].join('|'),
      'i',
    ),
  },
  {
    by: 'container builds',
    source: 'docs.docker.com/reference/dockerfile, compose-spec.io, podman.io',
    pattern: named(
      ...['(?:[^/]*\\.)?(?:Dockerfile|Containerfile)(?:\\.[^/]*)?'],
      ...[
        '(?:docker-)?compose(?:\\.[^/]*)?\\.ya?ml',
        'docker-bake[^/]*',
        '\\.dockerignore',
      ],
    ),
  },
  {
    by: 'sbt, Mill, Maven or Gradle',
    source:
      'scala-sbt.org/1.x/docs, mill-build.org, maven.apache.org/guides, docs.gradle.org',
    pattern: new RegExp(
      [
        /(?:^|\/)project\/[^/]*\.(?:sbt|scala|properties)$/.source,
        below('\\.mvn', 'gradle').source,
        named(
          ...[
            '[^/]*\\.sbt',
            '\\.sbtopts',
            '\\.jvmopts',
            '\\.sbtrc',
            'build\\.(?:sc|mill)',
          ],
          ...['pom\\.xml', 'mvnw', 'gradlew', '[^/]*\\.gradle(?:\\.kts)?'],
          ...['gradle\\.properties', '\\.scala-build'],
          ...['build\\.xml', 'ivy\\.xml', '\\.scalafix\\.conf'],
        ).source,
      ].join('|'),
      'i',
    ),
  },
  {
    by: 'Python: pip, pytest, tox, nox and the interpreter',
    source:
      'packaging.python.org, docs.pytest.org (conftest.py), tox.wiki, nox.thea.codes, docs.python.org/3/library/site.html',
    pattern: named(
      ...[
        'setup\\.(?:py|cfg)',
        'pyproject\\.toml',
        'conftest\\.py',
        'noxfile\\.py',
      ],
      ...[
        'tox\\.(?:ini|toml)',
        'pytest\\.(?:ini|toml)',
        'pip\\.conf',
        '\\.pypirc',
      ],
      ...['(?:site|user)customize\\.py', '[^/]*\\.pth', 'fabfile\\.py'],
      ...['dodo\\.py', 'hatch_build\\.py', 'requirements[^/]*\\.(?:txt|in)'],
      ...[
        'constraints[^/]*\\.txt',
        'Pipfile(?:\\.lock)?',
        '(?:poetry|uv|pdm)\\.lock',
      ],
      ...['environment\\.ya?ml', '\\.python-version', '\\.coveragerc'],
    ),
  },
  {
    by: 'npm, Yarn, pnpm, and tools that read their settings as code',
    source:
      'docs.npmjs.com/cli/configuring-npm, yarnpkg.com/configuration/yarnrc, pnpm.io, jestjs.io/docs/configuration, eslint.org',
    pattern: new RegExp(
      [
        below('\\.yarn').source,
        named(
          ...[
            '\\.npmrc',
            '\\.yarnrc(?:\\.ya?ml)?',
            '\\.pnpmfile\\.c?js',
            'pnpm-workspace\\.ya?ml',
          ],
          ...[
            '(?:package-lock|npm-shrinkwrap)\\.json',
            'yarn\\.lock',
            'pnpm-lock\\.yaml',
          ],
          ...[
            'bunfig\\.toml',
            'bun\\.lockb?',
            'deno\\.jsonc?',
            '\\.nvmrc',
            '\\.node-version',
          ],
          ...[
            '[^/]*\\.config\\.[cm]?[jt]s',
            '\\.[^/]*rc\\.[cm]?[jt]s',
            '[^/]*\\.patch',
            '\\.babelrc',
            '\\.swcrc',
          ],
        ).source,
      ].join('|'),
      'i',
    ),
  },
  {
    by: 'Cargo, Go, Composer, Terraform or dbt when they fetch code of others',
    source:
      'doc.rust-lang.org/cargo, go.dev/ref/mod, getcomposer.org, developer.hashicorp.com/terraform, docs.getdbt.com/docs/build/packages',
    pattern: new RegExp(
      [
        below('\\.cargo', '\\.terraform').source,
        named(
          ...[
            'Cargo\\.(?:toml|lock)',
            'build\\.rs',
            'rust-toolchain(?:\\.toml)?',
          ],
          ...[
            'go\\.(?:mod|sum|work)',
            'composer\\.(?:json|lock)',
            '\\.terraformrc',
          ],
          ...['(?:packages|dependencies)\\.ya?ml', 'package-lock\\.ya?ml'],
        ).source,
      ].join('|'),
      'i',
    ),
  },
];

/** @returns what executes a file of this path; undefined where nothing is known to */
export function executedBy(path: string): string | undefined {
  return executedFiles.find(({ pattern }) => pattern.test(path))?.by;
}
