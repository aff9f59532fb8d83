/**
 * Some of octokit's packages export for `import` alone. Jest turns every module
 * into CommonJS and asks as `require` does, so ask again as `import` does.
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
