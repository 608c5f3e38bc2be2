// Notes come from others: whatever they hold, the page gets no element that loads, runs or leads anywhere.

import { expect, test } from "vitest";
import { renderMarkdown } from "../../renderer/widgets/markdown-text.ts";

test("a link is its text and its address", () => {
  expect(renderMarkdown("see [the **report**](https://example.com/a?b=1&c=2)")).toBe(
    "<p>see the <strong>report</strong> <code>https://example.com/a?b=1&amp;c=2</code></p>\n",
  );
  expect(renderMarkdown("[a](https://a.example) and [b](https://b.example)")).toBe(
    "<p>a <code>https://a.example</code> and b <code>https://b.example</code></p>\n",
  );
});

test("an image is its words and its address", () => {
  expect(renderMarkdown("![plan](http://10.0.0.4/x.png)")).toBe("<p>plan <code>http://10.0.0.4/x.png</code></p>\n");
});

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "[x](javascript:alert(1))",
  "[x](data:text/html,<script>alert(1)</script>)",
  '![x"onerror="alert(1)](https://a.example/"onerror="alert(1))',
  '[x](https://a.example/"><script>alert(1)</script>)',
  "<https://a.example>",
  "https://a.example",
  "[a]: https://a.example\n[a]",
  "[![in](https://a.example/i.png)](https://a.example)",
  '`<b>`\n\n    <i>\n\n```"><script>\n<u>\n```',
  "<iframe src=//a.example>\n\n<style>*{}</style>",
])("%s leads nowhere", (text) => {
  const made = renderMarkdown(text);
  expect(made).not.toMatch(/<(a|img|script|style|iframe|b|i|u)[\s>/]/i);
  expect(made.match(/<[^>]*>/g)?.filter((tag) => /\s(href|src|on\w+|style)\s*=/i.test(tag))).toEqual([]);
});
