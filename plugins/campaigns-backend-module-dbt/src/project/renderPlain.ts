/** What is known of the variables in a project's YAML. */
export interface PlainContext {
  vars: Map<string, string>;
  /** The database of the target, if it is known. */
  database?: string;
  /** The schema of the target, if it is known. */
  schema?: string;
}

/**
 * A YAML value with its Jinja expressions put in, where each is a variable with
 * a plain value or default, an environment variable with a plain default, or
 * the target's database or schema.
 *
 * @returns undefined where one of them is not
 */
export function renderPlain(
  value: unknown,
  context: PlainContext,
): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.length > 2000) return undefined;
  let known = true;
  const rendered = value.replace(/\{\{([^{}]*)\}\}/g, (_match, expression) => {
    const text = evaluate(expression.replace(/^-|-$/g, '').trim(), context);
    if (text === undefined) known = false;
    return text ?? '';
  });
  if (!known || /\{[{%#]/.test(rendered)) return undefined;
  return rendered.trim() === '' ? undefined : rendered.trim();
}

function evaluate(
  expression: string,
  context: PlainContext,
): string | undefined {
  const call =
    /^(var|env_var)\(\s*(?:'([^']*)'|"([^"]*)")\s*(?:,\s*(?:'([^']*)'|"([^"]*)"|(target\.\w+))\s*)?\)(?:\s*\|\s*(?:string|lower|trim|as_text))?$/.exec(
      expression,
    );
  if (call) {
    const [, kind, single, double, plain, quoted, target] = call;
    const known =
      kind === 'var' ? context.vars.get(single ?? double) : undefined;
    return known ?? plain ?? quoted ?? (target && evaluate(target, context));
  }
  const string = /^(?:'([^']*)'|"([^"]*)")$/.exec(expression);
  if (string) return string[1] ?? string[2];
  if (/^target\.(database|project)$/.test(expression)) return context.database;
  if (/^target\.(schema|dataset)$/.test(expression)) return context.schema;
  return undefined;
}
