import { expect, test } from "vitest";
import { PartBook } from "./part-book.js";

test("what is said again is the same piece of evidence, and nothing else is", () => {
  const book = new PartBook();
  const first = book.one("distance", 0.1, "12 m");
  expect(first).toEqual({ name: "distance", value: 0.1, detail: "12 m" });
  expect(book.one("distance", 0.1, "12 m")).toBe(first);
  expect(book.one("distance", 0.11, "12 m")).toEqual({ name: "distance", value: 0.11, detail: "12 m" });
  expect(book.one("distance", 0.1, "13 m")).toEqual({ name: "distance", value: 0.1, detail: "13 m" });
  expect(book.one("capacity", 0.1, "12 m")).toEqual({ name: "capacity", value: 0.1, detail: "12 m" });
});

test("however many there are, each is what was asked for", () => {
  const book = new PartBook();
  for (let metres = 0; metres < 200_100; metres += 1) book.one("distance", 0, `${metres} m`);
  expect(book.one("distance", 0, "200099 m")).toEqual({ name: "distance", value: 0, detail: "200099 m" });
  expect(book.one("ref", 1, "200099 m")).toEqual({ name: "ref", value: 1, detail: "200099 m" });
});
