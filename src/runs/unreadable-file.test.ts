import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { utf16Problem, whyUnreadable } from "./unreadable-file.js";

const failure = (name: string) => readFile(name).catch((error: unknown) => whyUnreadable(error));

test("a folder is named as such, and a file that is not there", async () => {
  expect(await failure(tmpdir())).toBe("it is a folder; name a file in it");
  expect(await failure("/no/such/file")).toBe("there is no such file");
});

test.each([
  ["with a mark", Buffer.from("\uFEFFid", "utf16le")],
  ["with a mark, the other way round", Buffer.from("\uFEFFid", "utf16le").swap16()],
  ["without a mark", Buffer.from("id", "utf16le")],
  ["without a mark, the other way round", Buffer.from("id", "utf16le").swap16()],
])("UTF-16 is recognised %s", (_how, bytes) => {
  expect(utf16Problem(bytes)).toMatch(/UTF-16 text.*save it as UTF-8/);
});

test.each(["", "i", "id", "\uFEFFid", "äö", "\0\0"])("%j is no UTF-16", (text) => {
  expect(utf16Problem(Buffer.from(text, "utf8"))).toBeUndefined();
});
