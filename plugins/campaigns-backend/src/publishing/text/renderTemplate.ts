/** Values of a pull request template, by name: `target.path`, `dataset.from`, … */
export type TemplateValues = Record<string, string>;

/** Replaces `{{ name }}`; a name that is not known stays as written. */
export function renderTemplate(
  template: string,
  values: TemplateValues,
): string {
  return template.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name) =>
    Object.prototype.hasOwnProperty.call(values, name) ? values[name] : whole,
  );
}
