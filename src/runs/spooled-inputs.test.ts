import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expandInputs, type Input } from "./inputs.js";
import { spooled } from "./spooled-inputs.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ocpi2osm-spooled-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function textOf(input: Input): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.open()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function pipe(name: string, text: string): Input {
  let read = false;
  return {
    name,
    size: undefined,
    seekable: false,
    async *open() {
      if (read) throw new Error("a pipe is read once");
      read = true;
      yield new TextEncoder().encode(text);
    },
    readAt: () => {
      throw new Error("a pipe");
    },
    close: () => undefined,
  };
}

const leftovers = (): string[] =>
  readdirSync(tmpdir()).filter((name) => /^ocpi2osm-[A-Za-z0-9]{6}$/.test(name));

describe("spooled", () => {
  it("gives plain files as they are", async () => {
    writeFileSync(join(folder, "feed.json"), "[]");
    const { inputs } = await expandInputs([join(folder, "feed.json")]);
    const kept = await spooled(inputs);
    expect(kept.inputs).toBe(inputs);
  });

  it("makes a pipe readable again, under its name, and leaves nothing behind", async () => {
    const before = leftovers();
    const kept = await spooled([pipe("-", "[1]")]);
    const [input] = kept.inputs;
    expect(input?.name).toBe("-");
    expect(await textOf(input!)).toBe("[1]");
    expect(await textOf(input!)).toBe("[1]");
    expect(input?.size).toBe(3);
    await kept.discard();
    expect(leftovers()).toEqual(before);
  });

  it("leaves nothing behind when a pipe breaks", async () => {
    const before = leftovers();
    const broken: Input = {
      ...pipe("-", ""),
      // oxlint-disable-next-line require-yield -- it breaks before the first chunk
      async *open() {
        throw new Error("broken pipe");
      },
    };
    await expect(spooled([pipe("a", "x"), broken])).rejects.toThrow("broken pipe");
    expect(leftovers()).toEqual(before);
    expect(existsSync(folder)).toBe(true);
  });
});
