/** Calls whose strings are no columns of what a query reads, nor names of what a macro reads. */
export const NOT_COLUMNS =
  /^(ref|source|builtins\.\w+|var|env_var|config|this|log|exceptions\.\w+|return|print|doc|is_incremental|run_query|statement|load_result|modules\..*|adapter\.get_relation|api\..*|config\.\w+|target\..*)$/;
