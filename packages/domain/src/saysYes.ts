const yes: ReadonlySet<string> = new Set([
  'true',
  'yes',
  'y',
  '1',
  'on',
  'subscribed',
  'opted_in',
  'opted in',
  'granted',
])

/** Whether a field says that somebody agreed. Anything that isn't clearly a yes is a no. */
export const saysYes = (text: string): boolean => yes.has(text.trim().toLowerCase())
