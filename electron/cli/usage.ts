// Options and operands of a command. Anything not asked for is wrong use, said in one sentence.

/** Wrong use of the command line; exit code 2. */
export class Usage extends Error {}

export type Arguments = {
  readonly operands: readonly string[];
  has(name: string): boolean;
  value(name: string): string | null;
};

/** `--name`, `--name value`, `--name=value`; `--` ends the options. */
export function readArguments(
  argv: readonly string[],
  options: Readonly<Record<string, "switch" | "value">>,
): Arguments {
  const operands: string[] = [];
  const given = new Map<string, string>();
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === "--") {
      operands.push(...argv.slice(i + 1));
      break;
    }
    if (!word.startsWith("--")) {
      if (word.startsWith("-") && word.length > 1 && !/^-\d/.test(word)) throw new Usage(`"${word}" is not an option`);
      operands.push(word);
      continue;
    }
    const equals = word.indexOf("=");
    const name = equals === -1 ? word.slice(2) : word.slice(2, equals);
    const kind = Object.hasOwn(options, name) ? options[name] : undefined;
    if (kind === undefined)
      throw new Usage(
        `"--${name}" is not an option here; options are ${Object.keys(options)
          .map((o) => `--${o}`)
          .join(", ")}`,
      );
    if (given.has(name)) throw new Usage(`"--${name}" is given twice`);
    if (kind === "switch") {
      if (equals !== -1) throw new Usage(`"--${name}" takes no value`);
      given.set(name, "");
    } else if (equals !== -1) given.set(name, word.slice(equals + 1));
    else {
      const value = argv[++i];
      if (value === undefined) throw new Usage(`"--${name}" needs a value`);
      given.set(name, value);
    }
  }
  return { operands, has: (name) => given.has(name), value: (name) => given.get(name) ?? null };
}

/** The one operand a command takes. */
export function only(args: Arguments, what: string): string {
  const [first, ...rest] = args.operands;
  if (first === undefined) throw new Usage(`which ${what}? None is given`);
  if (rest.length > 0) throw new Usage(`one ${what} is expected; "${rest[0]}" is one too many`);
  return first;
}

export function wholeNumber(args: Arguments, name: string, least: number, most: number, otherwise: number): number {
  const text = args.value(name);
  if (text === null) return otherwise;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value < least || value > most)
    throw new Usage(`--${name} takes a number from ${least} to ${most}, not "${text}"`);
  return value;
}
