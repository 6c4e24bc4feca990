/** What a runner of GitHub Actions finds in what a step prints. */

export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/**
 * What the runner takes for commands in a step's output, as its own code does (actions/runner, `ActionCommand.cs`,
 * `OutputManager.cs`): every name counts here, which is stricter than the runner.
 */
export function commandsIn(output: string): Command[] {
  return output.split(/\r\n|\r|\n/).flatMap((line) => {
    const begun = /^[\s\u0085]*::([^]*?)::([^]*)$/.exec(line);
    const [, info = "", data = ""] = begun ?? /##\[([^\]]*)\]([^]*)$/.exec(line) ?? [];
    if (info === "") return [];
    const [name = "", ...rest] = info.split(" ");
    const properties = rest
      .join(" ")
      .split(",")
      .map((pair) => pair.trim().split(/=([^]*)/));
    const unescaped = (text: string, more: ReadonlyArray<readonly [string, string]>) =>
      [["%0D", "\r"] as const, ["%0A", "\n"] as const, ...more, ["%25", "%"] as const].reduce(
        (soFar, [escape, character]) => soFar.replaceAll(escape, character),
        text,
      );
    return [
      {
        name,
        properties: Object.fromEntries(
          properties.map(([key = "", value = ""]) => [
            key,
            unescaped(value, [
              ["%3A", ":"],
              ["%2C", ","],
            ]),
          ]),
        ),
        data: unescaped(data, []),
      },
    ];
  });
}
