/** A rule's number, as docs/rules.md has it. */
export function Rule({ name }: { readonly name: string }) {
  return <span class="rule">{name}</span>;
}
