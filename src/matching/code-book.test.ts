import { expect, test } from "vitest";
import { CodeBook } from "./code-book.js";
import { OperatorBook, type OperatorIdentity } from "./operator-identity.js";

const operators = new OperatorBook();

function named(operator: string): OperatorIdentity {
  return operators.identityOf(operator === "" ? [] : [{ key: "operator", value: operator }], undefined);
}

test("who was met with a code goes by it, under any spelling of the name; who never was does not", () => {
  const codes = new CodeBook(operators);
  codes.learn(["LTIGN"], named("Ignitis"));
  expect(codes.compare(["LTIGN"], named("Ignitis ON"))).toBe("agrees");
  expect(codes.compare(["LTIGN"], named("Eldrive"))).toBe("differs");
});

test("several may go by one code (roaming), whatever order they are met in", () => {
  for (const order of [
    ["Ignitis", "Eldrive"],
    ["Eldrive", "Ignitis"],
  ]) {
    const codes = new CodeBook(operators);
    for (const name of order) codes.learn(["LTIGN"], named(name));
    expect(codes.compare(["LTIGN"], named("Eldrive"))).toBe("agrees");
    expect(codes.compare(["LTIGN"], named("Allego"))).toBe("differs");
  }
});

test("a code that was never met with a name tells nothing, nor does a name that is none", () => {
  const codes = new CodeBook(operators);
  codes.learn(["LTIGN"], named(""));
  expect(codes.compare(["LTIGN"], named("Ignitis"))).toBe("unknown");
  expect(codes.compare([], named("Ignitis"))).toBe("unknown");
  codes.learn(["LTIGN"], named("Ignitis"));
  expect(codes.compare(["LTIGN"], named(""))).toBe("unknown");
});
