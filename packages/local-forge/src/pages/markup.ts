import { marked } from 'marked';
import sanitize from 'sanitize-html';

/** Markup that is safe to send: made by `markup` or by the sanitizer. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Content = Markup | string | number | undefined | Content[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(content: Content): string {
  if (content === undefined) {
    return '';
  }
  if (Array.isArray(content)) {
    return content.map(render).join('');
  }
  return content instanceof Markup
    ? content.text
    : String(content).replace(/[&<>"']/g, character => entities[character]);
}

/** A template whose every value is escaped unless it is markup already. */
export function markup(
  strings: TemplateStringsArray,
  ...values: Content[]
): Markup {
  return new Markup(
    strings.reduce(
      (text, string, position) =>
        `${text}${render(values[position - 1])}${string}`,
    ),
  );
}

/** Markdown of unknown authors as markup without scripts, styles or forms. */
export function markdown(text: string): Markup {
  const unsafe = marked.parse(text.slice(0, 65536), {
    async: false,
    gfm: true,
  });
  return new Markup(
    sanitize(unsafe, {
      allowedTags: [
        ...sanitize.defaults.allowedTags,
        'del',
        'details',
        'summary',
        'input',
      ],
      allowedAttributes: {
        a: ['href', 'title', 'rel'],
        input: ['type', 'checked', 'disabled'],
        code: ['class'],
        th: ['align'],
        td: ['align'],
      },
      allowedSchemes: ['http', 'https', 'mailto'],
      transformTags: {
        a: sanitize.simpleTransform('a', { rel: 'nofollow noopener' }),
        input: (_, attributes) => ({
          tagName: 'input',
          attribs: {
            type: 'checkbox',
            disabled: '',
            ...('checked' in attributes && { checked: '' }),
          },
        }),
      },
    }),
  );
}
