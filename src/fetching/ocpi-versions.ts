/** Versions of OCPI whose Locations are read, the best first. */
export const OCPI_VERSIONS = ["2.3.0", "2.2.1", "2.2", "2.1.1"] as const;
export type OcpiVersion = (typeof OCPI_VERSIONS)[number];
