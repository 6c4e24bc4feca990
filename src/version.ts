/** What this program calls itself in the files it writes. */
export const TOOL = { name: "ocpi2osm", version: "0.1.0" } as const;
export const GENERATOR: string = `${TOOL.name} ${TOOL.version}`;
