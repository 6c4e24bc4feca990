import { describe, expect, test } from "vitest";
import { recordOf, tileOfOne } from "./hmc-stations.test-support.js";

describe("the words of connectorType, where no id says more", () => {
  test.each([
    ["IEC_62196_T2_COMBO", "IEC_62196_T2_COMBO"],
    ["CONNECTOR_TYPE_IEC_62196_T2_COMBO", "IEC_62196_T2_COMBO"],
    ["ConnectorType_CHADEMO", "CHADEMO"],
    ["PLUG_TYPE_TYPE_2", "IEC_62196_T2"],
    ["Mennekes", "IEC_62196_T2"],
    ["CONNECTOR_TYPE_HOVER", "CONNECTOR_TYPE_HOVER"],
  ])("%s is %s", (connectorType, standard) => {
    const { location } = recordOf(tileOfOne({ portAttribute: [{ connectorType, numberOfPorts: 1 }] }), 0);
    expect(location.evses.map(({ connectors }) => connectors[0]?.standard)).toEqual([standard]);
  });
});
