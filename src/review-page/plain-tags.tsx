/** Tags of a proposal that nobody is asked about: of its charge points, and of the object besides what changes. */
import type { ProposalLine } from "../proposals/proposal-schema.js";
import { counted } from "./words.js";

/** Of a create: the nodes that come with the station. */
export function ChargePoints({ line: { charge_points } }: { readonly line: ProposalLine }) {
  if (charge_points.length === 0) return null;
  return (
    <details class="more-tags">
      <summary>With {counted(charge_points.length, "charge point")} as nodes of their own</summary>
      <ol>
        {charge_points.map(({ lat, lon, tags }, index) => (
          <li key={index}>
            <small>
              {lat}, {lon}
            </small>
            <PlainTags tags={tags} />
          </li>
        ))}
      </ol>
    </details>
  );
}

/** What OSM says of the object besides; nothing of it changes. */
export function OtherTags({ line: { target, tags } }: { readonly line: ProposalLine }) {
  if (target === undefined) return null;
  const changed = new Set(tags.map(({ key }) => key));
  const others = Object.entries(target.tags)
    .map(([key, value]) => ({ key, value }))
    .filter(({ key }) => !changed.has(key));
  if (others.length === 0) return null;
  return (
    <details class="more-tags">
      <summary>{counted(others.length, "other tag")} of the object, left as they are</summary>
      <PlainTags tags={others} />
    </details>
  );
}

function PlainTags({ tags }: { readonly tags: readonly { readonly key: string; readonly value: string }[] }) {
  return (
    <ul class="plain-tags">
      {tags.map(({ key, value }) => (
        <li key={key}>
          <bdi class="key">{key}</bdi> = <bdi class="value">{value}</bdi>
        </li>
      ))}
    </ul>
  );
}
