import { templates } from './templates';

/** Version that new campaigns get. @public */
export const latestTemplates = 'v1';

/**
 * Fills in a template. Values are put in as they are, once: a placeholder in a
 * value stays text.
 *
 * @throws Error where there is no such template, or a placeholder without a value
 */
export function renderTemplate(
  version: string,
  name: string,
  values: Record<string, string> = {},
): string {
  const lines = templates[version]?.[name];
  if (!lines) {
    throw new Error(
      `There is no template ${name} of version ${version}; there are ${Object.keys(
        templates,
      ).join(', ')}`,
    );
  }
  return lines.join('\n').replace(/\{\{ (\w+) \}\}/g, (placeholder, key) => {
    if (key in values) return values[key];
    // What frameworks write in two braces is text.
    if (Object.keys(values).length === 0) return placeholder;
    throw new Error(`Template ${name} has no value for ${key}`);
  });
}

/** Notes on a framework; undefined where there are none. */
export function frameworkNotes(
  version: string,
  framework: string,
): string | undefined {
  const name = `framework-${framework}`;
  return Object.hasOwn(templates[version] ?? {}, name)
    ? renderTemplate(version, name)
    : undefined;
}
