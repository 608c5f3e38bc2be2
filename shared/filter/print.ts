// A tree → its canonical text: what two filters that say the same are both written as. `parseFilter(printFilter(f))` is `f`.

import { never } from "../failure.ts";
import { printIp } from "../ip.ts";
import { protocolNumbers } from "./fields.ts";
import {
  type AddressValue,
  type Filter,
  type Measured,
  MOST,
  type NumberRange,
  type Service,
  type Test,
} from "./tree.ts";

/** Empty for everything. */
export function printFilter(filter: Filter): string {
  return filter.kind === "everything" ? "" : printIn(filter, "or");
}

/** `within`: what joins it to its neighbours; brackets stand where that binds closer. */
function printIn(filter: Filter, within: "or" | "and" | "not"): string {
  switch (filter.kind) {
    case "everything":
      return "";
    case "or": {
      const text = filter.any.map((one) => printIn(one, "and")).join(" or ");
      return within === "or" ? text : `(${text})`;
    }
    case "and": {
      const text = filter.all.map((one) => printIn(one, "not")).join(" and ");
      return within === "not" ? `(${text})` : text;
    }
    case "not": {
      const { one } = filter;
      if (isTest(one) && one.values.length === 1 && operatorOf(one) === "==" && boundOf(one) === null)
        return `${one.field} != ${valuesOf(one)[0]}`;
      return `not ${printIn(one, "not")}`;
    }
    default:
      return printTest(filter);
  }
}

function isTest(filter: Filter): filter is Test | Measured {
  return "values" in filter;
}

function operatorOf(test: Test | Measured): "==" | "contains" | "matches" {
  return "match" in test && test.match !== "equal" ? test.match : "==";
}

function printTest(test: Test | Measured): string {
  const bound = boundOf(test);
  if (bound !== null) return `${test.field} ${bound}`;
  const values = valuesOf(test);
  const operator = operatorOf(test);
  if (values.length === 1) return `${test.field} ${operator} ${values[0]}`;
  return `${test.field} in {${values.join(", ")}}`;
}

/** `>= 1024` and the like, where a single range is open at one end or empty; else null. */
function boundOf(test: Test | Measured): string | null {
  if (test.kind !== "number" && test.kind !== "measure") return null;
  const [range, more] = test.values;
  if (range === undefined || more !== undefined) return null;
  const { from, to } = range;
  if (from > to) return from === 0 ? "< 0" : `> ${to}`;
  if (from === to) return null;
  if (to === MOST[test.field]) return `>= ${from}`;
  return from === 0 ? `<= ${to}` : null;
}

function valuesOf(test: Test | Measured): readonly string[] {
  switch (test.kind) {
    case "address":
      return test.values.map(printAddress);
    case "number":
    case "measure":
      return test.values.map(printRange);
    case "service":
      return test.values.map(printService);
    case "text":
    case "fact":
      return test.values.map(printText);
    default:
      return never(test);
  }
}

function printAddress(value: AddressValue): string {
  if (typeof value === "string") return value;
  const { bytes, prefix } = value;
  return prefix === bytes.length * 8 ? printIp(bytes) : `${printIp(bytes)}/${prefix}`;
}

function printRange({ from, to }: NumberRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}

const NAMES = new Map(Object.entries(protocolNumbers).map(([name, number]) => [number, name]));

export function printService({ port, protocol }: Service): string {
  const name = NAMES.get(protocol) ?? String(protocol);
  return port === null ? name : `${port}/${name}`;
}

/** In quotes where it is not one word. */
function printText(text: string): string {
  return /^[^\s"(){},<>=!&|]+$/.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}
