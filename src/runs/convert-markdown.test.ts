import { expect, test } from "vitest";
import { convertMarkdown } from "./convert-markdown.js";

test("a row for what was emitted, skipped and rejected, with the commonest reasons first", () => {
  const counts = {
    read: 1507,
    emitted: 1500,
    skipped: { planned: 2 },
    rejected: { "not-json": 1, "no-position": 4 },
  };
  expect(convertMarkdown("Example", counts)).toBe(
    "# Example converted\n\n1,507 records read:\n\n| | records | reasons |\n| --- | ---: | --- |\n" +
      "| emitted | 1,500 |  |\n| skipped | 2 | planned 2 |\n| rejected | 5 | no-position 4, not-json 1 |\n",
  );
});

test("the source's name is text, whatever it is", () => {
  const page = convertMarkdown("<b> | [x](y) @z", { read: 0, emitted: 0, skipped: {}, rejected: {} });
  expect(page.split("\n")[0]).toBe("# &lt;b&gt; \\| \\[x\\]\\(y\\) &#64;z converted");
});
