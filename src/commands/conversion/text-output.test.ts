import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TextOutput } from "./text-output.js";

function written(texts: readonly string[]): { text: string; length: number } {
  const output = new TextOutput();
  for (const text of texts) output.write(text);
  const { length } = output;
  return { text: Buffer.from(output.take()).toString(), length };
}

describe("TextOutput", () => {
  test("nothing written is nothing", () => {
    expect(written([])).toEqual({ text: "", length: 0 });
  });

  test("texts come out joined, as UTF-8, and the length is in bytes", () => {
    expect(written(["a", "", "é", "–", "😀"])).toEqual({ text: "aé–😀", length: 10 });
  });

  test("it grows past its first megabyte, many times over if one text demands it", () => {
    const large = "–".repeat(1_500_000);
    expect(written(["a", large, "b", large]).text).toBe(`a${large}b${large}`);
    expect(written(Array.from({ length: 3000 }, () => "x".repeat(1000))).length).toBe(3_000_000);
  });

  test("a lone surrogate becomes U+FFFD, as UTF-8 has none", () => {
    expect(written(["a\ud83d", "\ude00b"]).text).toBe("a\ufffd\ufffdb");
  });

  test("what is taken has a buffer of its own, and the next text starts anew", () => {
    const output = new TextOutput();
    output.write("one");
    const one = output.take();
    output.write("two!");
    const two = output.take();
    expect([Buffer.from(one).toString(), Buffer.from(two).toString(), output.length]).toEqual([
      "one",
      "two!",
      0,
    ]);
    expect([one.buffer.byteLength, two.buffer.byteLength]).toEqual([3, 4]);
  });

  test("any texts are what encoding them one by one gives", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (texts) => {
        const whole = Buffer.concat(texts.map((text) => Buffer.from(text)));
        expect(written(texts)).toEqual({ text: whole.toString(), length: whole.length });
      }),
    );
  });
});
