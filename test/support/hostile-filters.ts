// Filters made to take long, to use up memory or to break what reads them; and what must come of each: an answer, or a sentence.

type Hostile = { readonly name: string; readonly text: string; readonly said: string | null };

const times = (n: number, text: string | ((i: number) => string), joiner = ""): string =>
  Array.from({ length: n }, (_, i) => (typeof text === "string" ? text : text(i))).join(joiner);
const answered = (name: string, text: string): Hostile => ({ name, text, said: null });
const refused = (name: string, text: string, said: string): Hostile => ({ name, text, said });

const DEEP = "nested deeper than 200";
const LONG = "at most 65536 characters besides its sets";
const ip = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
const group = (i: number): string => `2001:db8:${(i >> 8).toString(16)}:${(i & 255).toString(16)}::`;

export const hostileFilters: readonly Hostile[] = [
  refused("10,000 nested brackets", `${times(10_000, "(")}port == 1${times(10_000, ")")}`, DEEP),
  refused("a million brackets", times(1_000_000, "("), DEEP),
  refused("10,000 negations", `${times(10_000, "not ")}port == 1`, DEEP),
  refused("a million negations", `${times(1_000_000, "!")}port == 1`, DEEP),
  answered(
    "brackets as deep as may be, in a chain",
    times(150, `${times(190, "(")}dport == 1${times(190, ")")}`, " or "),
  ),
  answered("20,000 addresses", `src in {${times(20_000, ip, ", ")}}`),
  answered("20,000 blocks", `ip in {${times(20_000, (i) => `${ip(i * 64)}/26`, ",")}}`),
  answered("20,000 IPv6 blocks", `ip in {${times(20_000, (i) => `${group(i)}/64`, ",")}}`),
  answered("20,000 ports", `port in {${times(20_000, (i) => `${i}-${i + 9}`, ",")}}`),
  answered("20,000 texts", `rule in {${times(20_000, (i) => `"UserRule_${i}"`, ",")}}`),
  refused("a megabyte of addresses", `src in {${times(80_000, ip, ", ")}}`, "more than 20000 values"),
  refused("a megabyte of ones", `dport in {${times(500_000, "1", ",")}}`, "more than 20000 values"),
  refused("a set that is not closed", `dport in {${times(10_000, "1", ",")}`, "a comma or closing brace is missing"),
  refused("a set of commas", `dport in {${times(1_000_000, ",")}`, LONG),
  refused(
    "100,000 conditions in a chain",
    times(100_000, (i) => `dport==${i % 9}`, "||"),
    LONG,
  ),
  answered(
    "5,000 conditions in a chain",
    times(5000, (i) => `dport==${i}`, "||"),
  ),
  answered(
    "2,000 conditions of which none decides",
    times(2000, (i) => `not sport == ${i}`, " and "),
  ),
  answered(
    "100 pairs of conditions",
    times(100, (i) => `(src == ${ip(i)} and sport == ${i})`, " or "),
  ),
  refused(
    "3,000 pairs",
    times(1500, (i) => `(src == ${ip(i)} and sport == ${i})`, " or "),
    "3000 different conditions",
  ),
  refused("a text of a megabyte", `rule == "${times(1_000_000, "a")}"`, LONG),
  refused("a word of a megabyte", times(1_000_000, "a"), LONG),
  refused("a quote that is not closed, with half a million in it", `rule == "${times(500_000, '\\"')}`, "not closed"),
  refused("half a million texts", times(500_000, '""'), LONG),
  refused("a million blanks", times(1_000_000, " "), LONG),
  refused("a million dots for an address", `src == ${times(500_000, "1.")}`, LONG),
  refused("60,000 dots for an address", `src == ${times(30_000, "1.")}`, "neither an IP address"),
  refused("60,000 colons for an address", `src == ${times(30_000, "1:")}`, "neither an IP address"),
  refused("2^64", "bytes > 18446744073709551616", "not a number from 0 to 9007199254740991"),
  refused("a number of 400 digits", `packets > ${times(400, "9")}`, "not a number"),
  refused("a port past 65535", "dport == 18446744073709551616", "not a number from 0 to 65535"),
  answered(
    "a regular expression that others read for ever",
    'rule matches "(a+)+$" or rule matches "^(([a-z])+.)+[A-Z]([a-z])+$"',
  ),
  answered("a hundred such", times(100, 'rule matches "(a*)*b"', " or ")),
  refused("2,000 such", times(2000, 'rule matches "(a*)*b"', " or "), "2000 regular expressions are too much together"),
  refused(
    "ten of the longest",
    times(10, (i) => `acl matches "[a-z]{99${i % 10}}.*.*.*.*.*.*"`, " or "),
    "too much together",
  ),
  refused("one that looks back", 'rule matches "(a)\\\\1"', "not a regular expression"),
  refused("one that looks ahead", 'rule matches "(?=a)b"', "not a regular expression"),
  refused("one that repeats a million times", 'rule matches "((a{100}){100}){100}"', "repeats more than 1000 times"),
  refused("a long one", `rule matches "${times(10_000, "(a|b)")}"`, "longer than 1000 characters"),
  refused("one that is not closed", 'rule matches "((((((((("', "not a regular expression"),
  answered("half a character", 'rule == "\ud800" or rule contains "\udc00\ud800" or rule == \ud83d'),
  answered("NUL in a text", 'rule == "\0" or rule == \0'),
  refused("NUL for a field", "\0\0", "is not a field"),
  refused("white space that is none elsewhere", "\ufeffsrc == 10.0.0.4", "is not a field"),
  answered("white space few know of", "src\u0085==\u200010.0.0.4\u3000or\u2028dst\u205f== 10.0.0.4"),
  refused("a name of every object", "constructor == 1", "is not a field"),
  refused("its prototype", "__proto__ == 1", "is not a field"),
];
