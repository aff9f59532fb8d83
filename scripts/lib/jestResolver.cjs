/**
 * Some of octokit's packages export for `import` alone. Jest turns every module
 * into CommonJS and asks as `require` does, so ask again as `import` does.
 *
 * It is that of all packages: Backstage gives packages that are transformed
 * alike one id, and of those with one id Jest keeps one resolver.
 */
module.exports = (request, options) => {
  try {
    return options.defaultResolver(request, options);
  } catch {
    return options.defaultResolver(request, {
      ...options,
      conditions: [...(options.conditions ?? []), 'import'],
    });
  }
};
