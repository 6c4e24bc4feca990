import { describe, expect, it } from "vitest";
import { MODIFY, WAY, WAY_NODES } from "./proposal.test-support.js";
import { withWayNodes } from "./way-nodes.js";

const EXTRACT = { wayNodes: new Map(WAY_NODES.map((node) => [node.id, node])) };

describe("withWayNodes", () => {
  it("adds the nodes of a way that is changed, each once, as far as the extract has them", () => {
    const way = { ...WAY, nodes: [33, 31, 34, 33] };
    const { wayNodes } = withWayNodes({ ...MODIFY, target: way }, EXTRACT);
    expect(wayNodes?.map(({ id }) => id)).toEqual([31, 33]);
  });

  it("leaves everything else as it is", () => {
    const review = { ...MODIFY, change: "review" as const, target: WAY };
    expect(withWayNodes(MODIFY, EXTRACT)).toBe(MODIFY);
    expect(withWayNodes(review, EXTRACT)).toBe(review);
  });
});
