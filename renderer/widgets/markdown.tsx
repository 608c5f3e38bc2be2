// Markdown as safe elements: what markdown-text.ts makes, and of that only what is known to be harmless.

import DOMPurify from "dompurify";
import { type ReactElement, useEffect, useRef } from "react";
import { renderMarkdown } from "./markdown-text.ts";

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
    const clean = DOMPurify.sanitize(renderMarkdown(text), {
      ALLOWED_TAGS: [...TAGS, ...TABLE],
      ALLOWED_ATTR: [],
      RETURN_DOM_FRAGMENT: true,
    });
    place.current?.replaceChildren(clean);
  }, [text]);
  return <div ref={place} className="markdown" />;
}
