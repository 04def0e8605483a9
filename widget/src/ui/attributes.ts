/** An attribute of an element. Where `data-goodword` makes the element, its attributes have that prefix too. */
export const attributeOf = (host: Element, name: string): string | null =>
  host.getAttribute(name) ?? host.getAttribute(`data-goodword-${name}`)
