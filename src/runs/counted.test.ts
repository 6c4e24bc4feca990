import { expect, test } from "vitest";
import { counted } from "./counted.js";

test.each([
  [counted(0, "file"), "0 files"],
  [counted(1, "file"), "1 file"],
  [counted(2, "file"), "2 files"],
  [counted(1234, "file"), "1,234 files"],
  [counted(1, "Location lies", "Locations lie"), "1 Location lies"],
  [counted(3, "Location lies", "Locations lie"), "3 Locations lie"],
])("%s", (said, expected) => expect(said).toBe(expected));
