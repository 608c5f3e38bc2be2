// A strict reader of the XML that the program writes: elements, attributes, text, five entities and numbers; no DTD. Whatever is not well
// formed is an error, and so is every character that XML 1.0 forbids.

export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
};

type Open = { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string };

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const NAME = "[A-Za-z_][\\w.:-]*";

export function parseXml(text: string): XmlElement {
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const isAllowed =
      code === 9 ||
      code === 10 ||
      code === 13 ||
      (code >= 32 && code < 0xd800) ||
      (code > 0xdfff && code < 0xfffe) ||
      code > 0xffff;
    if (!isAllowed) throw new Error(`U+${code.toString(16)} is no character of XML`);
  }
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const open: Open[] = [{ name: "", attributes: {}, children: [], text: "" }];
  const tag = new RegExp(`<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`, "y");
  for (let at = 0; at < body.length; ) {
    const top = open.at(-1)!;
    if (body[at] !== "<") {
      const end = body.indexOf("<", at) === -1 ? body.length : body.indexOf("<", at);
      top.text += plain(body.slice(at, end));
      at = end;
      continue;
    }
    tag.lastIndex = at;
    const found = tag.exec(body);
    if (!found) throw new Error(`no tag at ${at}: ${body.slice(at, at + 60)}`);
    at = tag.lastIndex;
    const [, closes, name = "", attributes = "", isEmpty] = found;
    if (closes) {
      if (top.name !== name) throw new Error(`</${name}> closes <${top.name}>`);
      open.pop();
      open.at(-1)!.children.push(top);
      continue;
    }
    const element = { name, attributes: attributesIn(attributes), children: [], text: "" };
    if (isEmpty) top.children.push(element);
    else open.push(element);
  }
  const [root] = open[0]!.children;
  if (open.length !== 1 || open[0]!.children.length !== 1 || !root)
    throw new Error("there is not one root that is closed");
  return root;
}

function attributesIn(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(new RegExp(`(${NAME})="([^"]*)"`, "g"))) {
    if (Object.hasOwn(attributes, name)) throw new Error(`${name} stands twice`);
    attributes[name] = plain(value);
  }
  return attributes;
}

function plain(text: string): string {
  if (text.includes(">")) throw new Error("> is not escaped");
  return text.replace(/&(#(\d+)|\w*);?|&/g, (whole, name: string | undefined, code: string | undefined) => {
    if (!whole.endsWith(";")) throw new Error(`${whole} is no entity`);
    if (code !== undefined) return String.fromCodePoint(Number(code));
    const known = ENTITIES[name ?? ""];
    if (known === undefined) throw new Error(`${whole} is no entity`);
    return known;
  });
}
