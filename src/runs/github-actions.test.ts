import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anyText } from "../osm/xml.test-support.js";
import { temporaryFolder } from "./compiled.test-support.js";
import {
  MOST_SUMMARY_BYTES,
  annotation,
  appendJobSummary,
  jsonWithoutCommands,
  withoutCommands,
} from "./github-actions.js";
import { commandsIn } from "./github-commands.test-support.js";
import { createLog } from "./log.js";

/** Text that is likely to hold commands. */
const commandText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ":",
        "::",
        "##[",
        "]",
        "[",
        "#",
        "\n",
        "\r",
        " ",
        "\u0085",
        "\u00a0",
        "%0A",
        "%3A",
        "%",
        ",",
        "=",
        "error",
        "add-mask",
        "stop-commands",
      ),
      anyText,
    ),
  )
  .map((parts) => parts.join(""));

describe("annotations", () => {
  test("are one command that says what was said", () => {
    expect(annotation("warning", "ocpi2osm", "50 % of a.json: odd, see\nline 2")).toBe(
      "::warning title=ocpi2osm::50 %25 of a.json: odd, see%0Aline 2",
    );
    expect(annotation("error", "ocpi2osm: a,b", "x")).toBe("::error title=ocpi2osm%3A a%2Cb::x");
  });

  test("give title and message back to the runner, whatever they hold, and no other command", () => {
    fc.assert(
      fc.property(commandText, commandText, (title, message) => {
        // The runner trims what stands between the name and `::`.
        fc.pre(title.trim() === title && title !== "");
        expect(commandsIn(annotation("error", title, message))).toEqual([
          { name: "error", properties: { title }, data: message },
        ]);
      }),
    );
  });
});

describe("other text", () => {
  test("is left as it is but for a blank", () => {
    expect(withoutCommands("::error::a\n \t::stop-commands::b\nuse a::b ##[add-mask]c")).toBe(
      ": :error::a\n \t: :stop-commands::b\nuse a::b ## [add-mask]c",
    );
    expect(withoutCommands("2 records read, [::1] is IPv6")).toBe("2 records read, [::1] is IPv6");
  });

  test("holds no command, whatever it is", () => {
    fc.assert(
      fc.property(commandText, (text) => {
        expect(commandsIn(withoutCommands(text))).toEqual([]);
      }),
    );
  });

  test("of JSON stays the same value", () => {
    fc.assert(
      fc.property(commandText, (text) => {
        const line = jsonWithoutCommands(JSON.stringify({ text }));
        expect(JSON.parse(line)).toEqual({ text });
        expect(commandsIn(line)).toEqual([]);
      }),
    );
  });
});

describe("the log in GitHub Actions", () => {
  function logged(
    format: "text" | "json",
    env: Readonly<Record<string, string>> = { GITHUB_ACTIONS: "true" },
  ) {
    const written: string[] = [];
    const stream = { write: (text: string) => written.push(text) };
    return { log: createLog({ format, quiet: false, stream, env }), text: () => written.join("") };
  }

  test("makes annotations of warnings and errors, and of nothing else", () => {
    const { log, text } = logged("text");
    log.info("reading");
    log.warn("odd");
    log.error("broken: a\nb", { source: "lt" });
    expect(text()).toBe(
      "reading\n::warning title=ocpi2osm::odd\n::error title=ocpi2osm%3A lt::broken: a%0Ab\n",
    );
  });

  test("elsewhere it is as ever", () => {
    const { log, text } = logged("text", { GITHUB_ACTIONS: "false" });
    log.warn("::error::odd");
    expect(text()).toBe("warning: ::error::odd\n");
  });

  test("an annotation begins its line, also below a progress line", () => {
    const { log, text } = logged("text");
    log.status("50 %");
    log.warn("odd");
    expect(commandsIn(text())).toMatchObject([{ name: "warning", data: "odd" }]);
  });

  test("whatever a feed has it say, the runner is told its warnings only", () => {
    fc.assert(
      fc.property(fc.constantFrom("text", "json"), commandText, (format, said) => {
        const { log, text } = logged(format);
        log.status(said);
        log.info(said, { file: said });
        log.warn(said);
        log.status(undefined);
        log.info(said);
        expect(commandsIn(text()).map(({ name }) => name)).toEqual(format === "text" ? ["warning"] : []);
      }),
    );
  });
});

describe("the job's summary", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let warnings: string[];
  const file = () => join(folder.path, "summary.md");
  const append = (markdown: string, env: Readonly<Record<string, string>> = {}) =>
    appendJobSummary(markdown, { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: file(), ...env }, (message) =>
      warnings.push(message),
    );
  beforeEach(() => {
    folder = temporaryFolder();
    warnings = [];
  });
  afterEach(() => folder.remove());

  test("is appended to, with an empty line between", async () => {
    await append("# One\n");
    await append("# Two\n");
    expect(readFileSync(file(), "utf8")).toBe("# One\n\n# Two\n");
    expect(warnings).toEqual([]);
  });

  test("is not touched outside of Actions", async () => {
    await append("# One\n", { GITHUB_ACTIONS: "" });
    await append("# One\n", { GITHUB_STEP_SUMMARY: "" });
    expect(() => statSync(file())).toThrow("ENOENT");
    expect(warnings).toEqual([]);
  });

  test("is cut off at a line's end where it would be larger than GitHub takes, and says so", async () => {
    await append("# One\n");
    await append("ü line\n".repeat(200_000));
    const text = readFileSync(file(), "utf8");
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_SUMMARY_BYTES);
    expect(Buffer.byteLength(text)).toBeGreaterThan(MOST_SUMMARY_BYTES - 300);
    expect(text).toMatch(/^# One\n\n(ü line\n)+\n\*Cut off here: .*1 MiB.*\*\n$/);
    expect(warnings).toEqual([]);
    await append("# Three\n");
    expect(readFileSync(file(), "utf8")).toBe(text);
    expect(warnings).toEqual([expect.stringContaining("full")]);
  });

  test("is never worth failing for", async () => {
    await append("# One\n", { GITHUB_STEP_SUMMARY: join(folder.path, "no", "folder", "summary.md") });
    mkdirSync(file());
    await append("# One\n");
    expect(warnings).toEqual([
      expect.stringMatching(/cannot be written.*ENOENT/),
      expect.stringMatching(/cannot be written.*EISDIR/),
    ]);
  });

  test("already too large by others' doing is left alone", async () => {
    writeFileSync(file(), "x".repeat(MOST_SUMMARY_BYTES + 1));
    await append("# One\n");
    expect(statSync(file()).size).toBe(MOST_SUMMARY_BYTES + 1);
    expect(warnings).toHaveLength(1);
  });
});
