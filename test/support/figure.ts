// A line of figures of a long test, for the one who reads what `npm run test:long` prints.

export function figure(name: string, values: Readonly<Record<string, string | number>>): void {
  const text = Object.entries(values).map(
    ([key, value]) => `${typeof value === "number" ? grouped(value) : value} ${key}`,
  );
  console.log(`figure  ${name}: ${text.join(", ")}`);
}

function grouped(value: number): string {
  return (Number.isInteger(value) ? value : Math.round(value * 10) / 10).toLocaleString("en-US");
}
