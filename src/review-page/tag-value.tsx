/** A value with its changed parts marked: by strike-through or underline, not by colour alone. */
import { Fragment } from "preact";
import { valueParts } from "./value-parts.js";

interface TagValueProps {
  readonly value: string | null;
  /** What it is held against; undefined: nothing is marked. */
  readonly against?: string | null | undefined;
  /** `del`: what goes; `ins`: what comes. */
  readonly mark?: "del" | "ins";
  /** What stands there instead of a value that is not there. */
  readonly none: string;
}

export function TagValue({ value, against, mark = "ins", none }: TagValueProps) {
  if (value === null) return <span class="none">{none}</span>;
  const Mark = mark;
  // Items of a list wrap as wholes; words of other values wherever there is room.
  const kind = value.includes(";") ? "item" : undefined;
  const parts = against === undefined ? valueParts(value, value) : valueParts(value, against);
  return (
    <bdi class="value">
      {parts.map(({ text, changed }, index) =>
        changed ? (
          <Mark key={index} class={kind}>
            <ItemText text={text} />
          </Mark>
        ) : (
          <span key={index} class={kind}>
            <ItemText text={text} />
          </span>
        ),
      )}
      {value === "" && <span class="none">empty</span>}
    </bdi>
  );
}

/** An item with the semicolon after it, which hangs into the margin. */
function ItemText({ text }: { readonly text: string }) {
  const [, item, stop] = /^([^;]+)(;\s*)$/.exec(text) ?? [];
  if (item === undefined) return <>{text}</>;
  return (
    <>
      {item}
      <span class="stop">{stop}</span>
    </>
  );
}

/** A key, which may break after its colons. */
export function KeyName({ name }: { readonly name: string }) {
  return (
    <bdi class="key">
      {name.split(/(?<=:)/).map((part, index) => (
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </bdi>
  );
}
