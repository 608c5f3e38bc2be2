// Markdown as safe elements: no HTML of the writer's, no images, and links are shown with their address and lead nowhere.

import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";
import { type ReactElement, useEffect, useRef } from "react";

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable([
  "image",
  "link",
  "autolink",
]);
const TAGS = [
  "p",
  "br",
  "strong",
  "em",
  "s",
  "code",
  "pre",
  "blockquote",
  "ul",
  "ol",
  "li",
  "hr",
  "h1",
  "h2",
  "h3",
  "h4",
];
const TABLE = ["table", "thead", "tbody", "tr", "th", "td"];

export function Markdown({ text }: { readonly text: string }): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const clean = DOMPurify.sanitize(markdown.render(text), {
      ALLOWED_TAGS: [...TAGS, ...TABLE],
      ALLOWED_ATTR: [],
      RETURN_DOM_FRAGMENT: true,
    });
    place.current?.replaceChildren(clean);
  }, [text]);
  return <div ref={place} className="markdown" />;
}
