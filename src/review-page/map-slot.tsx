/** The map of a proposal, with the other proposals around it. */
import { useMemo } from "preact/hooks";
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { ProposalMap } from "./map/proposal-map.js";
import { useSession } from "./session-context.js";

/** Metres around a proposal in which others are drawn. */
const AROUND = 300;

export function MapSlot({ line }: { readonly line: ProposalLine }) {
  const { table } = useSession();
  const neighbours = useMemo(() => {
    const row = table.rowOf(line.proposal);
    if (row === undefined) return [];
    return table.rowsNear(row, AROUND).map((near) => ({
      name: table.title(near),
      lat: table.lat[near] ?? 0,
      lon: table.lon[near] ?? 0,
    }));
  }, [line, table]);
  return <ProposalMap proposal={line} neighbours={neighbours} />;
}
