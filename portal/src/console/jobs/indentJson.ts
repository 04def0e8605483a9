/** JSON on several lines, with every character of its values as it was sent. Anything else stays as it is. */
export function indentJson(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g)
  if (!parts) return text
  let depth = 0
  let lines = ''
  const line = () => `\n${'  '.repeat(Math.max(0, depth))}`
  for (const [at, part] of parts.entries()) {
    const isEmpty = (part === '{' && parts[at + 1] === '}') || (part === '[' && parts[at + 1] === ']')
    if (part === '}' || part === ']') {
      depth -= 1
      const before = parts[at - 1]
      lines += before === '{' || before === '[' ? part : line() + part
    } else if (part === '{' || part === '[') {
      depth += 1
      lines += isEmpty ? part : part + line()
    } else if (part === ',') lines += part + line()
    else lines += part === ':' ? ': ' : part
  }
  return lines
}
