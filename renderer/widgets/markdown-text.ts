// Markdown as text of elements. Notes come from others: none of their HTML, no images, and links lead nowhere; their address is shown.

import MarkdownIt from "markdown-it";

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
const { escapeHtml } = markdown.utils;

markdown.renderer.rules.link_open = () => "";
markdown.renderer.rules.link_close = (tokens, at) =>
  addressOf(String(linkOpenedBefore(tokens, at)?.attrGet("href") ?? ""));
markdown.renderer.rules.image = (tokens, at) => {
  const token = tokens[at];
  return `${escapeHtml(token?.content ?? "")}${addressOf(String(token?.attrGet("src") ?? ""))}`;
};

export function renderMarkdown(text: string): string {
  return markdown.render(text);
}

function addressOf(address: string): string {
  return ` <code>${escapeHtml(address)}</code>`;
}

type Tokens = Parameters<NonNullable<typeof markdown.renderer.rules.text>>[0];

/** Links do not nest. */
function linkOpenedBefore(tokens: Tokens, at: number): Tokens[number] | undefined {
  return tokens.slice(0, at).findLast(({ type }) => type === "link_open");
}
