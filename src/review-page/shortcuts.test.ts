import { expect, it } from "vitest";
import { COMMANDS, commandOf } from "./shortcuts.js";

it("gives every key one command", () => {
  const keys = Object.values(COMMANDS)
    .map(({ keys }) => keys.join(" "))
    .join(" ")
    .split(" ");
  expect(new Set(keys).size).toBe(keys.length);
  expect(commandOf("a")).toBe("accept");
  expect(commandOf("9")).toBe("choose");
  expect(commandOf("Tab")).toBeUndefined();
  expect(commandOf("toString")).toBeUndefined();
});
