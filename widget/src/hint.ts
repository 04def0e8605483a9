const given = new Set<string>()

/** Tells whoever builds the page what is missing, once. */
export function hint(text: string): void {
  if (given.has(text)) return
  given.add(text)
  console.warn(`Goodword: ${text}`)
}
