/** Text as Markdown that shows just that text, on one line: nothing in it becomes a link, an icon or HTML. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*_{}[\]()#+\-!|<>~$&.:@]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
